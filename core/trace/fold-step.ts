import type { Phase, SagaEvent, SagaEventOf } from '../saga/events'
import { designPath, type NodePath } from '../saga/path'
import { causedBy } from './caused'
import { type Ending, type Moment, spanName } from './draft'
import type { OpenSpans } from './open-spans'

type RunEvent = SagaEventOf<
  | 'SagaStarted'
  | 'SagaForked'
  | 'SagaSuspended'
  | 'SagaResumed'
  | 'OperatorActed'
  | 'SagaCompensating'
  | 'SagaCompleted'
  | 'SagaCompensated'
  | 'SagaFailed'
>

/** What an event about a node begins or ends. */
export function foldStep(spans: OpenSpans, moment: Moment, event: Exclude<SagaEvent, RunEvent>): void {
  switch (event.type) {
    case 'StepStarted':
    case 'CompensationStarted':
      beginAttempt(spans, moment, event.type === 'StepStarted' ? 'action' : 'compensation', event.data)
      return
    case 'StepCompleted': {
      const { nodeId, output } = event.data
      spans.end(`action:${nodeId}`, moment, { outcome: 'succeeded', caused: causedBy(output) })
      return
    }
    case 'CompensationCompleted': {
      const { nodeId, output } = event.data
      spans.end(`compensation:${nodeId}`, moment, { outcome: 'compensated', caused: causedBy(output) })
      return
    }
    case 'StepAttemptFailed': {
      const { nodeId, error, unknown, retryAt } = event.data
      const outcome = unknown ? 'unknown' : 'failed'
      endAttempt(spans, moment, 'action', nodeId, { outcome, errorCode: error.code }, retryAt)
      return
    }
    case 'StepTimedOut': {
      const { nodeId, retryAt } = event.data
      endAttempt(spans, moment, 'action', nodeId, { outcome: 'timed-out', errorCode: 'Timeout' }, retryAt)
      return
    }
    case 'CompensationAttemptFailed': {
      const { nodeId, error, retryAt } = event.data
      const how = { outcome: 'failed', errorCode: error.code } as const
      endAttempt(spans, moment, 'compensation', nodeId, how, retryAt)
      return
    }
    case 'StepFailed':
      stepFailed(spans, moment, event.data)
      return
    case 'CompensationFailed': {
      const { nodeId, error } = event.data
      const how = { outcome: 'failed', errorCode: error.code } as const
      if (!spans.end(`compensation:${nodeId}`, moment, how))
        spans.mark({ name: spanName(nodeId, 'compensation'), nodeId, phase: 'compensation' }, moment, how)
      return
    }
    case 'StepSkipped': {
      const { nodeId } = event.data
      spans.around(nodeId)?.note('skipped', moment, { 'saga.node.id': nodeId })
      for (const slot of [`action:${nodeId}`, `wait:${nodeId}`, `scope:${nodeId}`] as const)
        spans.end(slot, moment, { outcome: 'skipped' })
      return
    }
    case 'StepOutcomeArrivedLate': {
      const { nodeId, phase, attempt, outcome } = event.data
      const links = spans.linkTo(phase, nodeId, 'late-outcome-of')
      const attributes = { 'saga.late.outcome': outcome.type }
      spans.mark(
        { name: `late outcome of ${spanName(nodeId, phase)}`, nodeId, phase, attempt, links, attributes },
        moment,
        {
          outcome: 'late',
          caused: outcome.type === 'succeeded' ? causedBy(outcome.output) : null,
          errorCode: outcome.type === 'failed' ? outcome.error.code : null,
        },
      )
      return
    }
    case 'FaultInjected': {
      const { nodeId, phase, fault } = event.data
      const draft = spans.at(`${phase}:${nodeId}`) ?? spans.around(nodeId)
      draft?.note('fault injected', moment, { 'saga.fault': fault, 'saga.node.id': nodeId })
      return
    }
    case 'ChoiceTaken': {
      const { nodeId, branch } = event.data
      spans.around(nodeId)?.note('choice', moment, { 'saga.node.id': nodeId, 'saga.branch': branch })
      return
    }
    case 'TimerSet':
    case 'ApprovalRequested':
    case 'SignalAwaited': {
      const { nodeId } = event.data
      spans.begin(`wait:${nodeId}`, { kind: 'wait', name: designPath(nodeId), nodeId }, moment)
      return
    }
    case 'TimerFired':
    case 'SignalMatched':
      spans.end(`wait:${event.data.nodeId}`, moment, { outcome: 'succeeded' })
      return
    case 'ApprovalDecided': {
      const { nodeId, approved, by } = event.data
      const attributes = { 'saga.operator.by': by, 'saga.approved': approved }
      spans.end(`wait:${nodeId}`, moment, { outcome: 'succeeded', attributes })
      return
    }
    case 'SignalReceived': {
      const { nodeId, signal, by } = event.data
      const attributes = { 'saga.signal': signal, 'saga.operator.by': by }
      if (nodeId === null || !spans.end(`wait:${nodeId}`, moment, { outcome: 'succeeded', attributes }))
        spans.running?.note('signal', moment, attributes)
      return
    }
    case 'SubSagaStarted':
    case 'MapStarted':
    case 'LoopStarted': {
      const { nodeId } = event.data
      const items =
        event.type === 'MapStarted' ? { attributes: { 'saga.items': event.data.items.length } } : {}
      spans.begin(`scope:${nodeId}`, { kind: 'scope', name: designPath(nodeId), nodeId, ...items }, moment)
      return
    }
    case 'LoopJudged': {
      const { nodeId, round, done } = event.data
      spans.at(`scope:${nodeId}`)?.note('round', moment, { 'saga.round': round, 'saga.done': done })
      return
    }
    case 'SubSagaCompleted':
    case 'MapCompleted':
    case 'LoopCompleted':
      spans.end(`scope:${event.data.nodeId}`, moment, { outcome: 'succeeded' })
      return
    default:
      // An event of a later version of the workbench: its run has a trace all the same.
      event satisfies never
  }
}

