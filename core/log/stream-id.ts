import { commandsStream } from '../aggregate/stream'

/** The longest that an id of a design may be, and the key of an instance. */
export const ID_CHARS = 64
export const KEY_CHARS = 128

/** The longest name of a stream is that of the commands to such an instance. */
export const STREAM_ID_CHARS = commandsStream('a'.repeat(ID_CHARS), 'k'.repeat(KEY_CHARS)).length

/** What a stream's id is made of. */
export const STREAM_ID_CHAR = '[A-Za-z0-9_.:@-]'
