import type { SagaNodeOf } from '../design/saga'
import type { Json } from '../json'
import { checkAgainstSchema } from '../json-schema'
import { assertNever } from '../result'
import { failNode, giveUpRetries, stepsToCompensate } from './advance'
import { readyCompensations } from './compensate'
import type { Decision } from './decision'
import { isAt } from './fault'
import { isHeld, isUndoHeld } from './gate'
import type { NodePath } from './path'
import { placeInDesign, type SagaPlan } from './plan'
import { hasFailed, isInFlight, isTerminal, nodeState, own, type SagaState } from './state'
import type { CompensationAction, OperatorAction, SagaRejection, Stimulus } from './stimulus'
import { isReady } from './tokens'
import { nodesOf } from './unfold'

const refuse = (message: string): SagaRejection => ({ code: 'ACTION_REFUSED', message })

type Verdict = SagaRejection | undefined
type Act<A extends OperatorAction['action']> = Extract<OperatorAction, { action: A }>

/** One act of a person on a run, and how it is put on record. */
interface Acting<A extends OperatorAction = OperatorAction> {
  readonly decision: Decision
  readonly act: A
  readonly by: string
  readonly reason: string | undefined
  /** The event that says what was done, by whom and why. Everything that follows from it comes after. */
  readonly record: (about?: { readonly nodeId?: NodePath; readonly detail?: Json }) => void
}

/** What a person does to a run: an event with who and why, then what follows from it. */
export function operate(
  decision: Decision,
  { act, by, reason }: Extract<Stimulus, { type: 'operator' }>,
): Verdict {
  const { state, plan, at } = decision
  const nodeId = 'nodeId' in act ? act.nodeId : undefined
  if (isTerminal(state.status) && !(state.status === 'failed' && isAboutUndoing(act)))
    return { code: 'RUN_ENDED' }
  // A fault is put at a place in the design, which need not have begun.
  const known = nodeId === undefined || plan.node(nodeId) || placeInDesign(plan, nodeId)
  if (!known) return { code: 'NODE_NOT_FOUND', nodeId: nodeId ?? '' }
  const why = reason === undefined ? {} : { reason }
  const acting = <A extends OperatorAction>(mine: A): Acting<A> => ({
    decision,
    act: mine,
    by,
    reason,
    record: (about) => {
      const where = about?.nodeId ?? nodeId
      const detail = about?.detail === undefined ? {} : { detail: about.detail }
      decision.emit({
        type: 'OperatorActed',
        data: {
          action: act.action,
          by,
          ...(where === undefined ? {} : { nodeId: where }),
          ...why,
          ...detail,
          at,
        },
      })
    },
  })
  switch (act.action) {
    case 'pause':
      return pause(acting(act))
    case 'resume':
      return resume(acting(act))
    case 'cancel':
      return cancel(acting(act))
    case 'compensate':
      return compensate(acting(act))
    case 'step':
      return step(acting(act))
    case 'retry':
      return retry(acting(act))
    case 'skip':
      return skip(acting(act))
    case 'fail':
      return fail(acting(act))
    case 'retry-compensation':
    case 'mark-compensated':
    case 'leave-compensation':
      return dealWithCompensation(acting(act))
    case 'signal':
      return signal(acting(act))
    case 'decide':
      return decideApproval(acting(act))
    case 'set-data':
      return setData(acting(act))
    case 'set-speed': {
      const { mode, speed } = act
      return acting(act).record({ detail: { mode, ...(speed === undefined ? {} : { speed }) } }) as undefined
    }
    case 'set-breakpoints':
      return setBreakpoints(acting(act))
    case 'add-fault':
      if (placeInDesign(plan, act.fault.node)?.node.type !== 'step')
        return refuse('only a step can be broken')
      return acting(act).record({ detail: act.fault }) as undefined
    case 'lift-faults':
      return liftFaults(acting(act))
    default:
      return assertNever(act)
  }
}

const isUndoing = ({ status, suspended }: SagaState): boolean =>
  status === 'compensating' || suspended?.resumeTo === 'compensating'

/** What is done about a step that could not be undone, when the saga has ended with it. */
export const isAboutUndoing = ({ action }: OperatorAction): boolean =>
  action === 'retry-compensation' || action === 'mark-compensated' || action === 'leave-compensation'

function pause({ decision, record }: Acting): Verdict {
  if (decision.state.status === 'suspended') return refuse('it is suspended already')
  record()
  decision.emit({ type: 'SagaSuspended', data: { reason: 'paused', at: decision.at } })
  return
}

function resume({ decision, record }: Acting): Verdict {
  const { state, at } = decision
  if (!state.suspended) return refuse('it is not paused')
  // A cancel that the pivot overtook has no step to retry: going on is all that is left, or "compensate".
  if (state.suspended.reason !== 'paused' && state.error?.nodeId !== null)
    return refuse('retry or skip the step that failed instead')
  record()
  decision.emit({ type: 'SagaResumed', data: { at } })
  return
}

