import type { SagaNode, SagaNodeOf } from '../design/saga'
import { checkAgainstSchema } from '../json-schema'
import { assertNever } from '../result'
import { advanceCompensation } from './compensate'
import type { Decision } from './decision'
import type { SagaError, StepError } from './events'
import { isHeld } from './gate'
import { handedBack } from './hand-back'
import { joinPath, type NodePath } from './path'
import { isRounds } from './plan'
import { areThrough, defaultInput } from './rounds'
import { type EarlySignal, hasFailed, isActive, isInFlight, nodeState, type SagaState } from './state'
import { isReady } from './tokens'
import { mayBegin, nodesIn, nodesOf } from './unfold'

/** Takes the saga as far as it gets without the outside world. Nothing moves while a person is waited for. */
export function advance(decision: Decision): void {
  if (decision.state.status === 'running') {
    if (decision.state.error) settleFailure(decision)
    else goForward(decision)
  }
  if (decision.state.status === 'compensating') advanceCompensation(decision)
}

/** A node has failed for good, with nothing done by it: an expression, a limit, a person's no. */
export function failNode(decision: Decision, nodeId: NodePath, error: StepError, attempt = 0): void {
  decision.emit({ type: 'StepFailed', data: { nodeId, attempt, error, unknown: false, at: decision.at } })
}

function goForward(decision: Decision): void {
  const { plan } = decision
  let before: number
  do {
    before = decision.events.length
    for (const path of nodesOf(plan, decision.state)) {
      moveNode(decision, path)
      if (decision.state.error) {
        settleFailure(decision)
        return
      }
    }
    // What a saga within it or a round of it sets free may stand anywhere in the order.
  } while (plan.isNested && decision.events.length > before)
  if (isQuiet(decision, '')) decision.emit({ type: 'SagaCompleted', data: { at: decision.at } })
}

/** Nothing in the saga at `scope` is under way or has its turn. */
export function isQuiet({ plan, state }: Pick<Decision, 'plan' | 'state'>, scope: NodePath): boolean {
  const graph = plan.graph(scope)
  return (
    graph === undefined ||
    !nodesIn(graph, scope).some((path) => isActive(nodeState(state, path)) || isReady(plan, state, path))
  )
}

function moveNode(decision: Decision, path: NodePath): void {
  const { plan, state } = decision
  const node = plan.node(path)
  if (!node) return
  if (isReady(plan, state, path)) {
    if (!isHeld(state, path)) beginNode(decision, path, node)
  } else if (nodeState(state, path).status === 'running') {
    if (isRounds(node)) beginRounds(decision, path)
    endNode(decision, path, node)
  }
}

/** As many rounds as may begin now and need no evaluation first. */
function beginRounds(decision: Decision, path: NodePath): void {
  for (;;) {
    const begun = nodeState(decision.state, path).rounds?.begun ?? 0
    const round = joinPath(path, begun)
    const node = decision.plan.node(round)
    if (!node || !isReady(decision.plan, decision.state, round) || isHeld(decision.state, round)) return
    beginNode(decision, round, node)
    if ((nodeState(decision.state, path).rounds?.begun ?? 0) === begun) return
  }
}

/** Begins what needs no evaluation first; the rest is an effect (`effectsOf`) and comes back as a stimulus. */
function beginNode(decision: Decision, nodeId: NodePath, node: SagaNode): void {
  const { at, state } = decision
  const { attempts, isEdited } = nodeState(state, nodeId)
  switch (node.type) {
    case 'step':
      // With attempts before it this is an operator's retry: its input stays, unless the data were edited for it.
      if (node.input === undefined || (attempts > 0 && !isEdited)) {
        const anew = isEdited ? { input: defaultInput(decision.plan, state, nodeId) } : {}
        decision.emit({ type: 'StepStarted', data: { nodeId, attempt: attempts + 1, ...anew, at } })
      }
      return
    case 'wait':
      if (node.until === undefined)
        decision.emit({ type: 'TimerSet', data: { nodeId, fireAt: at + (node.durationMs ?? 0), at } })
      return
    case 'approval':
      decision.emit({ type: 'ApprovalRequested', data: { nodeId, expiresAt: expiry(node, at), at } })
      return
    case 'signal':
      decision.emit({ type: 'SignalAwaited', data: { nodeId, expiresAt: expiry(node, at), at } })
      takeEarlySignal(decision, nodeId, node)
      return
    case 'saga':
      if (node.input === undefined) decision.emit({ type: 'SubSagaStarted', data: { nodeId, at } })
      return
    case 'loop':
      decision.emit({ type: 'LoopStarted', data: { nodeId, at } })
      return
    case 'fail':
      failNode(decision, nodeId, {
        code: node.error,
        message: node.message ?? `the saga was made to fail at ${node.name ?? node.id}`,
        kind: 'business',
      })
      return
    case 'start':
    case 'choice':
    case 'map':
    case 'end':
      return
    default:
      assertNever(node)
  }
}

/** A node that begins to wait takes the first signal of its name that fits it: one that does not may be another's. */
function takeEarlySignal(decision: Decision, nodeId: NodePath, node: SagaNodeOf<'signal'>): void {
  const early = decision.state.signals ?? []
  const isNamed = ({ signal }: EarlySignal): boolean => signal === node.signal
  const taken = early.findIndex((one) => isNamed(one) && checkAgainstSchema(node.schema, one.data).ok)
  if (taken < 0) return
  const which = taken === early.findIndex(isNamed) ? {} : { early: taken }
  decision.emit({ type: 'SignalMatched', data: { nodeId, ...which, at: decision.at } })
}

