import { type Level, pino } from 'pino'
import type { HttpSettings } from '../engine/address-guard'
import { openTestWorkbench, type TestWorkbench, temporaryDatabase } from '../engine/testing'
import { createRouter } from '../transport/http/router'
import { routes } from '../transport/http/routes'
import { knownHosts } from '../transport/known-hosts'
import { attachSockets } from '../transport/socket/attach'
import { createWebServer } from '../web/web-server'
import { type ParsedMetrics, parsePrometheus } from './metrics/prometheus-testing'
import { serveMetrics } from './metrics/serve-metrics'
import { observe } from './observe'
import type { OtlpSettings } from './otlp/settings'
import { observeRequests } from './requests'

export type LogLine = Readonly<Record<string, unknown>>

export interface ObservedServer {
  readonly wb: TestWorkbench
  readonly url: string
  /** What was logged, parsed. */
  readonly lines: readonly LogLine[]
  metrics(): Promise<ParsedMetrics>
  close(): Promise<void>
}

export const NO_OTLP: OtlpSettings = {
  tracesUrl: null,
  metricsUrl: null,
  headers: {},
  protocol: 'http/json',
  serviceName: 'test',
  timeoutMs: 2_000,
  metricsEveryMs: 60_000,
  lingerMs: 20,
}

/** A workbench that is observed as the real one is, behind a port of its own. */
export async function serveObserved(
  options: {
    readonly path?: string
    readonly level?: Level
    readonly otlp?: Partial<OtlpSettings>
    readonly http?: HttpSettings
  } = {},
): Promise<ObservedServer> {
  const { path = temporaryDatabase(), level = 'info', otlp = {}, http } = options
  const lines: LogLine[] = []
  const log = pino({ level }, { write: (text) => void lines.push(JSON.parse(text)) })
  const observation = observe({ log, dropped: 0 })
  const wb = await openTestWorkbench(path, {
    observer: observation.observer,
    ...(http ? { http } : {}),
    ...(otlp.tracesUrl ? { traceCalls: true } : {}),
  })
  const web = createWebServer()
  web.onRequest(observeRequests(observation.observer))
  web.onClose(() => wb.close())
  web.onRequest(serveMetrics(observation.registry))
  web.onRequest(createRouter(wb, routes, (error, about, ids) => log.error({ err: error, about, ...ids })))
  const sockets = attachSockets(web.http, wb, {
    isKnownHost: knownHosts([]),
    onDefect: (error) => log.error({ err: error }),
  })
  web.onClose(() => sockets.close())
  web.onClose(await observation.follow(wb, sockets, { ...NO_OTLP, ...otlp }))
  const url = await web.listen(0, '127.0.0.1')
  return {
    wb,
    url,
    lines,
    metrics: async () => parsePrometheus(await (await fetch(`${url}/metrics`)).text()),
    close: () => web.close(),
  }
}
