import { adds } from './add'
import { addMenu } from './add-menu'
import type { Command, CommandContext } from './command'
import { connectTo } from './connect-to'
import { copy } from './copy'
import { cut } from './cut'
import { disable } from './disable'
import { duplicate } from './duplicate'
import { help } from './help'
import { mapCommands } from './map'
import { nudges } from './nudge'
import { backToSaga, openSaga } from './open-saga'
import { palette } from './palette'
import { paste } from './paste'
import { redo } from './redo'
import { release } from './release'
import { remove } from './remove'
import { rename } from './rename'
import { run } from './run'
import { save } from './save'
import { selectAll } from './select-all'
import { isShortcut } from './shortcut'
import { tidy } from './tidy'
import { undo } from './undo'
import { zooms } from './zoom'

/** Everything the editor can do. The palette, the help and the keys are read from this one list. */
export const COMMANDS: readonly Command[] = [
  addMenu,
  ...adds,
  undo,
  redo,
  cut,
  copy,
  paste,
  duplicate,
  remove,
  disable,
  rename,
  connectTo,
  selectAll,
  save,
  tidy,
  ...nudges,
  ...zooms,
  openSaga,
  backToSaga,
  release,
  ...mapCommands,
  run,
  palette,
  help,
]

/** The command a key press means here and now; null when it means none. */
export function commandFor(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  scope: Command['scope'],
  context: CommandContext,
): Command | null {
  const found = COMMANDS.find(
    (command) =>
      command.scope === scope &&
      command.shortcuts?.some((shortcut) => isShortcut(event, shortcut)) === true &&
      command.when?.(context) !== false,
  )
  return found ?? null
}

export const isPossible = (command: Command, context: CommandContext): boolean =>
  command.when?.(context) !== false
