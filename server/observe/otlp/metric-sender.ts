import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { Registry } from '../metrics/registry'
import { metricData } from './metric-data'
import type { Post } from './post'
import { hrTime, SCOPE } from './resource'
import type { CollectorNews } from './span-courier'

/** Longest wait for the collector when the server stops. */
const CLOSE_MS = 1_000

export interface MetricSenderParts {
  readonly post: Post<ResourceMetrics['scopeMetrics']>
  readonly registry: Registry
  readonly everyMs: number
  /** Told when it changes. */
  readonly onNews: (news: CollectorNews, why: string) => void
  readonly onDefect: (error: unknown) => void
}

export interface MetricSender {
  /** Sends what is known now, and stops. */
  close(): Promise<void>
}

/**
 * Sends the registry's metrics every so often, one request at a time. What cannot be sent is not kept: counters count on,
 * and the next time says it all.
 */
export async function startMetricSender(parts: MetricSenderParts): Promise<MetricSender> {
  const { post, registry, everyMs, onNews, onDefect } = parts
  const breaking = new AbortController()
  let sending: Promise<void> | null = null
  let last: CollectorNews = 'reachable'

  async function send(): Promise<void> {
    const families = await registry.read()
    const when = { startTime: hrTime(registry.startedAt), endTime: hrTime(Date.now()) }
    const metrics = families.map((family) => metricData(family, when))
    const answer = await post([{ scope: SCOPE, metrics }], breaking.signal)
    const news = answer.type === 'taken' ? (answer.rejected > 0 ? 'refused' : 'reachable') : answer.type
    if (news !== last) onNews(news, answer.why)
    last = news
  }

  function tick(): Promise<void> {
    sending ??= send()
      .catch(onDefect)
      .finally(() => {
        sending = null
      })
    return sending
  }

  async function lastWord(): Promise<void> {
    await sending
    await tick()
  }

  const timer = setInterval(() => void tick(), everyMs).unref()
  return {
    async close() {
      clearInterval(timer)
      const late = setTimeout(() => breaking.abort(), CLOSE_MS)
      await lastWord()
      clearTimeout(late)
    },
  }
}
