import type { DecidedEvent, SagaEventOf, SagaEventType } from '../saga/events'
import { heldNodes } from '../saga/operator'
import { isInside, joinPath, type NodePath, splitPath } from '../saga/path'
import type { SagaPlan } from '../saga/plan'
import { retryRules } from '../saga/retry'
import { isTerminal, nodeState, type SagaState } from '../saga/state'
import { nodesOf } from '../saga/unfold'
import { comesAfter } from './path-order'

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

/** Whether a person passed over the node, or over one that it stands in. */
const isPassedOver = (state: SagaState, path: NodePath): boolean =>
  Object.entries(state.nodes).some(
    ([outer, { status }]) => status === 'skipped' && (outer === path || isInside(path, outer)),
  )

/** What came of undoing a step, at last: a person may have it tried again, or say that it is done. */
function undoingOf(events: readonly DecidedEvent[], id: NodePath): 'done' | 'failed' | 'none' {
  const last = events.findLast(
    (event) => isUndoingEnd(event) && 'nodeId' in event.data && event.data.nodeId === id,
  )
  if (!last) return 'none'
  return last.type === 'CompensationFailed' ? 'failed' : 'done'
}

const isUndoingEnd = ({ type, data }: DecidedEvent): boolean =>
  type === 'CompensationCompleted' ||
  type === 'CompensationFailed' ||
  (type === 'OperatorActed' && data.action === 'mark-compensated')

/** All steps succeeded, or what was done or may have been is undone, or named as not undone. */
export const atomicity: Law = (plan, events, state) => {
  const steps = nodesOf(plan, state).flatMap((path) => {
    const step = plan.step(path)
    return step ? [{ id: path, compensation: step.compensation }] : []
  })
  if (state.status === 'completed') {
    return steps.flatMap(({ id }) => {
      const { status } = nodeState(state, id)
      const unreached = plan.incoming(id).length === 0 && status === 'pending'
      return status === 'succeeded' || unreached || isPassedOver(state, id)
        ? []
        : [`completed with ${id} ${status}`]
    })
  }
  if (state.status !== 'compensated' && state.status !== 'failed') return []
  const done = touched(events)
  return steps.flatMap(({ id, compensation }) => {
    const undoing = undoingOf(events, id)
    if (!compensation || !done.has(id))
      return undoing === 'none' ? [] : [`${id} was compensated and had done nothing`]
    if (undoing === 'none') return [`${id} was not compensated`]
    const times = of(events, 'CompensationCompleted').filter(({ data }) => data.nodeId === id).length
    if (times > 1) return [`${id} was compensated ${times} times`]
    return (undoing === 'failed') === state.notUndone.includes(id) ? [] : [`${id}: notUndone is wrong`]
  })
}

const compensationEnd = (events: readonly DecidedEvent[], id: string): number =>
  indexOf(events, (event) => isUndoingEnd(event) && 'nodeId' in event.data && event.data.nodeId === id)

const compensationBegin = (events: readonly DecidedEvent[], id: string): number =>
  indexOf(
    events,
    ({ type, data }) =>
      (type === 'CompensationStarted' || type === 'CompensationFailed') && data.nodeId === id,
  )

/** Whether two steps stand in one saga that undoes strictly, however deep in it. */
function isStrict(plan: SagaPlan, a: NodePath, b: NodePath): boolean {
  const parts = splitPath(a)
  const others = splitPath(b)
  const shared = parts.findIndex((part, at) => part !== others[at])
  const scopes = Array.from({ length: Math.max(0, shared) + 1 }, (_, depth) =>
    parts.slice(0, depth).reduce<NodePath>(joinPath, ''),
  )
  return scopes.some((scope) => plan.graph(scope)?.saga.compensationOrder === 'strict')
}

