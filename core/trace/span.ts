import type { Phase, SagaEvent } from '../saga/events'
import type { NodePath } from '../saga/path'

/**
 * `run`: the whole of it, the root; another one when a run that had failed is taken up again. `scope`: a saga within
 * the saga, a map, a loop. `attempt`: one try of an action or a compensation. `wait`: for a time, a signal, a person.
 * `mark`: something with no length that none of the others holds.
 */
export type SpanKind = 'run' | 'scope' | 'attempt' | 'wait' | 'mark'

export type SpanOutcome =
  | 'open'
  | 'succeeded'
  | 'compensated'
  | 'failed'
  | 'timed-out'
  /** No answer came: the work may have been done. */
  | 'unknown'
  /** An answer that came after its attempt had been given up. */
  | 'late'
  | 'skipped'
  /** Ended because what it stood in did. */
  | 'abandoned'

export type AttributeValue = string | number | boolean
export type Attributes = Readonly<Record<string, AttributeValue>>

/** Something that happened at a moment of a span. */
export interface SpanEvent {
  readonly name: string
  /** Epoch ms on the run's clock. */
  readonly at: number
  readonly seq: number
  readonly attributes: Attributes
}

/** Another span that this one has to do with, and that is not its parent. */
export interface SpanLink {
  readonly traceId: string
  readonly spanId: string
  readonly why: 'compensates' | 'retries' | 'late-outcome-of' | 'forked-from'
}

/** Events of an aggregate that an attempt's command led to. */
export interface CausedEvents {
  readonly aggregate: string
  readonly key: string
  readonly streamId: string
  /** Versions in its stream, inclusive. Both are the version it stands at when the command led to nothing. */
  readonly fromVersion: number
  readonly toVersion: number
  readonly types: readonly string[]
}

/** A stretch of a run. One that has ended never changes again: it may be told of once and forgotten. */
export interface Span {
  readonly traceId: string
  readonly spanId: string
  /** Null for the root. */
  readonly parentId: string | null
  readonly kind: SpanKind
  readonly name: string
  /** Null when it is about the run as a whole. */
  readonly nodeId: NodePath | null
  readonly phase: Phase | null
  /** 1-based; 0 for what is no attempt. */
  readonly attempt: number
  /** Epoch ms on the run's clock. */
  readonly startAt: number
  /** Null while it goes on. */
  readonly endAt: number | null
  readonly startSeq: number
  readonly endSeq: number | null
  readonly outcome: SpanOutcome
  /** The code of the error it ended with. */
  readonly errorCode: string | null
  readonly attributes: Attributes
  readonly events: readonly SpanEvent[]
  readonly links: readonly SpanLink[]
  readonly caused: CausedEvents | null
}

export interface TracedRun {
  readonly runId: string
  readonly designId: string
}

/** An event of a run as a trace is made from it. */
export interface TracedEvent {
  /** Its number in the run, 1-based. */
  readonly seq: number
  readonly event: SagaEvent
}