function cancel({ decision, record }: Acting): Verdict {
  const { state, at } = decision
  if (isUndoing(state)) return refuse('it is being undone already')
  if (state.error)
    return refuse(
      'it has failed already: it is undone once what is in flight has settled, or waits for "compensate"',
    )
  if (state.pivotPassed)
    return refuse('its pivot has succeeded: it only goes forward; "compensate" undoes it all the same')
  record()
  if (state.suspended) decision.emit({ type: 'SagaResumed', data: { at } })
  return
}

function compensate({ decision, record }: Acting): Verdict {
  const { state, plan, at } = decision
  if (isUndoing(state)) return refuse('it is being undone already')
  if (nodesOf(plan, state).some((path) => isInFlight(plan, state, path)))
    return refuse('a step is in flight: pause, and wait until it has settled')
  record()
  giveUpRetries(decision)
  const { error } = decision.state
  if (error)
    decision.emit({ type: 'SagaCompensating', data: { error, steps: stepsToCompensate(decision), at } })
  return
}

/** Lets begin what is held: the node that is named, or else the first. */
function step({ decision, act, record }: Acting<Act<'step'>>): Verdict {
  const held = heldNodes(decision.plan, decision.state)
  const next = act.nodeId === undefined ? held[0] : held.find((path) => path === act.nodeId)
  if (next === undefined)
    return refuse(act.nodeId === undefined ? 'nothing is held' : 'this node is not held')
  record({ nodeId: next })
  return
}

/** What is ready and waits for a person to let it begin: nodes, or while the saga is undone, compensations. */
export function heldNodes(plan: SagaPlan, state: SagaState): readonly NodePath[] {
  if (state.status === 'compensating')
    return readyCompensations(plan, state).filter((path) => isUndoHeld(state, path))
  if (state.status !== 'running' || state.error) return []
  return nodesOf(plan, state).filter((path) => isHeld(state, path) && isReady(plan, state, path))
}

/** Of a failed step in a suspended run, or, without waiting out the delay, of one that is to be tried again anyway. */
function retry({ decision, act: { nodeId }, record }: Acting<Act<'retry'>>): Verdict {
  const { state, at } = decision
  const { status, attempts } = nodeState(state, nodeId)
  if (status === 'retrying' && isOpen(state)) {
    record()
    decision.emit({ type: 'StepStarted', data: { nodeId, attempt: attempts + 1, at } })
    return
  }
  if (!isFailedInSuspended(state, nodeId))
    return refuse('only a failed step of a suspended run, or one that waits for its next attempt, is retried')
  record()
  decision.emit({ type: 'SagaResumed', data: { at } })
  return
}

/** A failed step of a suspended run; or one that has not begun, waits, or waits for its next attempt. */
function skip({ decision, act: { nodeId, output }, record }: Acting<Act<'skip'>>): Verdict {
  const { state, at } = decision
  const failed = isFailedInSuspended(state, nodeId)
  if (!failed && !isAtRest(decision, nodeId))
    return refuse('a step is skipped when it has failed in a suspended run, or waits to go on')
  record()
  const touched = nodeState(state, nodeId).effect === 'none' ? {} : ({ touched: true } as const)
  const counts = isCommandOfLoop(decision.plan, nodeId) ? ({ counts: true } as const) : {}
  decision.emit({ type: 'StepSkipped', data: { nodeId, output, ...touched, ...counts, at } })
  if (failed) decision.emit({ type: 'SagaResumed', data: { at } })
  return
}

/** What a command answers is for its compensation to read, and no loop merges it. */
function isCommandOfLoop(plan: SagaPlan, path: NodePath): boolean {
  const place = plan.place(path)
  const outer = place?.round == null ? undefined : place.graph.node(place.nodeId)
  return outer?.type === 'loop' && plan.step(path)?.action.type === 'command'
}

function fail({ decision, act: { nodeId, code }, by, reason, record }: Acting<Act<'fail'>>): Verdict {
  const { state, plan, at } = decision
  const inFlight = isInFlight(plan, state, nodeId)
  if (!canHear(state) || (!inFlight && !isAtRest(decision, nodeId)))
    return refuse('only a step that is under way, waits or is about to begin can be failed')
  const { attempts } = nodeState(state, nodeId)
  const error = { code, message: reason ?? `failed by ${by}`, kind: 'business' } as const
  record()
  if (inFlight)
    decision.emit({ type: 'StepFailed', data: { nodeId, attempt: attempts, error, unknown: true, at } })
  else failNode(decision, nodeId, error, attempts)
  return
}

const isOpen = ({ status, error }: SagaState): boolean => status === 'running' && error === null

function isFailedInSuspended(state: SagaState, nodeId: NodePath): boolean {
  return state.status === 'suspended' && !isUndoing(state) && hasFailed(nodeState(state, nodeId))
}

