import { runOfStream } from '@/core/aggregate/stream'
import { asJson, isJsonObject } from '@/core/json'
import type { RecordedEvent } from '@/core/log/event'
import { runModeSchema } from '@/core/protocol'
import type { SagaEvent, SagaEventOf } from '@/core/saga'
import type { RunRow, Store, Subscription } from '../store/contract'
import { isPassingFault } from '../store/passing-fault'
import { sagaEvent } from './run-messages'

/** Folds the log into the list of runs: a read model, rebuilt from the log whenever it is behind. */
export interface RunIndexer {
  /** Resolves when the list shows everything up to this position. */
  waitFor(position: number): Promise<void>
  /** What the list shows everything up to; listeners have been told of all of it. */
  position(): number
  /** Called with the rows that changed, after they are stored. */
  onRows(listener: (rows: readonly RunRow[], position: number) => void): () => void
  close(): void
}

/** Events that may be folded again when the workbench comes back. */
const MOST_FOLDED_AGAIN = 1_000

/** The row after one more event of its run, or the row itself. */
export function foldRunRow(
  row: RunRow | null,
  runId: string,
  designId: string,
  { type, data }: SagaEvent,
): RunRow | null {
  if (type === 'SagaStarted') {
    const { saga, designVersion, mode, at } = data
    return {
      id: runId,
      designId,
      designVersion,
      saga,
      mode,
      status: 'running',
      startedAt: at,
      endedAt: null,
      error: null,
    }
  }
  if (!row) return row
  switch (type) {
    case 'SagaCompensating':
      return { ...row, status: 'compensating', error: asJson(data.error) }
    case 'SagaSuspended':
      return { ...row, status: 'suspended' }
    case 'SagaResumed':
      // Its error is set when it begins to compensate, and only then.
      return { ...row, status: row.error === null ? 'running' : 'compensating' }
    case 'SagaCompleted':
      return { ...row, status: 'completed', endedAt: data.at }
    case 'SagaCompensated':
      return { ...row, status: 'compensated', endedAt: data.at }
    case 'SagaFailed':
      return { ...row, status: 'failed', endedAt: data.at }
    case 'OperatorActed':
      return acted(row, data)
    default:
      return row
  }
}

/** What a person did, as far as the list shows it: how the run goes, and that one that had ended is taken up again. */
function acted(row: RunRow, { action, detail }: SagaEventOf<'OperatorActed'>['data']): RunRow {
  if (action === 'set-speed') {
    const mode = runModeSchema.safeParse(detail !== undefined && isJsonObject(detail) ? detail.mode : null)
    return mode.success && mode.data !== row.mode ? { ...row, mode: mode.data } : row
  }
  const reopens = action === 'retry-compensation' || action === 'mark-compensated'
  return reopens && row.status === 'failed' ? { ...row, status: 'compensating', endedAt: null } : row
}

export async function startRunIndexer(store: Store, onDefect: (error: unknown) => void): Promise<RunIndexer> {
  let position = await store.runs.checkpoint()
  /** The checkpoint on disk. */
  let stored = position
  const waiting = new Set<{ readonly position: number; readonly done: () => void }>()
  const listeners = new Set<(rows: readonly RunRow[], position: number) => void>()

  async function apply(events: readonly RecordedEvent[]): Promise<void> {
    const last = events.at(-1)
    if (!last) return
    const shown = events.flatMap((event) => {
      const runId = SHOWN.has(event.type) ? runOfStream(event.streamId) : null
      return runId === null ? [] : [{ runId, designId: event.designId, event: sagaEvent(event) }]
    })
    const begun = new Set(shown.flatMap(({ runId, event }) => (event.type === 'SagaStarted' ? runId : [])))
    const earlier = new Set(shown.flatMap(({ runId }) => (begun.has(runId) ? [] : runId)))
    const found = earlier.size > 0 ? await store.runs.find([...earlier]) : []
    const rows = new Map<string, RunRow | null>(found.map((row) => [row.id, row]))
    const changed = new Set<string>()
    for (const { runId, designId, event } of shown) {
      const before = rows.get(runId) ?? null
      const after = foldRunRow(before, runId, designId, event)
      rows.set(runId, after)
      if (after !== before) changed.add(runId)
    }
    const updated = [...changed].flatMap((id) => rows.get(id) ?? [])
    // Most events change no row: their fsync is saved, and folding them once more after a crash changes nothing.
    if (updated.length > 0 || last.position - stored >= MOST_FOLDED_AGAIN) {
      await store.runs.apply(updated, last.position)
      stored = last.position
    }
    position = last.position
    if (updated.length > 0) for (const listener of listeners) listener(updated, position)
    for (const waiter of waiting) {
      if (waiter.position > position) continue
      waiting.delete(waiter)
      waiter.done()
    }
  }

  const subscription: Subscription = store.events.subscribe(position, (events) =>
    apply(events).catch((error: unknown) => {
      // The subscription waits this out and gives the batch again.
      if (isPassingFault(error)) throw error
      onDefect(error)
    }),
  )
  return {
    position: () => position,
    waitFor: (wanted) =>
      wanted <= position ? Promise.resolve() : new Promise((done) => waiting.add({ position: wanted, done })),
    onRows: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => subscription.close(),
  }
}

/** Event types that change a row. */
export const STATUS_EVENTS: readonly SagaEvent['type'][] = [
  'SagaStarted',
  'SagaCompensating',
  'SagaSuspended',
  'SagaResumed',
  'SagaCompleted',
  'SagaCompensated',
  'SagaFailed',
  'OperatorActed',
]
const SHOWN: ReadonlySet<string> = new Set(STATUS_EVENTS)
