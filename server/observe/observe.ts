import type { Logger } from 'pino'
import type { Sockets } from '../transport/socket/attach'
import type { Workbench } from '../workbench'
import type { Log } from './logger'
import { processMetrics } from './metrics/process-metrics'
import { Registry } from './metrics/registry'
import { runMetrics } from './metrics/run-metrics'
import { serverMetrics } from './metrics/server-metrics'
import { socketMetrics, workbenchMetrics } from './metrics/workbench-metrics'
import { type Observer, observers } from './observer'
import { startMetricSender } from './otlp/metric-sender'
import { metricPost, spanPost } from './otlp/posts'
import type { OtlpSettings } from './otlp/settings'
import { type CollectorNews, createSpanCourier } from './otlp/span-courier'
import { startTraceExport } from './otlp/trace-export'
import { runLog } from './run-log'

export interface Observation {
  /** To be told of what happens. */
  readonly observer: Observer
  readonly registry: Registry
  /**
   * Looks at what runs, and exports when a collector is named.
   * @returns stops: what is known now is sent, as far as the collector takes it in a moment
   */
  follow(wb: Workbench, sockets: Sockets, otlp: OtlpSettings): Promise<() => Promise<void>>
}

/** Metrics and lines of the log from all that happens. Traces are made from the log of events itself. */
export function observe(written: Log): Observation {
  const { log } = written
  const registry = new Registry()
  registry.counted(
    'workbench_log_lines_dropped_total',
    'Lines of the log that nobody read in time.',
    () => written.dropped,
  )
  return {
    registry,
    observer: observers([runMetrics(registry), serverMetrics(registry), runLog(log)], (error) =>
      log.error({ err: error, about: 'observation' }, 'a fault of our own'),
    ),
    async follow(wb, sockets, otlp) {
      const stops: (() => void | Promise<void>)[] = [processMetrics(registry)]
      workbenchMetrics(registry, wb)
      socketMetrics(registry, sockets)
      if (otlp.metricsUrl !== null) stops.push(await exportMetrics(otlp.metricsUrl, otlp, registry, log))
      if (otlp.tracesUrl !== null) stops.push(await exportTraces(wb, otlp.tracesUrl, otlp, registry, log))
      return async () => {
        await Promise.all(stops.map((stop) => stop()))
      }
    },
  }
}

async function exportMetrics(url: string, otlp: OtlpSettings, registry: Registry, log: Logger) {
  const sender = await startMetricSender({
    post: await metricPost(url, otlp),
    registry,
    everyMs: otlp.metricsEveryMs,
    onNews: (news, why) => tell(log, 'metrics', news, why),
    onDefect: (error) => log.error({ err: error, about: 'export of metrics' }, 'a fault of our own'),
  })
  return () => sender.close()
}

async function exportTraces(
  { store }: Workbench,
  url: string,
  otlp: OtlpSettings,
  registry: Registry,
  log: Logger,
): Promise<() => Promise<void>> {
  const courier = createSpanCourier({
    post: await spanPost(url, otlp),
    onNews: (news, why) => tell(log, 'traces', news, why),
  })
  const traces = await startTraceExport({
    store,
    courier,
    lingerMs: otlp.lingerMs,
    onDefect: (error) => log.error({ err: error, about: 'export of traces' }, 'a fault of our own'),
  })
  registry.counted('workbench_spans_exported_total', 'Spans that the collector took.', () => courier.sent)
  registry.counted(
    'workbench_spans_dropped_total',
    'Spans that the collector did not want: nobody has them.',
    () => courier.refused,
  )
  registry.gauge(
    'workbench_trace_export_lag_events',
    'Events of the log whose spans have still to be exported.',
    async () => Math.max(0, (await store.events.head()) - traces.position),
  )
  registry.gauge(
    'workbench_spans_pending',
    'Spans in memory that wait to be sent; the others are in the log.',
    () => traces.pending,
  )
  return () => traces.close()
}

const tell = (log: Logger, signal: string, news: CollectorNews, why: string): void =>
  log[news === 'reachable' ? 'info' : 'warn']({ signal, why }, `the collector is ${NEWS[news]}`)

const NEWS: Readonly<Record<CollectorNews, string>> = {
  reachable: 'reachable again',
  unreachable: 'unreachable: what it misses is sent when it is back',
  refused: 'refusing what it is sent: that is lost to it',
}
