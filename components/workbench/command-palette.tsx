'use client'
import { Dialog as Base } from '@base-ui/react/dialog'
import { Command as Cmdk } from 'cmdk'
import { dialogBackdropClass } from '@/components/ui/dialog-class'
import { Kbd } from '@/components/ui/kbd'
import type { Command, CommandGroup } from '@/lib/commands/command'
import { COMMANDS, isPossible } from '@/lib/commands/registry'
import { useCommands } from './commands-context'
import { usePlaces } from './use-places'

const GROUPS: readonly CommandGroup[] = ['Add', 'Edit', 'Arrange', 'View', 'Map', 'Run', 'Help']
const itemClass =
  'flex min-h-8 cursor-default items-center justify-between gap-3 rounded-sm px-2 text-sm data-[selected=true]:bg-hover'
const groupClass =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-subtle'

/** Everything that can be done now, found by typing; and the places of this design. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const { context, hasCanvas } = useCommands()
  const places = usePlaces()
  const possible = COMMANDS.filter(
    (command) =>
      command.keysOnly !== true && (command.scope !== 'canvas' || hasCanvas) && isPossible(command, context),
  )
  const choose = (act: () => void): void => {
    onClose()
    // after the dialog has given the focus back: what runs may want to move it
    setTimeout(act, 0)
  }
  return (
    <Base.Root open onOpenChange={(open) => open || onClose()}>
      <Base.Portal>
        <Base.Backdrop className={dialogBackdropClass} />
        <Base.Popup
          aria-label="Command palette"
          className="floats fixed top-[12vh] left-1/2 z-50 w-[min(560px,calc(100vw-32px))] -translate-x-1/2 outline-none"
        >
          <Cmdk label="Command palette" loop>
            <Cmdk.Input
              autoFocus
              placeholder="Type a command or a node…"
              className="h-11 w-full border-b bg-transparent px-4 text-base outline-none placeholder:text-subtle"
            />
            <Cmdk.List className="max-h-[50vh] overflow-y-auto p-1.5">
              <Cmdk.Empty className="px-3 py-6 text-center text-sm text-muted">Nothing matches</Cmdk.Empty>
              {GROUPS.map((group) => (
                <Group
                  key={group}
                  group={group}
                  commands={possible.filter((command) => command.group === group)}
                  onChoose={(command) => choose(() => command.run(context))}
                />
              ))}
              <Cmdk.Group heading="Go to" className={groupClass}>
                {places.map(({ id, title, detail, go }) => (
                  <Cmdk.Item
                    key={id}
                    value={`go ${title} ${detail} ${id}`}
                    onSelect={() => choose(go)}
                    className={itemClass}
                  >
                    {title} <span className="text-xs text-subtle">{detail}</span>
                  </Cmdk.Item>
                ))}
              </Cmdk.Group>
            </Cmdk.List>
          </Cmdk>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function Group(props: {
  readonly group: CommandGroup
  readonly commands: readonly Command[]
  readonly onChoose: (command: Command) => void
}) {
  if (props.commands.length === 0) return null
  return (
    <Cmdk.Group heading={props.group} className={groupClass}>
      {props.commands.map((command) => (
        <Cmdk.Item
          key={command.id}
          value={`${command.title} ${command.group}`}
          onSelect={() => props.onChoose(command)}
          className={itemClass}
        >
          {command.title}
          {command.shortcuts?.[0] === undefined ? null : <Kbd keys={command.shortcuts[0]} />}
        </Cmdk.Item>
      ))}
    </Cmdk.Group>
  )
}