/** A compensation starts when those of all its node's successors have ended; in strict order, one at a time. */
export const compensationOrder: Law = (plan, events) => {
  const begun = of(events, 'SagaCompensating')[0]
  if (!begun) return []
  const { steps } = begun.data
  const latestEnd = (id: string) =>
    events.findLastIndex(
      ({ type, data }) =>
        (type === 'StepCompleted' || type === 'StepFailed' || type === 'StepSkipped') && data.nodeId === id,
    )
  const ends = new Map(steps.map((id) => [id, latestEnd(id)]))
  const started = steps.filter((id) => compensationBegin(events, id) >= 0)
  return started.flatMap((id) =>
    steps.flatMap((other) => {
      if (other === id) return []
      const first = isStrict(plan, id, other)
        ? (ends.get(other) ?? 0) > (ends.get(id) ?? 0)
        : comesAfter(plan, id, other)
      const end = compensationEnd(events, other)
      return first && (end < 0 || compensationBegin(events, id) < end)
        ? [`${id} began before ${other} had ended`]
        : []
    }),
  )
}

const FORWARD: ReadonlySet<SagaEventType> = new Set([
  'StepStarted',
  'StepAttemptFailed',
  'ChoiceTaken',
  'TimerSet',
  'TimerFired',
  'ApprovalRequested',
  'SignalAwaited',
  'SubSagaStarted',
  'SubSagaCompleted',
  'MapStarted',
  'MapCompleted',
  'LoopStarted',
  'LoopJudged',
  'LoopCompleted',
])

/** After the first failure nothing forward starts, unless a person lets it. */
export const noForwardWorkAfterFailure: Law = (plan, events) => {
  const failed = indexOf(events, ({ type }) => type === 'StepFailed')
  const acted = indexOf(events, ({ type }) => type === 'OperatorActed')
  if (failed < 0) return []
  const until = acted < 0 ? events.length : acted
  return events.slice(failed + 1, until).flatMap(({ type }, at) => {
    // Past a pivot the saga waits for a person, and what is to be tried again stays so.
    if (type === 'StepAttemptFailed' && isPastPivot(plan, events.slice(0, failed + 1 + at))) return []
    return FORWARD.has(type) ? [`${type} after the first failure`] : []
  })
}

const isPastPivot = (plan: SagaPlan, events: readonly DecidedEvent[]): boolean =>
  events.some(
    ({ type, data }) =>
      (type === 'StepCompleted' || (type === 'StepFailed' && data.output !== undefined)) &&
      plan.step(data.nodeId)?.kind === 'pivot',
  )

/** A node begins once, and never before everything that leads to it is through. */
export const joinsWait: Law = (plan, events, state) => {
  const begins = (id: string) =>
    events.findIndex(({ type, data }) => BEGINS.has(type) && 'nodeId' in data && data.nodeId === id)
  return nodesOf(plan, state).flatMap((id) => {
    const begun = begins(id)
    if (begun < 0) return []
    const before = plan.incoming(id).map(({ from }) => from)
    return events
      .slice(begun + 1)
      .flatMap(({ type, data }) =>
        PROGRESS.has(type) && 'nodeId' in data && isAtOrIn(before, data.nodeId ?? '')
          ? [`${type} of ${data.nodeId} after ${id} had begun`]
          : [],
      )
  })
}

const isAtOrIn = (outers: readonly NodePath[], path: NodePath): boolean =>
  outers.some((outer) => outer === path || isInside(path, outer))

const BEGINS: ReadonlySet<SagaEventType> = new Set([
  'StepStarted',
  'ChoiceTaken',
  'TimerSet',
  'ApprovalRequested',
  'SignalAwaited',
  'SubSagaStarted',
  'MapStarted',
  'LoopStarted',
])

