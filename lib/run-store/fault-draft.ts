import { assertNever } from '@/core/result'
import type { FaultInput, Phase } from '@/core/saga'
import { formatDuration } from './duration'

/** How a step is broken, as a form holds it. */
export interface FaultDraft {
  readonly phase: Phase
  readonly how:
    | 'business'
    | 'technical'
    | 'timeout-before'
    | 'timeout-after'
    | 'latency'
    | 'crash-before'
    | 'crash-after'
    | 'duplicate'
  /** The error's name, for the first two. */
  readonly code: string
  readonly latencyMs: number
  /** On this attempt only; null is on every one. */
  readonly attempt: number | null
  /** In percent of the attempts it is for: drawn from the run's seed. */
  readonly percent: number
}

export const NEW_FAULT: FaultDraft = {
  phase: 'action',
  how: 'business',
  code: 'InjectedFault',
  latencyMs: 3000,
  attempt: null,
  percent: 100,
}

export function faultOf(node: string, draft: FaultDraft): FaultInput {
  const where = {
    node,
    phase: draft.phase,
    ...(draft.attempt === null ? {} : { attempt: draft.attempt }),
    ...(draft.percent === 100 ? {} : { probability: draft.percent / 100 }),
  }
  switch (draft.how) {
    case 'business':
    case 'technical':
      return { ...where, effect: { type: 'error', code: draft.code, kind: draft.how } }
    case 'timeout-before':
      return { ...where, effect: { type: 'timeout', when: 'before' } }
    case 'timeout-after':
      return { ...where, effect: { type: 'timeout', when: 'after' } }
    case 'latency':
      return { ...where, effect: { type: 'latency', ms: draft.latencyMs } }
    case 'crash-before':
      return { ...where, effect: { type: 'crash', when: 'before' } }
    case 'crash-after':
      return { ...where, effect: { type: 'crash', when: 'after' } }
    case 'duplicate':
      return { ...where, effect: { type: 'duplicate' } }
    default:
      return assertNever(draft.how)
  }
}

/** A fault in words: `fails with CarrierDown on attempt 1`. */
export function describeFault(fault: FaultInput): string {
  const { effect, attempt, phase, probability = 1 } = fault
  const often = probability === 1 ? '' : `, ${Math.round(probability * 100)} % of the time`
  const when = `${attempt === undefined ? '' : ` on attempt ${attempt}`}${often}`
  const half = phase === 'compensation' ? 'its compensation ' : ''
  if (effect.type === 'latency') return `${half}is slower by ${formatDuration(effect.ms)}${when}`
  if (effect.type === 'timeout') {
    const left = effect.when === 'before' ? 'before doing the work' : 'after doing the work'
    return `${half}never answers, ${left}${when}`
  }
  if (effect.type === 'crash') {
    const left = effect.when === 'after' ? 'after its outcome is recorded' : 'before its outcome is recorded'
    return `${half}crashes the engine, ${left}${when}`
  }
  if (effect.type === 'duplicate') return `${half}is delivered twice${when}`
  return `${half}fails with ${effect.code ?? 'InjectedFault'}${effect.kind === 'technical' ? ' (technical)' : ''}${when}`
}

/** Whether two faults are for the same half of the same step and attempt. */
export function samePlace(a: FaultInput, b: FaultInput): boolean {
  const place = ({ node, phase = 'action', attempt, probability = 1 }: FaultInput) =>
    `${node} ${phase} ${attempt ?? '*'} ${probability}`
  return place(a) === place(b)
}

/** The faults with one more, which takes the place of one that is for the same. */
export const withFault = (faults: readonly FaultInput[], fault: FaultInput): readonly FaultInput[] => [
  ...faults.filter((other) => !samePlace(other, fault)),
  fault,
]
