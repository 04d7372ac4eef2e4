import { commandsStream, KEY_CHARS } from '../aggregate/stream'

/** The longest that an id of a design may be. */
export const ID_CHARS = 64

/** The longest name of a stream is that of the commands to such an instance. */
export const STREAM_ID_CHARS = commandsStream('a'.repeat(ID_CHARS), 'k'.repeat(KEY_CHARS)).length
