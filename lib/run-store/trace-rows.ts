import type { SagaPlan } from '@/core/saga'
import { type Span, type TracedRun, traceOf } from '@/core/trace'
import type { RunEvent } from './history'
import { compensationName, nodeName } from './operator'

/** One span as a line of the waterfall. */
export interface TraceRow {
  /** As it is after the last event known. */
  readonly span: Span
  /** As it was at the cursor; null while it had not begun. */
  readonly shown: Span | null
  /** How many spans it stands in. */
  readonly depth: number
}

/**
 * The trace of a run, each span beneath the one it stands in, in the order in which they began. All of them are there
 * wherever the cursor stands, so that nothing moves when it does.
 * @param seq number of the event that is shown
 */
export function traceRows(run: TracedRun, events: readonly RunEvent[], seq: number): readonly TraceRow[] {
  const whole = traceOf(run, events)
  const then = seq >= events.length ? whole : traceOf(run, events.slice(0, seq))
  const shown = new Map(then.map((span) => [span.spanId, span]))
  const within = new Map<string | null, Span[]>()
  for (const span of whole) within.set(span.parentId, [...(within.get(span.parentId) ?? []), span])
  const rows: TraceRow[] = []
  const add = (span: Span, depth: number): void => {
    rows.push({ span, shown: shown.get(span.spanId) ?? null, depth })
    for (const inner of within.get(span.spanId) ?? []) add(inner, depth + 1)
  }
  for (const root of within.get(null) ?? []) add(root, 0)
  return rows
}

/** What a person calls a span. */
export function spanLabel(plan: SagaPlan, { parentId, name, nodeId, phase, outcome }: Span): string {
  if (parentId === null) return plan.saga.name ?? plan.saga.id
  if (nodeId === null) return capital(name)
  const of = phase === 'compensation' ? compensationName(plan, nodeId) : nodeName(plan, nodeId)
  return outcome === 'late' ? `Late answer of ${of}` : of
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The row that the event under the cursor is about: the last span that begins, ends or notes something with it. */
export function rowAt(rows: readonly TraceRow[], seq: number): TraceRow | undefined {
  const touches = ({ span }: TraceRow): boolean =>
    span.startSeq === seq || span.endSeq === seq || span.events.some((event) => event.seq === seq)
  return rows.findLast((row) => row.span.kind !== 'run' && touches(row)) ?? rows.find(touches) ?? rows[0]
}
