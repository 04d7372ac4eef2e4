import { runOfStream } from '@/core/aggregate/stream'
import type { RecordedEvent } from '@/core/log/event'
import type { Span } from '@/core/trace'
import type { Store, Subscription } from '../../store/contract'
import { isPassingFault } from '../../store/passing-fault'
import { RunFolds } from './run-folds'
import type { SpanCourier } from './span-courier'

/** Spans of one request to the collector. */
const BATCH_SPANS = 512
/** What was exported since then may be exported again after a crash: the ids are the same, and so is the trace. */
const MARK_EVERY_MS = 5_000
/** Longest wait for the collector when the server stops. */
const CLOSE_MS = 1_000

export interface TraceExportParts {
  readonly store: Store
  readonly courier: SpanCourier
  /** How long a span waits for others to go with it. */
  readonly lingerMs: number
  readonly onDefect: (error: unknown) => void
}

export interface TraceExport {
  /** What has been exported: everything up to this position. */
  readonly position: number
  /** Spans that wait to be sent. */
  readonly pending: number
  /** Resolves once what was read is exported, and where that is has been noted. */
  close(): Promise<void>
}

/**
 * Follows the log and exports the spans of runs as they end. It goes on from where it was when the server comes back;
 * while the collector is away it stands still, and what it has not read is in the log: nothing is lost and nothing piles
 * up. At least once: what may have been taken is sent again, under the same ids.
 */
export async function startTraceExport(parts: TraceExportParts): Promise<TraceExport> {
  const { store, courier, lingerMs, onDefect } = parts
  const from = await firstMark(store)
  const folds = new RunFolds(store.events, from)
  /** Everything up to here has been exported. */
  let exported = (await store.marks.read('traces')) ?? from
  /** Everything up to here has been folded: its spans are exported or pending. */
  let read = exported
  let marked = exported
  /** Ended and not exported. At most a batch and what one page of the log ended. */
  const pending: Span[] = []
  let linger: NodeJS.Timeout | undefined
  let flushing: Promise<void> | null = null

  async function onEvents(events: readonly RecordedEvent[]): Promise<void> {
    // Asked for again after a fault of the store: what was folded in is not folded twice.
    for (const event of events.filter(({ position }) => position > read)) {
      const runId = runOfStream(event.streamId)
      const ended = runId === null ? [] : await folds.add(runId, event)
      pending.push(...ended)
      read = event.position
    }
    if (pending.length >= BATCH_SPANS) await flush()
    else linger ??= setTimeout(() => void flush().catch(onDefect), lingerMs).unref()
  }

  /** One at a time: a second asks again when the first is done. */
  async function flush(): Promise<void> {
    clearTimeout(linger)
    linger = undefined
    while (flushing) await flushing
    flushing = deliver().finally(() => {
      flushing = null
    })
    await flushing
  }

  async function deliver(): Promise<void> {
    const upTo = read
    let left = pending.length
    while (left > 0) {
      const batch = pending.slice(0, Math.min(left, BATCH_SPANS))
      if (!(await courier.deliver(batch))) return
      pending.splice(0, batch.length)
      left -= batch.length
    }
    exported = upTo
  }

  async function mark(): Promise<void> {
    const upTo = exported
    if (upTo === marked) return
    marked = upTo
    await store.marks.write('traces', upTo).catch((error: unknown) => {
      marked = -1
      if (!isPassingFault(error)) onDefect(error)
    })
  }

  const marking = setInterval(() => void mark(), MARK_EVERY_MS).unref()
  const subscription: Subscription = store.events.subscribe(exported, onEvents, { onError: onDefect })

  return {
    get position() {
      return exported
    },
    get pending() {
      return pending.length
    },
    async close() {
      subscription.close()
      clearInterval(marking)
      courier.hurry()
      await Promise.race([flush(), after(CLOSE_MS)])
      courier.close()
      await mark()
    },
  }
}

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

/** Where the log stood when exporting was first asked for: the history before it is not exported. */
async function firstMark(store: Store): Promise<number> {
  const known = await store.marks.read('traces-from')
  if (known !== null) return known
  const head = await store.events.head()
  await store.marks.write('traces-from', head)
  return head
}
