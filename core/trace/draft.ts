import type { Phase } from '../saga/events'
import { designPath, isRound, type NodePath, parentPath, splitPath } from '../saga/path'
import { attemptSpanId, spanIdOf, traceIdOf } from './ids'
import type {
  Attributes,
  CausedEvents,
  Span,
  SpanEvent,
  SpanKind,
  SpanLink,
  SpanOutcome,
  TracedRun,
} from './span'

/** Where in the run the fold stands: times never go back within a trace, whatever a clock on a wall did. */
export interface Moment {
  readonly seq: number
  readonly at: number
}

export interface DraftInput {
  readonly kind: SpanKind
  readonly name: string
  readonly parentId: string | null
  readonly nodeId?: NodePath | null
  readonly phase?: Phase | null
  readonly attempt?: number
  readonly attributes?: Attributes
  readonly links?: readonly SpanLink[]
}

/** A span that goes on. It never leaves the fold; what does is a `Span`. */
export class Draft {
  readonly spanId: string
  private readonly events: SpanEvent[] = []

  constructor(
    private readonly run: TracedRun,
    private readonly input: DraftInput,
    private readonly start: Moment,
  ) {
    const { kind, phase, nodeId, attempt = 0 } = input
    this.spanId =
      kind === 'attempt' && phase && nodeId
        ? attemptSpanId(run.runId, phase, nodeId, attempt)
        : spanIdOf(run.runId, start.seq)
  }

  note(name: string, { at, seq }: Moment, attributes: Attributes = {}): void {
    this.events.push({ name, at, seq, attributes })
  }

  /** As it is now. */
  get open(): Span {
    return this.span(null, { outcome: 'open' })
  }

  ended(end: Moment, how: Ending): Span {
    return this.span(end, how)
  }

  private span(end: Moment | null, { outcome, errorCode = null, attributes, caused = null }: Ending): Span {
    const { kind, name, parentId, nodeId = null, phase = null, attempt = 0, links = [] } = this.input
    return {
      traceId: traceIdOf(this.run.runId),
      spanId: this.spanId,
      parentId,
      kind,
      name,
      nodeId,
      phase,
      attempt,
      startAt: this.start.at,
      endAt: end?.at ?? null,
      startSeq: this.start.seq,
      endSeq: end?.seq ?? null,
      outcome,
      errorCode,
      attributes: {
        'saga.run.id': this.run.runId,
        'saga.design.id': this.run.designId,
        ...(nodeId === null ? {} : { 'saga.node.id': nodeId }),
        ...(phase === null ? {} : attemptAttributes(this.run.runId, nodeId ?? '', phase, attempt)),
        ...this.input.attributes,
        ...(caused === null ? {} : causedAttributes(caused)),
        ...(errorCode === null ? {} : { 'error.type': errorCode }),
        ...attributes,
      },
      events: [...this.events],
      links,
      caused,
    }
  }
}

/** How a span ends. */
export interface Ending {
  readonly outcome: SpanOutcome
  readonly errorCode?: string | null
  readonly attributes?: Attributes
  readonly caused?: CausedEvents | null
}

/** Names of the same place in different rounds are one name: that is what a tracing tool groups by. */
export const spanName = (nodeId: NodePath, phase: Phase): string =>
  phase === 'action' ? designPath(nodeId) : `undo ${designPath(nodeId)}`

const attemptAttributes = (runId: string, nodeId: NodePath, phase: Phase, attempt: number): Attributes => ({
  'saga.phase': phase,
  ...(attempt === 0 ? {} : { 'saga.attempt': attempt }),
  'saga.idempotency_key': idempotencyKeyOf(runId, nodeId, phase),
})

/** The key that every attempt of this half of the node is performed under. A round's number stands by itself. */
export function idempotencyKeyOf(runId: string, nodeId: NodePath, phase: Phase): string {
  const last = splitPath(nodeId).at(-1) ?? ''
  return isRound(last) ? `${runId}:${parentPath(nodeId)}:${last}:${phase}` : `${runId}:${nodeId}:0:${phase}`
}

const causedAttributes = ({ streamId, fromVersion, toVersion, types }: CausedEvents): Attributes => ({
  'saga.caused.stream': streamId,
  'saga.caused.version.from': fromVersion,
  'saga.caused.version.to': toVersion,
  'saga.caused.events': types.join(','),
})
