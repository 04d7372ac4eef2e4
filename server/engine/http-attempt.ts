import { httpOutcome, LOST, type PerformEffect, type Performed, type Settled } from '@/core/saga'
import type { RunActorParts } from './run-actor'

/** A real call under way. */
export interface CallUnderWay {
  /** What it came to, as if it had been known beforehand, and how long it took on the clock on the wall. */
  readonly ended: Promise<{ readonly performed: Settled; readonly tookMs: number }>
  /** Breaks it off: nothing of it counts any more. */
  readonly abort: () => void
}

/** Sends the request of an attempt. */
export function beginCall(
  { http, context, runId, clock }: RunActorParts,
  effect: PerformEffect,
  { request, afterMs, lost }: Extract<Performed, { type: 'http' }>,
): CallUnderWay {
  const { nodeId, phase, attempt, fault, timeoutMs } = effect
  const breaking = new AbortController()
  const send = () => http.call(request, { runId, nodeId, phase, attempt }, breaking.signal)

  async function end(): Promise<{ readonly performed: Settled; readonly tookMs: number }> {
    const { answer, tookMs } = await send()
    // A request that is delivered twice is sent twice, under one key.
    if (fault?.effect.type === 'duplicate') await send()
    if (!lost) {
      const outcome = await httpOutcome(context, effect, request, answer, clock.now())
      return { performed: { type: 'answered', afterMs, outcome }, tookMs }
    }
    // Its work is done and its answer is lost on the way.
    if (timeoutMs !== null) return { performed: { type: 'lost' }, tookMs }
    const outcome = { type: 'unknown', error: LOST } as const
    return { performed: { type: 'answered', afterMs: 0, outcome }, tookMs }
  }
  return { ended: end(), abort: () => breaking.abort() }
}
