import { descendants } from '../saga/compensate'
import type { DecidedEvent, SagaEventOf, SagaEventType } from '../saga/events'
import type { SagaPlan } from '../saga/plan'
import { retryRules } from '../saga/retry'
import { isTerminal, nodeState, type SagaState } from '../saga/state'

/**
 * The promises a run keeps, each a predicate over its events that does not use the interpreter's own bookkeeping.
 * Every one returns what breaks it, in words; nothing when it holds.
 */
export type Law = (plan: SagaPlan, events: readonly DecidedEvent[], state: SagaState) => readonly string[]

const of = <T extends SagaEventType>(events: readonly DecidedEvent[], type: T): readonly SagaEventOf<T>[] =>
  events.filter((event) => event.type === type) as unknown as readonly SagaEventOf<T>[]

const indexOf = (events: readonly DecidedEvent[], matches: (event: DecidedEvent) => boolean): number =>
  events.findIndex(matches)

/** Steps whose work was done or may have been, as the events tell. */
export function touched(events: readonly DecidedEvent[]): ReadonlySet<string> {
  const nodes = new Set<string>()
  for (const { type, data } of events) {
    if (type === 'StepCompleted' || type === 'StepTimedOut') nodes.add(data.nodeId)
    if (type === 'StepAttemptFailed' && data.unknown) nodes.add(data.nodeId)
    if (type === 'StepFailed' && (data.unknown || data.output !== undefined)) nodes.add(data.nodeId)
  }
  return nodes
}

/** All steps succeeded, or what was done or may have been is undone, or named as not undone. */
export const atomicity: Law = (plan, events, state) => {
  const steps = plan.order.flatMap(({ id }) => plan.step(id) ?? [])
  if (state.status === 'completed') {
    return steps.flatMap(({ id }) => {
      const { status } = nodeState(state, id)
      const unreached = plan.incoming(id).length === 0 && status === 'pending'
      return status === 'succeeded' || status === 'skipped' || unreached
        ? []
        : [`completed with ${id} ${status}`]
    })
  }
  if (state.status !== 'compensated' && state.status !== 'failed') return []
  const done = touched(events)
  const ended = (type: 'CompensationCompleted' | 'CompensationFailed', id: string) =>
    of(events, type).some(({ data }) => data.nodeId === id)
  return steps.flatMap(({ id, compensation }) => {
    const undone = ended('CompensationCompleted', id)
    const stuck = ended('CompensationFailed', id)
    if (!compensation || !done.has(id))
      return undone || stuck ? [`${id} was compensated and had done nothing`] : []
    if (undone === stuck) return [`${id} was ${undone ? 'compensated twice' : 'not compensated'}`]
    return stuck === state.notUndone.includes(id) ? [] : [`${id}: notUndone is wrong`]
  })
}

const compensationEnd = (events: readonly DecidedEvent[], id: string): number =>
  indexOf(
    events,
    ({ type, data }) =>
      (type === 'CompensationCompleted' || type === 'CompensationFailed') && data.nodeId === id,
  )

const compensationBegin = (events: readonly DecidedEvent[], id: string): number =>
  indexOf(
    events,
    ({ type, data }) =>
      (type === 'CompensationStarted' || type === 'CompensationFailed') && data.nodeId === id,
  )

/** A compensation starts when those of all its node's successors have ended; in strict order, one at a time. */
export const compensationOrder: Law = (plan, events) => {
  const begun = of(events, 'SagaCompensating')[0]
  if (!begun) return []
  const { steps } = begun.data
  const started = steps.filter((id) => compensationBegin(events, id) >= 0)
  const early = (first: string, second: string) => {
    const end = compensationEnd(events, first)
    return end < 0 || compensationBegin(events, second) < end
      ? [`${second} began before ${first} had ended`]
      : []
  }
  if (plan.saga.compensationOrder === 'strict') {
    const latestEnd = (id: string) =>
      events.findLastIndex(
        ({ type, data }) => (type === 'StepCompleted' || type === 'StepFailed') && data.nodeId === id,
      )
    const wrong = steps.slice(1).some((id, at) => latestEnd(id) > latestEnd(steps[at] ?? ''))
    return [
      ...(wrong ? [`strict order is not latest first: ${steps.join(', ')}`] : []),
      ...started.slice(1).flatMap((id) => early(steps[steps.indexOf(id) - 1] ?? '', id)),
    ]
  }
  return started.flatMap((id) => {
    const after = descendants(plan, id)
    return steps.filter((other) => after.has(other)).flatMap((other) => early(other, id))
  })
}

const FORWARD: ReadonlySet<SagaEventType> = new Set([
  'StepStarted',
  'StepAttemptFailed',
  'ChoiceTaken',
  'TimerSet',
  'TimerFired',
])

/** After the first failure nothing forward starts, unless a person lets it. */
export const noForwardWorkAfterFailure: Law = (_plan, events) => {
  const failed = indexOf(events, ({ type }) => type === 'StepFailed')
  const acted = indexOf(events, ({ type }) => type === 'OperatorActed')
  if (failed < 0) return []
  const until = acted < 0 ? events.length : acted
  return events
    .slice(failed + 1, until)
    .flatMap(({ type }) => (FORWARD.has(type) ? [`${type} after the first failure`] : []))
}