/** Nothing of it is under way: it waits for time, a person or a signal, for its next attempt, or to begin. */
function isAtRest({ plan, state }: Decision, nodeId: NodePath): boolean {
  const { status } = nodeState(state, nodeId)
  if (!canHear(state)) return false
  return status === 'waiting' || status === 'retrying' || isReady(plan, state, nodeId)
}

function dealWithCompensation({
  decision,
  act: { action, nodeId },
  reason,
  record,
}: Acting<{ readonly action: CompensationAction; readonly nodeId: NodePath }>): Verdict {
  const { compensation } = nodeState(decision.state, nodeId)
  const waits = action !== 'leave-compensation' && compensation?.status === 'retrying'
  if (compensation?.status !== 'failed' && !waits)
    return refuse('only a compensation that has failed is dealt with by hand')
  if (action === 'leave-compensation' && compensation.left) return refuse('it is left as it is already')
  if (action === 'mark-compensated' && !reason)
    return refuse('say in "reason" how it was undone: the log keeps it')
  record()
  return
}

function signal({ decision, act, by }: Acting<Act<'signal'>>): Verdict {
  const { state, plan, at } = decision
  if (!canHear(state)) return refuse('it no longer goes forward')
  const { signal: name, data } = act
  const waiting = nodesOf(plan, state).find((path) => {
    const node = plan.node(path)
    return (
      node?.type === 'signal' &&
      node.signal === name &&
      nodeState(state, path).status === 'waiting' &&
      (act.nodeId === undefined || act.nodeId === path)
    )
  })
  if (waiting === undefined && act.nodeId !== undefined) return refuse('this node does not wait for it')
  const named = plan.signals.filter((node) => node.signal === name)
  if (named.length === 0) return refuse(`nothing in this saga waits for a signal "${name}"`)
  // One that comes early is for whichever it fits.
  const waited = waiting === undefined ? named : [plan.node(waiting) as SagaNodeOf<'signal'>]
  const misfits = waited.flatMap((node) => {
    const checked = checkAgainstSchema(node.schema, data)
    return checked.ok ? [] : [checked.error]
  })
  if (misfits.length === waited.length)
    return refuse(`its data do not fit: ${misfits[0]?.[0]?.message ?? ''}`)
  decision.emit({ type: 'SignalReceived', data: { nodeId: waiting ?? null, signal: name, data, by, at } })
  return
}

function decideApproval({ decision, act, by, reason }: Acting<Act<'decide'>>): Verdict {
  const { state, plan, at } = decision
  const { nodeId, approved } = act
  const node = plan.node(nodeId)
  if (node?.type !== 'approval' || nodeState(state, nodeId).status !== 'waiting')
    return refuse('no decision is waited for here')
  if (!canHear(state)) return refuse('it no longer goes forward')
  const comment = act.comment ?? reason
  decision.emit({
    type: 'ApprovalDecided',
    data: { nodeId, approved, by, ...(comment === undefined ? {} : { comment }), at },
  })
  if (!approved && node.onReject !== 'continue')
    failNode(decision, nodeId, { code: 'Rejected', message: comment ?? `${by} said no`, kind: 'business' })
  return
}

/** What comes from outside is taken while the saga goes forward or may yet, paused, suspended or not. */
export const canHear = (state: SagaState): boolean =>
  !isUndoing(state) && (state.error === null || state.pivotPassed || isSuspendedWith(state))

/** A person decides what becomes of a failure; a run that was only paused goes on to be undone. */
const isSuspendedWith = ({ suspended }: SagaState): boolean =>
  suspended !== null && suspended.reason !== 'paused'

function setBreakpoints({ decision, act: { breakpoints }, record }: Acting<Act<'set-breakpoints'>>): Verdict {
  const unknown = breakpoints.find((place) => !placeInDesign(decision.plan, place))
  if (unknown !== undefined) return { code: 'NODE_NOT_FOUND', nodeId: unknown }
  record({ detail: { breakpoints: [...breakpoints] } })
  return
}

function liftFaults({ decision, act: { nodeId }, record }: Acting<Act<'lift-faults'>>): Verdict {
  if (!decision.state.faults.some((fault) => nodeId === undefined || isAt(fault, nodeId)))
    return refuse(nodeId === undefined ? 'nothing is broken in this run' : 'nothing is broken here')
  record()
  return
}

function setData({ decision, act: { data, scope }, record }: Acting<Act<'set-data'>>): Verdict {
  const { state } = decision
  if (state.status !== 'suspended' || isUndoing(state))
    return refuse('data are edited while the run is suspended: pause it first')
  if (scope !== undefined && own(state.scopes ?? {}, scope) === undefined)
    return refuse(`no saga runs at "${scope}"`)
  record({ detail: { data, ...(scope === undefined ? {} : { scope }) } })
  return
}
