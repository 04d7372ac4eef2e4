import { err, ok, type Result } from '../result'

/** What a stream's id is made of. */
export const STREAM_ID_CHAR = '[A-Za-z0-9_.:@-]'
export const KEY_CHARS = 128
/** Keys of aggregate instances: what a URL and a stream id can carry. */
export const AGGREGATE_KEY = new RegExp(`^${STREAM_ID_CHAR}{1,${KEY_CHARS}}$`)

/** The stream of one aggregate instance. */
export const aggregateStream = (aggregate: string, key: string): string => `${aggregate}-${key}`

const RUN_PREFIX = 'run-'

/** The stream of one run. */
export const runStream = (runId: string): string => `${RUN_PREFIX}${runId}`

/** The run a stream belongs to; null when it is not a run's. */
export const runOfStream = (streamId: string): string | null =>
  streamId.startsWith(RUN_PREFIX) ? streamId.slice(RUN_PREFIX.length) : null

/** What a projection names in `from` to be given recorded commands. No aggregate is called that. */
export const COMMANDS = 'commands'
const COMMANDS_PREFIX = `${COMMANDS}-`

/**
 * The stream in which the commands to one aggregate instance are recorded, with what was answered: never the
 * aggregate's own, whose versions count events alone.
 */
export const commandsStream = (aggregate: string, key: string): string =>
  `${COMMANDS_PREFIX}${aggregateStream(aggregate, key)}`

/** The stream of the aggregate that these commands were put to; null when it is no stream of commands. */
export const streamOfCommands = (streamId: string): string | null =>
  streamId.startsWith(COMMANDS_PREFIX) ? streamId.slice(COMMANDS_PREFIX.length) : null

export function checkKey(key: string): Result<string, string> {
  return AGGREGATE_KEY.test(key)
    ? ok(key)
    : err(`a key has 1 to ${KEY_CHARS} letters, digits or any of _ . : @ -`)
}
