'use client'
import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import type { CommandGroup } from '@/lib/commands/command'
import { COMMANDS } from '@/lib/commands/registry'

const GROUPS: readonly CommandGroup[] = ['Add', 'Edit', 'Arrange', 'View', 'Map', 'Run', 'Help']

/** Keys that are no commands: they belong to the canvas itself. */
const CANVAS_KEYS = [
  { title: 'Go to the next node', keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] },
  { title: 'Open the node in the inspector', keys: ['Enter'] },
  { title: 'Pan', keys: ['Space'], also: 'and drag' },
  { title: 'Zoom', keys: ['Ctrl'], also: 'and wheel' },
  { title: 'Select several', keys: ['Shift'], also: 'and drag' },
  { title: 'Focus mode', keys: ['Ctrl+\\'] },
] as const

/** Read from the commands themselves: what is told here is what the keys do. */
export function ShortcutHelp({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || onClose()}
      title="Keyboard shortcuts"
      description="Everything the mouse does, the keyboard does. Single keys act while the canvas has the focus."
      size="lg"
    >
      <div className="columns-2 gap-8 max-sm:columns-1">
        <Section title="On the canvas">
          {CANVAS_KEYS.map((line) => (
            <Line
              key={line.title}
              title={line.title}
              keys={line.keys}
              also={'also' in line ? line.also : undefined}
            />
          ))}
        </Section>
        {GROUPS.map((group) => {
          const commands = COMMANDS.filter(
            (command) => command.group === group && command.shortcuts !== undefined,
          )
          if (commands.length === 0) return null
          return (
            <Section key={group} title={group}>
              {commands.map(({ id, title, shortcuts = [] }) => (
                <Line key={id} title={title} keys={shortcuts} />
              ))}
            </Section>
          )
        })}
      </div>
    </Dialog>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="pb-1 text-xs font-semibold text-subtle">{title}</h3>
      <dl>{children}</dl>
    </section>
  )
}

function Line(props: { readonly title: string; readonly keys: readonly string[]; readonly also?: string }) {
  return (
    <div className="flex min-h-7 items-center justify-between gap-4">
      <dt className="text-sm">{props.title}</dt>
      <dd className="flex shrink-0 items-center gap-1.5 text-xs text-muted">
        {props.keys.map((keys) => (
          <Kbd key={keys} keys={keys} />
        ))}
        {props.also}
      </dd>
    </div>
  )
}
