import { assertNever } from '../result'
import type { PerformEffect } from './effects'
import { LOST } from './lost'
import type { CommandRequest, Performed } from './perform'
import { nodeState, type SagaState } from './state'
import type { Outcome, Stimulus } from './stimulus'

/** What is known to come of an attempt when it begins. Of a real call it is known when it is over. */
export type Settled = Exclude<Performed, { type: 'http' }>

/** Something that an attempt comes to, `afterMs` after it began; `last`: nothing more will come of it. */
export type Ending = { readonly afterMs: number; readonly last: boolean } & (
  | { readonly type: 'outcome'; readonly outcome: Outcome }
  | { readonly type: 'given-up' }
  /** A command is decided now; `lost`: its answer does not come back. */
  | { readonly type: 'command'; readonly request: CommandRequest; readonly lost: boolean }
)

/**
 * When and how an attempt ends, whoever drives the run. An answer that comes after the step's timeout ends it twice: it
 * is given up at the timeout, and its outcome arrives late.
 */
export function endingsOf({ timeoutMs }: PerformEffect, performed: Settled): readonly Ending[] {
  const most = timeoutMs ?? Number.POSITIVE_INFINITY
  const givenUp = (last: boolean): Ending => ({ type: 'given-up', afterMs: most, last })
  switch (performed.type) {
    case 'lost':
      return [givenUp(true)]
    case 'answered': {
      const { afterMs, outcome } = performed
      const answer: Ending = { type: 'outcome', afterMs, last: true, outcome }
      return afterMs <= most ? [answer] : [givenUp(false), answer]
    }
    case 'command': {
      const { afterMs, lost, request } = performed
      const sent = (at: number): Ending => ({ type: 'command', afterMs: at, last: true, request, lost })
      if (lost) return [sent(timeoutMs ?? afterMs)]
      // A command that would come too late is not sent any more: it is ours to send.
      return afterMs <= most ? [sent(afterMs)] : [givenUp(true)]
    }
    default:
      return assertNever(performed)
  }
}

/** What a run is told of an attempt whose work was done and whose answer never came. */
export function lostStimulus({ nodeId, phase, attempt, timeoutMs }: PerformEffect, at: number): Stimulus {
  return timeoutMs === null
    ? { type: 'outcome', nodeId, phase, attempt, outcome: { type: 'unknown', error: LOST }, at }
    : { type: 'timed-out', nodeId, phase, attempt, at }
}

/** False when the attempt was given up meanwhile: a command that was not decided yet is not decided any more. */
export function isAwaited(state: SagaState, { nodeId, phase, attempt }: PerformEffect): boolean {
  const node = nodeState(state, nodeId)
  const half = phase === 'action' ? node : node.compensation
  return half?.status === 'running' && half.attempts === attempt
}
