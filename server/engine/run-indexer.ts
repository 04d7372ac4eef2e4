import { runOfStream } from '@/core/aggregate/stream'
import { gistOf } from '@/core/gist'
import { asJson, isJsonObject } from '@/core/json'
import type { RecordedEvent } from '@/core/log/event'
import { runModeSchema } from '@/core/protocol'
import type { SagaEvent, SagaEventOf } from '@/core/saga'
import type { RunRow, Store, Subscription } from '../store/contract'
import { isPassingFault } from '../store/passing-fault'
import type { DesignCatalogue } from './loaded-design'
import { maySummon, RunAttention, sameSummons, UNATTENDED } from './run-attention'
import { sagaEvent } from './run-messages'

/** Folds the log into the list of runs: a read model, rebuilt from the log whenever it is behind. */
export interface RunIndexer {
  /** Resolves when the list shows everything up to this position. */
  waitFor(position: number): Promise<void>
  /** What the list shows everything up to; listeners have been told of all of it. */
  position(): number
  /** Called with the rows that changed, after they are stored. */
  onRows(listener: (rows: readonly RunRow[], position: number) => void): () => void
  /** Stores what has been folded, and takes nothing more. */
  close(): Promise<void>
}

/** Events that may be folded again when the workbench comes back. */
const MOST_FOLDED_AGAIN = 1_000
/** Pause before what could not be stored is tried again. */
const RETRY_MS = 200

