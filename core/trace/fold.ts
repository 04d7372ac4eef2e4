import type { SagaEventOf } from '../saga/events'
import type { Moment } from './draft'
import { foldStep } from './fold-step'
import { spanIdOf, traceIdOf } from './ids'
import { OpenSpans, type Slot } from './open-spans'
import type { Span, TracedEvent, TracedRun } from './span'

/** A stretch in which the run waits for a person, whatever node it is about. */
const SUSPENDED: Slot = 'wait:'

/**
 * The trace of a run, folded from its events one by one. It goes by what they say and needs no design, and passes over
 * types it does not know: those of a later version of the workbench.
 */
export class TraceFold {
  private readonly spans: OpenSpans
  private moment: Moment = { seq: 0, at: 0 }

  constructor(run: TracedRun) {
    this.spans = new OpenSpans(run)
  }

  /** Number of the last event folded in. */
  get seq(): number {
    return this.moment.seq
  }

  /** Nothing goes on: the run has ended, or not begun. */
  get isQuiet(): boolean {
    return this.spans.isEmpty
  }

  /** Spans that go on, as they are now. */
  get open(): readonly Span[] {
    return this.spans.open
  }

  /**
   * @param entry the next one of the run; one that was folded in before changes nothing
   * @returns the spans that ended with it; they never change again
   */
  add({ seq, event }: TracedEvent): readonly Span[] {
    if (seq <= this.moment.seq) return []
    this.moment = { seq, at: Math.max(this.moment.at, event.data.at) }
    const { spans, moment } = this
    switch (event.type) {
      case 'SagaStarted':
        begin(spans, moment, event.data)
        break
      case 'SagaForked': {
        const { by, reason } = event.data
        spans.running?.note('forked', moment, {
          'saga.operator.by': by,
          ...(reason === undefined ? {} : { 'saga.operator.reason': reason }),
        })
        break
      }
      case 'SagaSuspended': {
        const { nodeId, reason, error } = event.data
        const attributes = { 'saga.suspended.reason': reason, ...(error ? { 'error.type': error.code } : {}) }
        spans.running?.note('suspended', moment, attributes)
        const about = nodeId === undefined ? {} : { nodeId }
        spans.begin(SUSPENDED, { kind: 'wait', name: 'wait for a person', ...about, attributes }, moment)
        break
      }
      case 'SagaResumed':
        spans.running?.note('resumed', moment)
        spans.end(SUSPENDED, moment, { outcome: 'succeeded' })
        break
      case 'OperatorActed':
        operatorActed(spans, moment, event.data)
        break
      case 'SagaCompensating': {
        const { error, steps } = event.data
        // What the failure left half-way is over; what undoes it stands in the run.
        for (const slot of spans.slots('wait')) spans.end(slot, moment, { outcome: 'abandoned' })
        for (const slot of spans.slots('scope'))
          spans.end(slot, moment, { outcome: 'failed', errorCode: error.code })
        spans.running?.note('compensating', moment, {
          'error.type': error.code,
          'saga.compensating.steps': steps.length,
        })
        this.error = error.code
        break
      }
      case 'SagaCompleted':
        spans.endRun(moment, { outcome: 'succeeded' })
        break
      case 'SagaCompensated':
        spans.endRun(moment, { outcome: 'compensated', errorCode: this.error })
        break
      case 'SagaFailed':
        spans.endRun(moment, {
          outcome: 'failed',
          errorCode: this.error,
          attributes: { 'saga.not_undone': event.data.notUndone.join(',') },
        })
        break
      default:
        foldStep(spans, moment, event)
    }
    return spans.take()
  }

  /** What the saga reports, once it is known. */
  private error: string | null = null
}

/**
 * Every span of a run as of its last event here, in the order in which they began: those that have ended, and those
 * that go on. A trace of the first events is a beginning of the trace of all.
 */
export function traceOf(run: TracedRun, events: readonly TracedEvent[]): readonly Span[] {
  const fold = new TraceFold(run)
  const ended = events.flatMap((entry) => fold.add(entry))
  return [...ended, ...fold.open].sort((a, b) => a.startSeq - b.startSeq)
}

function begin(spans: OpenSpans, moment: Moment, data: SagaEventOf<'SagaStarted'>['data']): void {
  const { saga, designVersion, mode, forkedFrom } = data
  const attributes = {
    'saga.id': saga,
    'saga.design.version': designVersion,
    'saga.mode': mode,
    ...(forkedFrom
      ? { 'saga.forked_from.run': forkedFrom.runId, 'saga.forked_from.seq': forkedFrom.seq }
      : {}),
  }
  const links = forkedFrom
    ? [
        {
          traceId: traceIdOf(forkedFrom.runId),
          spanId: spanIdOf(forkedFrom.runId, 1),
          why: 'forked-from' as const,
        },
      ]
    : []
  spans.beginRun({ name: `saga ${saga}`, attributes, links }, moment)
  if (forkedFrom) spans.takeOver(forkedFrom)
}

/** Acts with which a run that has ended goes on. */
const TAKES_UP: ReadonlySet<string> = new Set(['retry-compensation', 'mark-compensated'])

/** A person's act stands at what it is about, or at the run. */
function operatorActed(spans: OpenSpans, moment: Moment, data: SagaEventOf<'OperatorActed'>['data']): void {
  const { action, nodeId, by, reason } = data
  const name = `operator ${action}`
  const attributes = {
    'saga.operator.by': by,
    ...(reason === undefined ? {} : { 'saga.operator.reason': reason }),
    ...(nodeId === undefined ? {} : { 'saga.node.id': nodeId }),
  }
  if (!spans.running && TAKES_UP.has(action)) spans.beginRun({ name: 'taken up again' }, moment)
  const about = nodeId === undefined ? undefined : foundAt(spans, nodeId)
  const draft = about ?? spans.running
  if (draft) draft.note(name, moment, attributes)
  else
    spans.mark({ name, attributes, ...(nodeId === undefined ? {} : { nodeId }) }, moment, {
      outcome: 'succeeded',
    })
}

const foundAt = (spans: OpenSpans, nodeId: string) =>
  spans.at(`action:${nodeId}`) ??
  spans.at(`compensation:${nodeId}`) ??
  spans.at(`wait:${nodeId}`) ??
  spans.at(`scope:${nodeId}`)
