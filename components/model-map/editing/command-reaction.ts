import type { Policy } from '@/core/design/aggregate'

/**
 * A reaction that sends a command, to the instance of the same key as the one whose event it reacts to. Where another is
 * meant, the code that says so is there to be changed.
 * @param from the aggregate whose event it is; null for an event of runs, which has no key
 */
export const commandReaction = (
  from: string | null,
  aggregate: string,
  command: string,
): Policy['reaction'] => ({
  type: 'send-command',
  aggregate,
  command,
  key: from === null ? '(event) => event.streamId' : `(event) => event.streamId.slice('${from}-'.length)`,
  payload: '(event) => event.data',
})
