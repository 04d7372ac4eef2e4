export { TraceFold, traceOf } from './fold'
export { attemptSpanId, spanIdOf, traceIdOf } from './ids'
export type {
  Attributes,
  AttributeValue,
  CausedEvents,
  Span,
  SpanEvent,
  SpanKind,
  SpanLink,
  SpanOutcome,
  TracedEvent,
  TracedRun,
} from './span'
