'use client'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { isTyping } from '@/components/saga-graph/graph-keys'
import { notify } from '@/components/ui/toast'
import type { CommandContext } from '@/lib/commands/command'
import type { MapView } from '@/lib/commands/map'
import { commandFor } from '@/lib/commands/registry'
import { useDesignStore } from '@/lib/design-store/design-provider'
import { keepClip, keptClip } from './clipboard'
import { CommandPalette } from './command-palette'
import { type CanvasParts, type Commands, CommandsContext } from './commands-context'
import { ShortcutHelp } from './shortcut-help'

/** Keys that mean the same while something is typed: they are no letters and no editing. */
const EVEN_WHILE_TYPING = new Set(['palette', 'save'])

/** Holds the commands together: their context, the keys of the page, the palette and the help. */
export function CommandHost({ children }: { readonly children: ReactNode }) {
  const store = useDesignStore()
  const router = useRouter()
  const canvas = useRef<CanvasParts | null>(null)
  const map = useRef<MapView | null>(null)
  const [hasCanvas, setHasCanvas] = useState(false)
  const [dialog, setDialog] = useState<'palette' | 'help' | null>(null)

  const context = useMemo<CommandContext>(
    () => ({
      design: store.getState,
      ui: {
        canvas: () => canvas.current?.canvas() ?? null,
        map: () => map.current,
        positions: () => canvas.current?.positions() ?? {},
        rename: (id) => canvas.current?.rename(id),
        release: () => canvas.current?.release(),
        open: (what) => {
          if (what === 'palette' || what === 'help') setDialog(what)
          else canvas.current?.open(what)
        },
        refuse: (title, why) => notify.info(title, why === undefined ? {} : { description: why }),
        tell: (title) => notify.success(title),
        goTo: (path) => router.push(path),
        keepClip,
        clip: keptClip,
      },
    }),
    [store, router],
  )
  const commands = useMemo<Commands>(
    () => ({
      context,
      hasCanvas,
      lendCanvas: (parts) => {
        canvas.current = parts
        setHasCanvas(true)
        return () => {
          canvas.current = null
          setHasCanvas(false)
        }
      },
      lendMap: (lent) => {
        map.current = lent
        return () => {
          map.current = null
        }
      },
    }),
    [context, hasCanvas],
  )

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return
      const command = commandFor(event, 'page', context)
      if (!command || (isTyping(event.target) && !EVEN_WHILE_TYPING.has(command.id))) return
      event.preventDefault()
      command.run(context)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [context])

  const close = (): void => setDialog(null)
  return (
    <CommandsContext value={commands}>
      {children}
      {dialog === 'palette' ? <CommandPalette onClose={close} /> : null}
      <ShortcutHelp open={dialog === 'help'} onClose={close} />
    </CommandsContext>
  )
}
