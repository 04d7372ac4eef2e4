import { type Logger, pino } from 'pino'
import type { Env } from '../env'

/** Characters that may wait for whoever reads the log. */
const MOST_WAITING = 1024 * 1024

export interface Log {
  readonly log: Logger
  /** Lines that were lost because nobody read those before them. */
  readonly dropped: number
}

/**
 * Lines of JSON to standard error, written in the background: a terminal or a pipe that nobody reads neither slows runs
 * nor fills the memory. What waits when the process exits is written then.
 */
export function createLog(level: Env['LOG_LEVEL']): Log {
  const destination = pino.destination({ dest: 2, sync: false, maxLength: MOST_WAITING })
  let dropped = 0
  destination.on('drop', () => {
    dropped += 1
  })
  return {
    log: pino({ level }, destination),
    get dropped() {
      return dropped
    },
  }
}
