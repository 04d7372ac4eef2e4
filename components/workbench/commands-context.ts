'use client'
import { createContext, useContext } from 'react'
import type { CommandContext, CommandUi } from '@/lib/commands/command'
import type { MapView } from '@/lib/commands/map'

/** What only a canvas can do. The editor lends it while it is on the screen. */
export type CanvasParts = Pick<CommandUi, 'canvas' | 'positions' | 'rename' | 'release'> & {
  readonly open: (what: 'add' | 'connect') => void
}

export interface Commands {
  readonly context: CommandContext
  readonly hasCanvas: boolean
  /** @returns takes it back */
  readonly lendCanvas: (parts: CanvasParts) => () => void
  /** The same for the model map. */
  readonly lendMap: (map: MapView) => () => void
}

export const CommandsContext = createContext<Commands | null>(null)

export function useCommands(): Commands {
  const commands = useContext(CommandsContext)
  if (!commands) throw new Error('no CommandHost above')
  return commands
}
