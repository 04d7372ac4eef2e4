import type { EventAnswer } from '@/core/protocol'

/** What led to an event, as far as its metadata tells. */
export type Cause =
  /** An event of a run: `seq` is its number there. */
  | { readonly kind: 'run'; readonly runId: string; readonly seq: number }
  /** A command that came from outside: somebody sent it by hand or by program. */
  | { readonly kind: 'command'; readonly id: string }

/** A run's messages are called `{runId}:{seq}`, and what a run leads to has the run as its correlation. */
export function causeOf({ metadata }: Pick<EventAnswer, 'metadata'>): Cause {
  const { causationId, correlationId } = metadata
  const seq = causationId.startsWith(`${correlationId}:`)
    ? Number(causationId.slice(correlationId.length + 1))
    : Number.NaN
  return Number.isInteger(seq) && seq > 0
    ? { kind: 'run', runId: correlationId, seq }
    : { kind: 'command', id: causationId }
}