/** The row after one more event of its run, or the row itself. */
export function foldRunRow(
  row: RunRow | null,
  runId: string,
  designId: string,
  { type, data }: SagaEvent,
): RunRow | null {
  if (type === 'SagaStarted') {
    const { saga, designVersion, mode, input, at } = data
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
      gist: gistOf(input),
      archived: false,
      ...UNATTENDED,
      position: 0,
    }
  }
  if (!row) return row
  switch (type) {
    case 'SagaForked':
      // What came before happened to another run: this one began here.
      return { ...row, startedAt: data.at }
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

/** Rows of runs that were heard of last, so that few have to be looked up. About 300 bytes each. */
const MOST_REMEMBERED = 20_000

/**
 * How long changes wait for others to share their fsync. Whoever asks for the list does not wait: what it has been told
 * is on disk is in the list.
 */
const GATHER_MS = 25

export async function startRunIndexer(
  store: Store,
  catalogue: DesignCatalogue,
  onDefect: (error: unknown) => void,
): Promise<RunIndexer> {
  let position = await store.runs.checkpoint()
  /** Folded, and perhaps not on disk yet. */
  let folded = position
  /** The checkpoint on disk. */
  let stored = position
  const remembered = new Map<string, RunRow>()
  const changed = new Map<string, RunRow>()
  const watched = new Set(await store.runs.watched())
  const attention = new RunAttention(store.events, catalogue)
  const waiting = new Set<{ readonly position: number; readonly done: () => void }>()
  const listeners = new Set<(rows: readonly RunRow[], position: number) => void>()
  let flushing: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let closed = false

  function remember(row: RunRow): void {
    remembered.delete(row.id)
    remembered.set(row.id, row)
    if (remembered.size <= MOST_REMEMBERED) return
    for (const oldest of remembered.keys()) {
      if (!changed.has(oldest)) remembered.delete(oldest)
      return
    }
  }

  /** The rows that a batch of the log changes. */
  async function rowsAfter(events: readonly RecordedEvent[]): Promise<readonly RunRow[]> {
    const runs = [...byRun(events)].filter(([id, own]) => watched.has(id) || own.some(isShown))
    // Taken now: what is remembered may be forgotten while others are looked up.
    const known = new Map(runs.map(([id]) => [id, remembered.get(id)]))
    const unknown = runs.flatMap(([id, [first]]) =>
      first?.type === 'SagaStarted' || known.get(id) ? [] : id,
    )
    if (unknown.length > 0)
      for (const row of await store.runs.find(unknown)) {
        known.set(row.id, row)
        remember(row)
      }
    const rows: RunRow[] = []
    for (const [id, own] of runs) {
      const before = known.get(id) ?? null
      const last = own.at(-1)
      const row = own.reduce<RunRow | null>(
        (soFar, event) => foldRunRow(soFar, id, event.designId, sagaEvent(event)),
        before,
      )
      if (!row || !last) continue
      const isAsked = watched.has(id) || own.some((event) => maySummon(sagaEvent(event)))
      const summons = isAsked ? await attention.of(row, last.version, own) : row
      if (row !== before || !sameSummons(row, summons))
        rows.push({ ...row, ...summons, position: last.position })
    }
    return rows
  }

  async function apply(events: readonly RecordedEvent[]): Promise<void> {
    const last = events.at(-1)
    if (!last) return
    for (const row of await rowsAfter(events)) {
      changed.set(row.id, row)
      remember(row)
      if (row.watched) watched.add(row.id)
      else watched.delete(row.id)
    }
    folded = last.position
    // Most events change no row: their fsync is saved, and folding them once more after a crash changes nothing.
    if (changed.size === 0 && folded - stored < MOST_FOLDED_AGAIN) {
      position = folded
      tellWaiters()
    } else if (waiting.size > 0 || changed.size >= MOST_FOLDED_AGAIN) await flush()
    else flushSoon(GATHER_MS)
  }

  /** What has been folded goes to disk, rows and checkpoint in one transaction. What comes meanwhile gathers anew. */
  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    flushing ??= storeChanges()
    return flushing
  }

  async function storeChanges(): Promise<void> {
    try {
      do await storeRound()
      while (waiting.size > 0 && position < folded)
      if (changed.size > 0) flushSoon(GATHER_MS)
    } finally {
      // In the turn in which it was found that nobody waits: who comes after begins another.
      flushing = null
    }
  }

  async function storeRound(): Promise<void> {
    const rows = [...changed.values()]
    const upTo = folded
    await store.runs.apply(rows, upTo)
    for (const row of rows) {
      // One that changed again meanwhile is written again.
      if (changed.get(row.id) !== row) continue
      changed.delete(row.id)
      // One that has ended is seldom heard of again.
      if (row.endedAt !== null) remembered.delete(row.id)
    }
    stored = upTo
    position = changed.size === 0 ? folded : upTo
    if (rows.length > 0) for (const listener of listeners) listener(rows, position)
    tellWaiters()
  }

  function flushSoon(afterMs: number): void {
    if (closed) return
    timer ??= setTimeout(() => void flush().catch(failed), afterMs)
  }

  function tellWaiters(): void {
    for (const waiter of waiting) {
      if (waiter.position > position) continue
      waiting.delete(waiter)
      waiter.done()
    }
  }

  function failed(error: unknown): void {
    // It is tried again with what comes next, or when somebody asks.
    if (isPassingFault(error)) flushSoon(RETRY_MS)
    else onDefect(error)
  }

  const subscription: Subscription = store.events.subscribe(
    position,
    (events) =>
      apply(events).catch((error: unknown) => {
        // The subscription waits this out and gives the batch again.
        if (isPassingFault(error)) throw error
        onDefect(error)
      }),
    // One row may be behind its run; without this no row would ever be written again.
    { onCorrupt: onDefect },
  )
  return {
    position: () => position,
    waitFor(wanted) {
      if (wanted <= position) return Promise.resolve()
      const told = new Promise<void>((done) => waiting.add({ position: wanted, done }))
      if (folded >= wanted) flush().catch(failed)
      return told
    },
    onRows: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      subscription.close()
      closed = true
      try {
        do await flush()
        while (changed.size > 0)
      } catch (error) {
        failed(error)
      }
    },
  }
}

/** Event types that change a row by themselves. Any other may change what a watched run waits for. */
const SHOWN: ReadonlySet<string> = new Set<SagaEvent['type']>([
  'SagaStarted',
  'SagaForked',
  'SagaCompensating',
  'SagaSuspended',
  'SagaResumed',
  'SagaCompleted',
  'SagaCompensated',
  'SagaFailed',
  'OperatorActed',
  'ApprovalRequested',
  'SignalAwaited',
])

const isShown = ({ type }: RecordedEvent): boolean => SHOWN.has(type)

function byRun(events: readonly RecordedEvent[]): ReadonlyMap<string, readonly RecordedEvent[]> {
  const runs = new Map<string, RecordedEvent[]>()
  for (const event of events) {
    const runId = runOfStream(event.streamId)
    if (runId === null) continue
    const own = runs.get(runId)
    if (own) own.push(event)
    else runs.set(runId, [event])
  }
  return runs
}