const expiry = ({ timeoutMs }: { readonly timeoutMs?: number | undefined }, at: number): number | null =>
  timeoutMs === undefined ? null : at + timeoutMs

/** Ends a node that runs others once they are through, unless an output expression has to be evaluated first. */
function endNode(decision: Decision, nodeId: NodePath, node: SagaNode): void {
  const { at } = decision
  if (node.type === 'loop' && isExhausted(decision.state, nodeId, node))
    failNode(decision, nodeId, {
      code: 'LoopExhausted',
      message: `its condition did not hold after ${node.maxIterations} rounds`,
      kind: 'business',
    })
  else if (!isThrough(decision, nodeId, node) || ('output' in node && node.output !== undefined)) return
  else if (node.type === 'map') decision.emit({ type: 'MapCompleted', data: { nodeId, at } })
  else if (node.type === 'saga' || node.type === 'loop') {
    const patch = handedBack(decision, nodeId, node)
    decision.emit({
      type: node.type === 'saga' ? 'SubSagaCompleted' : 'LoopCompleted',
      data: { nodeId, ...(patch === null ? {} : { patch }), at },
    })
  }
}

/** Whether everything that a saga, a map or a loop runs is through: what is left is to say what came of it. */
export function isThrough(
  { plan, state }: Pick<Decision, 'plan' | 'state'>,
  path: NodePath,
  node: SagaNode,
): boolean {
  const { status, rounds } = nodeState(state, path)
  if (status !== 'running') return false
  if (node.type === 'saga') return isQuiet({ plan, state }, path)
  if (!isRounds(node) || !rounds || !areThrough(state, path, rounds)) return false
  return node.type === 'loop' ? rounds.done : !mayBegin(node, rounds)
}

/** A loop that had all the rounds it may have, and its condition does not hold. */
function isExhausted(state: SagaState, path: NodePath, node: SagaNodeOf<'loop'>): boolean {
  const { rounds } = nodeState(state, path)
  return rounds !== undefined && !rounds.done && rounds.judged >= node.maxIterations
}

/** Whether a loop's condition is to be asked: a round is through that it was not asked after. */
export function isToBeJudged(state: SagaState, path: NodePath, node: SagaNode): boolean {
  const { status, rounds } = nodeState(state, path)
  if (node.type !== 'loop' || status !== 'running' || !rounds || rounds.begun === rounds.judged) return false
  const { status: last } = nodeState(state, joinPath(path, rounds.begun - 1))
  return last === 'succeeded' || last === 'skipped'
}

/**
 * After a failure no new forward work starts and what is in flight settles. Then the saga compensates, unless a pivot
 * has been passed (or may have been): from there it only goes forward, and a person is asked.
 */
function settleFailure(decision: Decision): void {
  const { plan, at } = decision
  // Behind a pivot what waits for its next attempt goes on with its policy once the failure has been dealt with.
  if (!decision.state.pivotPassed) giveUpRetries(decision)
  const { state } = decision
  const { error } = state
  const paths = nodesOf(plan, state)
  if (!error || paths.some((path) => isInFlight(plan, state, path))) return
  const doubtful = paths.find(
    (path) => plan.step(path)?.kind === 'pivot' && nodeState(state, path).effect === 'unknown',
  )
  // A cancel too: it came before the pivot, but the pivot was on its way and has succeeded.
  if (state.pivotPassed || doubtful !== undefined) suspend(decision, error, doubtful)
  else decision.emit({ type: 'SagaCompensating', data: { error, steps: stepsToCompensate(decision), at } })
}

/** What waits for its next attempt has failed: with a failure known, and the saga to be undone, it is not tried again. */
export function giveUpRetries(decision: Decision): void {
  for (const nodeId of nodesOf(decision.plan, decision.state)) {
    const { status, attempts, error, unanswered } = nodeState(decision.state, nodeId)
    if (status !== 'retrying' || !error) continue
    const unknown = unanswered.includes(attempts)
    decision.emit({
      type: 'StepFailed',
      data: { nodeId, attempt: attempts, error, unknown, at: decision.at },
    })
  }
}

function suspend(decision: Decision, { nodeId, ...error }: SagaError, doubtful: NodePath | undefined): void {
  const { plan, state, at } = decision
  // A pivot that a person has passed over, or asked to try again, is dealt with: what is left is the other failure.
  const pivot = doubtful !== undefined && hasFailed(nodeState(state, doubtful)) ? doubtful : undefined
  const kind = nodeId === null ? undefined : plan.step(nodeId)?.kind
  const reason =
    pivot !== undefined ? 'pivot-unknown' : kind === 'retriable' ? 'retries-exhausted' : 'failed-after-pivot'
  const about = pivot ?? nodeId
  decision.emit({
    type: 'SagaSuspended',
    data: { reason, ...(about === null ? {} : { nodeId: about }), error, at },
  })
}

/** Every step that did its work or may have, and says how to undo it; the latest to end first. */
export function stepsToCompensate({ plan, state }: Pick<Decision, 'plan' | 'state'>): readonly NodePath[] {
  // A step that a person had tried again ended twice: its latest end counts.
  return [...new Set([...state.ended].reverse())].filter(
    (nodeId) => plan.step(nodeId)?.compensation !== undefined && nodeState(state, nodeId).effect !== 'none',
  )
}