/** A node begins once, and never before everything that leads to it is through. */
export const joinsWait: Law = (plan, events) => {
  const begins = (id: string) =>
    events.findIndex(
      ({ type, data }) =>
        (type === 'StepStarted' || type === 'ChoiceTaken' || type === 'TimerSet') && data.nodeId === id,
    )
  return plan.order.flatMap(({ id }) => {
    const begun = begins(id)
    if (begun < 0) return []
    const before = plan.incoming(id).map(({ from }) => from)
    return events
      .slice(begun + 1)
      .flatMap(({ type, data }) =>
        PROGRESS.has(type) && 'nodeId' in data && before.includes(data.nodeId ?? '')
          ? [`${type} of ${data.nodeId} after ${id} had begun`]
          : [],
      )
  })
}
const PROGRESS: ReadonlySet<SagaEventType> = new Set([
  'StepStarted',
  'StepCompleted',
  'StepSkipped',
  'ChoiceTaken',
  'TimerSet',
  'TimerFired',
])

/** Once a pivot has done its work, or may have, only a person sends the saga back. */
export const forwardAfterPivot: Law = (plan, events) => {
  const compensating = indexOf(events, ({ type }) => type === 'SagaCompensating')
  const asked = events.some(({ type, data }) => type === 'OperatorActed' && data.action === 'compensate')
  if (compensating < 0 || asked) return []
  return [...touched(events.slice(0, compensating))].flatMap((id) =>
    plan.step(id)?.kind === 'pivot' ? [`undone past pivot ${id}`] : [],
  )
}

/** A run waits for a person only past a pivot, or when nobody knows whether a pivot was passed. */
export const suspendsOnlyPastPivot: Law = (plan, events) =>
  of(events, 'SagaSuspended').some(({ data }) => data.reason !== 'paused') &&
  ![...touched(events)].some((id) => plan.step(id)?.kind === 'pivot')
    ? ['suspended with no pivot passed or in doubt']
    : []

/** What is reported is what failed first. For runs that no person touched. */
export const firstErrorReported: Law = (_plan, events, state) => {
  const first = of(events, 'StepFailed')[0]?.data
  const reported = state.error
  if (!first) return reported ? ['an error and no failure'] : []
  const same =
    reported?.nodeId === first.nodeId &&
    reported.code === first.error.code &&
    reported.message === first.error.message
  return same
    ? []
    : [`reports ${reported?.code} of ${reported?.nodeId}; ${first.error.code} of ${first.nodeId} came first`]
}

/** No half of a step is tried more often than its policy says. For runs that no person touched. */
export const attemptsWithinPolicy: Law = (plan, events) =>
  plan.order.flatMap(({ id }) => {
    const step = plan.step(id)
    if (!step) return []
    const most = (phase: 'action' | 'compensation') =>
      Math.max(
        1,
        ...retryRules(step, phase).map(({ maxAttempts }) =>
          maxAttempts === 'unlimited' ? 1_000 : maxAttempts,
        ),
      )
    const count = (type: 'StepStarted' | 'CompensationStarted') =>
      of(events, type).filter(({ data }) => data.nodeId === id).length
    return [
      ...(count('StepStarted') > most('action') ? [`${id} was tried ${count('StepStarted')} times`] : []),
      ...(count('CompensationStarted') > most('compensation') ? [`undoing ${id} was tried too often`] : []),
    ]
  })

/** Every event was led to by an earlier one, or came from outside (0). */
export const causesComeFirst: Law = (_plan, events) =>
  events.flatMap(({ cause, type }, at) =>
    cause >= 0 && cause <= at ? [] : [`event ${at + 1} (${type}) is caused by ${cause}`],
  )

/** Time never runs backwards, and nothing follows the end but late outcomes. */
export const orderly: Law = (_plan, events) => {
  const end = indexOf(events, ({ type }) => ENDS.has(type))
  return events.flatMap(({ type, data }, at) => [
    ...(data.at < (events[at - 1]?.data.at ?? 0) ? [`${type} is before what it follows`] : []),
    ...(end >= 0 && at > end && type !== 'StepOutcomeArrivedLate' ? [`${type} after the end`] : []),
  ])
}
const ENDS: ReadonlySet<SagaEventType> = new Set(['SagaCompleted', 'SagaCompensated', 'SagaFailed'])

/** The run has ended, or waits for a person. */
export const comesToRest: Law = (_plan, _events, { status }) =>
  isTerminal(status) || status === 'suspended' ? [] : [`it is left ${status}`]

/** Held by every run, whatever a person does to it. */
export const LAWS = {
  atomicity,
  compensationOrder,
  noForwardWorkAfterFailure,
  joinsWait,
  forwardAfterPivot,
  causesComeFirst,
  orderly,
  comesToRest,
} as const

/** Held besides by runs that no person touches. */
export const UNTOUCHED_LAWS = { suspendsOnlyPastPivot, firstErrorReported, attemptsWithinPolicy } as const
