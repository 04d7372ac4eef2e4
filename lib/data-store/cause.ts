import type { EventAnswer } from '@/core/protocol'

/** What led to an event, as far as its metadata tells. */
export type Cause =
  /** An event of a run: `seq` is its number there. */
  | { readonly kind: 'run'; readonly runId: string; readonly seq: number }
  /** An event of an aggregate: a policy reacted to it. Its id is that of the message. */
  | { readonly kind: 'event'; readonly id: string }
  /** A command that came from outside: somebody sent it by hand or by program. */
  | { readonly kind: 'command'; readonly id: string }

/** A run's messages are called `{runId}:{seq}`; a command by hand is the beginning of its own story. */
export function causeOf({ metadata }: Pick<EventAnswer, 'metadata'>): Cause {
  const { causationId, correlationId } = metadata
  const [, runId, seq] = /^([a-z0-9]+):([1-9]\d*)$/.exec(causationId) ?? []
  if (runId !== undefined && causationId !== correlationId) return { kind: 'run', runId, seq: Number(seq) }
  return causationId.includes('/') ? { kind: 'event', id: causationId } : { kind: 'command', id: causationId }
}
