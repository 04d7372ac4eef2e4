import type { Span } from '@/core/trace'
import type { Post } from './post'

/** Pauses between tries of a collector that does not answer. */
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

/** How it goes with the collector; told when it changes. */
export type CollectorNews = 'reachable' | 'unreachable' | 'refused'

export interface CourierOptions {
  readonly post: Post<readonly Span[]>
  readonly onNews: (news: CollectorNews, why: string) => void
  /** Default: from a second to half a minute. */
  readonly firstPauseMs?: number
}

/** Brings spans to a collector, and keeps at it. */
export interface SpanCourier {
  /** Spans that the collector took. */
  readonly sent: number
  /** Spans that it did not want: nobody has them. */
  readonly refused: number
  /** @returns false when it was closed first, and nobody knows whether the collector has them */
  deliver(batch: readonly Span[]): Promise<boolean>
  /** Tries once more, pauses no longer. */
  hurry(): void
  /** Breaks off what is under way. */
  close(): void
}

export function createSpanCourier(options: CourierOptions): SpanCourier {
  const { post, onNews, firstPauseMs = FIRST_PAUSE_MS } = options
  const breaking = new AbortController()
  let sent = 0
  let refused = 0
  let hurried = false
  let wakeUp: () => void = () => undefined
  let last: CollectorNews = 'reachable'

  function tell(news: CollectorNews, why: string): void {
    if (news === last) return
    last = news
    onNews(news, why)
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

  return {
    get sent() {
      return sent
    },
    get refused() {
      return refused
    },
    async deliver(batch) {
      for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
        const wasHurried = hurried
        const answer = await post(batch, breaking.signal)
        if (answer.type === 'taken') {
          const rejected = Math.min(answer.rejected, batch.length)
          sent += batch.length - rejected
          refused += rejected
          tell(rejected > 0 ? 'refused' : 'reachable', answer.why)
          return true
        }
        if (answer.type === 'refused') {
          refused += batch.length
          tell('refused', answer.why)
          return true
        }
        tell('unreachable', answer.why)
        if (wasHurried || breaking.signal.aborted) return false
        if (!hurried) await pause(answer.retryAfterMs ?? pauseMs)
      }
    },
    hurry() {
      hurried = true
      wakeUp()
    },
    close: () => breaking.abort(),
  }
}
