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
import type { OtlpSettings } from './otlp/settings'
import { openSpanSender } from './otlp/span-sender'
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
      if (otlp.metricsUrl !== null) {
        const onTrouble = (error: unknown) => log.warn({ err: error }, 'metrics could not be exported')
        const sender = await startMetricSender(otlp.metricsUrl, otlp, registry, onTrouble)
        stops.push(() => sender.close())
      }
      if (otlp.tracesUrl !== null) stops.push(await exportTraces(wb, otlp.tracesUrl, otlp, registry, log))
      return async () => {
        for (const stop of stops.reverse()) await stop()
      }
    },
  }
}

async function exportTraces(
  { store }: Workbench,
  url: string,
  otlp: OtlpSettings,
  registry: Registry,
  log: Logger,
): Promise<() => Promise<void>> {
  const traces = await startTraceExport({
    store,
    sender: await openSpanSender(url, otlp),
    onDefect: (error) => log.error({ err: error, about: 'export of traces' }, 'a fault of our own'),
    onNews: (news, spans) => log[news === 'reachable' ? 'info' : 'warn']({ news, spans }, 'export of traces'),
  })
  registry.counted('workbench_spans_exported_total', 'Spans that the collector took.', () => traces.sent)
  registry.counted('workbench_spans_refused_total', 'Spans it did not want.', () => traces.refused)
  registry.gauge(
    'workbench_trace_export_lag_positions',
    'Positions of the log whose spans have still to be exported.',
    async () => Math.max(0, (await store.events.head()) - traces.position),
  )
  return () => traces.close()
}