/** The rounds of a map are as many as its items and no more at once than it may have; a loop's come one by one. */
export const roundsInTurn: Law = (plan, events) => {
  const open = new Map<NodePath, Set<string>>()
  return events.flatMap(({ type, data }) => {
    if (!('nodeId' in data) || data.nodeId === undefined || data.nodeId === null) return []
    const place = plan.place(data.nodeId)
    if (!place || place.round === null) return []
    const outer = joinPath(place.scope, place.nodeId)
    const under = open.get(outer) ?? new Set<string>()
    open.set(outer, under)
    if (type === 'StepStarted' || type === 'SubSagaStarted') under.add(data.nodeId)
    if (ROUND_ENDS.has(type)) under.delete(data.nodeId)
    const node = place.graph.node(place.nodeId)
    const most = node?.type === 'map' ? node.maxConcurrency : 1
    const last = node?.type === 'loop' ? node.maxIterations - 1 : Number.POSITIVE_INFINITY
    return under.size > most || place.round > last
      ? [`${outer} has ${under.size} rounds under way, ${place.round} the last begun`]
      : []
  })
}

const ROUND_ENDS: ReadonlySet<SagaEventType> = new Set([
  'StepCompleted',
  'StepFailed',
  'StepSkipped',
  'SubSagaCompleted',
])

const PROGRESS: ReadonlySet<SagaEventType> = new Set([
  'StepStarted',
  'StepCompleted',
  'StepSkipped',
  'ChoiceTaken',
  'TimerSet',
  'TimerFired',
  'ApprovalRequested',
  'SignalAwaited',
  'SignalMatched',
  'SubSagaStarted',
  'SubSagaCompleted',
  'MapStarted',
  'MapCompleted',
  'LoopStarted',
  'LoopJudged',
  'LoopCompleted',
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
export const attemptsWithinPolicy: Law = (plan, events, state) =>
  nodesOf(plan, state).flatMap((id) => {
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

/**
 * Time never runs backwards, and nothing follows the end but late outcomes; unless a person deals with what was not
 * undone, and then there is an end again.
 */
export const orderly: Law = (_plan, events) => {
  const end = events.findLastIndex(({ type }) => ENDS.has(type))
  const first = indexOf(events, ({ type }) => ENDS.has(type))
  return events.flatMap(({ type, data }, at) => [
    ...(data.at < (events[at - 1]?.data.at ?? 0) ? [`${type} is before what it follows`] : []),
    ...(end >= 0 &&
    at > end &&
    type !== 'StepOutcomeArrivedLate' &&
    !isReopening({ type, data } as DecidedEvent)
      ? [`${type} after the end`]
      : []),
    ...(first >= 0 && at === first && end > first && !reopensNext(events.slice(first + 1))
      ? ['a second end with nobody asking']
      : []),
  ])
}

const isReopening = (event: DecidedEvent): boolean =>
  event.type === 'OperatorActed' && event.data.action.includes('-compensat')

/** After the end come late outcomes, and then somebody who deals with what was not undone. */
const reopensNext = (events: readonly DecidedEvent[]): boolean => {
  const next = events.find(({ type }) => type !== 'StepOutcomeArrivedLate')
  return next === undefined || isReopening(next)
}
const ENDS: ReadonlySet<SagaEventType> = new Set(['SagaCompleted', 'SagaCompensated', 'SagaFailed'])

/** The run has ended, or waits for a person: suspended, or with something held until it is let begin. */
export const comesToRest: Law = (plan, _events, state) =>
  isTerminal(state.status) || state.status === 'suspended' || heldNodes(plan, state).length > 0
    ? []
    : [`it is left ${state.status}`]

/** Held by every run, whatever a person does to it. */
export const LAWS = {
  atomicity,
  compensationOrder,
  noForwardWorkAfterFailure,
  joinsWait,
  roundsInTurn,
  forwardAfterPivot,
  causesComeFirst,
  orderly,
  comesToRest,
} as const

/** Held besides by runs that no person touches. */
export const UNTOUCHED_LAWS = { suspendsOnlyPastPivot, firstErrorReported, attemptsWithinPolicy } as const