function beginAttempt(
  spans: OpenSpans,
  moment: Moment,
  phase: Phase,
  { nodeId, attempt }: { readonly nodeId: NodePath; readonly attempt: number },
): void {
  const links = [
    ...spans.linkTo(phase, nodeId, 'retries'),
    ...(phase === 'compensation' ? spans.linkTo('action', nodeId, 'compensates') : []),
  ]
  const name = spanName(nodeId, phase)
  spans.begin(`${phase}:${nodeId}`, { kind: 'attempt', name, nodeId, phase, attempt, links }, moment)
}

/** @param retryAt epoch ms of the next attempt; null when there is none */
function endAttempt(
  spans: OpenSpans,
  moment: Moment,
  phase: Phase,
  nodeId: NodePath,
  how: Ending,
  retryAt: number | null,
): void {
  const slot = `${phase}:${nodeId}` as const
  if (retryAt !== null)
    spans.at(slot)?.note('retry', moment, { 'saga.retry.delay_ms': Math.max(0, retryAt - moment.at) })
  spans.end(slot, moment, how)
}

/** The attempt that goes on has failed, or the wait, or the scope; what never began is a mark. */
function stepFailed(spans: OpenSpans, moment: Moment, data: SagaEventOf<'StepFailed'>['data']): void {
  const { nodeId, error, unknown, output } = data
  const how: Ending = {
    outcome: unknown ? 'unknown' : 'failed',
    errorCode: error.code,
    caused: output === undefined ? null : causedBy(output),
  }
  for (const kind of ['action', 'wait', 'scope'] as const)
    if (spans.end(`${kind}:${nodeId}`, moment, how)) return
  const attributes = { 'error.type': error.code, 'saga.node.id': nodeId }
  if (spans.knows(nodeId)) spans.around(nodeId)?.note('failed for good', moment, attributes)
  else spans.mark({ name: spanName(nodeId, 'action'), nodeId, phase: 'action' }, moment, how)
}
