import type { Socket } from 'socket.io'
import { LIMITS } from '../../limits'

/**
 * What a client has been sent and the network has not taken. Once that is too much it is told nothing more until all
 * of it is gone; then it catches up from the log. So a client that does not read costs the server a bounded amount.
 */
export interface Backlog {
  /** Events sent and not taken. */
  readonly events: number
  /** Counts events that are being sent. */
  sent(events: number): void
  isTooLong(): boolean
  /** Calls back once, when everything is gone. */
  whenGone(then: () => void): void
}

export function createBacklog({ conn }: Socket): Backlog {
  let events = 0
  let messages = 0
  let waiting: (() => void)[] = []

  /** The transport takes more as soon as the system has taken what it was given before. */
  const check = () => {
    if (!conn.transport.writable) return
    events = 0
    messages = 0
    const woken = waiting
    waiting = []
    for (const then of woken) then()
  }
  conn.transport.on('ready', check)

  return {
    get events() {
      return conn.transport.writable ? 0 : events
    },
    sent(count) {
      if (conn.transport.writable) {
        events = 0
        messages = 0
      }
      events += count
      messages += 1
    },
    isTooLong: () =>
      !conn.transport.writable &&
      (events > LIMITS.socketBacklogEvents || messages > LIMITS.socketBacklogMessages),
    whenGone(then) {
      waiting.push(then)
      if (conn.transport.writable) queueMicrotask(check)
    },
  }
}
