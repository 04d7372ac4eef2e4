import { runOfStream } from '@/core/aggregate/stream'
import type { RecordedEvent } from '@/core/log/event'
import type { Span } from '@/core/trace'
import type { Store, Subscription } from '../../store/contract'
import { isPassingFault } from '../../store/passing-fault'
import { RunFolds } from './run-folds'
import type { SpanSender } from './span-sender'

/** Spans of one request to the collector. */
const BATCH_SPANS = 512
/** Pauses between tries of a collector that does not answer. */
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
/** Events that may be exported again after a crash: the ids are the same, and so is the trace. */
const MARK_EVERY_EVENTS = 1_000
const MARK_EVERY_MS = 5_000
/** Longest wait for the collector when the server stops. */
const CLOSE_MS = 1_000

export interface TraceExportParts {
  readonly store: Store
  readonly sender: SpanSender
  readonly onDefect: (error: unknown) => void
  /** Told when the collector is lost or found again, or does not want what it is sent. */
  readonly onNews: (news: 'unreachable' | 'reachable' | 'refused', spans: number) => void
}

export interface TraceExport {
  /** What has been exported: everything up to this position. */
  readonly position: number
  readonly sent: number
  readonly refused: number
  close(): Promise<void>
}

/**
 * Follows the log and exports the spans of runs as they end. It goes on from where it was when the server comes back;
 * while the collector is away it stands still, and what it has not read is in the log. At least once: what may have been
 * sent is sent again, under the same ids.
 */
export async function startTraceExport(parts: TraceExportParts): Promise<TraceExport> {
  const { store, sender, onDefect, onNews } = parts
  const from = await firstMark(store)
  let position = (await store.marks.read('traces')) ?? from
  let marked = position
  let markedAt = Date.now()
  let sent = 0
  let refused = 0
  let closed = false
  let wakeUp: () => void = () => undefined
  const folds = new RunFolds(store.events, from)
  /** Ended and not exported: it outlives a batch that the store could not be asked about. */
  let pending: Span[] = []

  async function onEvents(events: readonly RecordedEvent[]): Promise<void> {
    for (const event of events) {
      const runId = runOfStream(event.streamId)
      if (runId !== null) pending.push(...(await folds.add(runId, event)))
    }
    while (pending.length > 0) {
      const batch = pending.slice(0, BATCH_SPANS)
      if (!(await deliver(batch))) return
      pending = pending.slice(batch.length)
    }
    position = events.at(-1)?.position ?? position
    if (position - marked >= MARK_EVERY_EVENTS || Date.now() - markedAt >= MARK_EVERY_MS) await mark()
  }

  /** @returns false when it was told to stop first */
  async function deliver(batch: readonly Span[]): Promise<boolean> {
    for (let pauseMs = FIRST_PAUSE_MS; !closed; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const answer = await sender.send(batch)
      if (answer === 'sent') sent += batch.length
      if (answer === 'refused') refused += batch.length
      if (answer === 'sent' && pauseMs > FIRST_PAUSE_MS) onNews('reachable', batch.length)
      if (answer === 'refused') onNews('refused', batch.length)
      if (answer !== 'unreachable') return true
      if (pauseMs === FIRST_PAUSE_MS) onNews('unreachable', batch.length)
      await pause(pauseMs)
    }
    return false
  }

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      timer.unref()
      wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  async function mark(): Promise<void> {
    if (position === marked) return
    const upTo = position
    await store.marks.write('traces', upTo)
    marked = upTo
    markedAt = Date.now()
  }

  let working: Promise<void> = Promise.resolve()
  const subscription: Subscription = store.events.subscribe(
    position,
    (events) => {
      working = onEvents(events)
      return working
    },
    { onError: onDefect },
  )

  return {
    get position() {
      return position
    },
    get sent() {
      return sent
    },
    get refused() {
      return refused
    },
    async close() {
      subscription.close()
      closed = true
      wakeUp()
      const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_MS).unref())
      await Promise.race([working.catch(() => undefined), late])
      await mark().catch((error: unknown) => {
        if (!isPassingFault(error)) onDefect(error)
      })
      await Promise.race([sender.close(), late])
    },
  }
}

/** Where the log stood when exporting was first asked for: the history before it is not exported. */
async function firstMark(store: Store): Promise<number> {
  const known = await store.marks.read('traces-from')
  if (known !== null) return known
  const head = await store.events.head()
  await store.marks.write('traces-from', head)
  return head
}
