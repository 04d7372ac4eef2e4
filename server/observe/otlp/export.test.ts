import { afterEach, expect, it } from 'vitest'
import type { DecidedEvent } from '@/core/saga'
import { type TracedEvent, traceIdOf, traceOf } from '@/core/trace'
import { actOnRun } from '../../commands/runs'
import { calling, say, serveTest, to } from '../../engine/http-testing'
import { runMessages, sagaEvent } from '../../engine/run-messages'
import {
  addStep,
  chain,
  designOf,
  failStep,
  ofType,
  runLog,
  runToEnd,
  start,
  step,
  storeDesign,
  temporaryDatabase,
  until,
} from '../../engine/testing'
import { readEnv } from '../../env'
import type { Store } from '../../store/contract'
import { openSqliteStore } from '../../store/sqlite/open'
import { NO_OTLP, type ObservedServer, serveObserved } from '../testing'
import { attribute, type Collector, type OtlpSpan, serveCollector } from './collector-testing'
import { spanPost } from './posts'
import { otlpSettings } from './settings'
import { createSpanCourier } from './span-courier'
import { startTraceExport } from './trace-export'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function collecting(): Promise<Collector> {
  const collector = await serveCollector()
  open.push(collector)
  return collector
}

async function exporting(
  collector: Collector,
  options: Parameters<typeof serveObserved>[0] = {},
): Promise<ObservedServer> {
  const otlp = { tracesUrl: `${collector.url}/v1/traces`, ...options.otlp }
  const server = await serveObserved({ ...options, otlp })
  open.push(server)
  return server
}

/** The spans that core folds from a run's events, as ids. */
async function folded(server: ObservedServer, designId: string, runId: string) {
  const events = await runLog(server.wb, designId, runId)
  const traced = events.map((event): TracedEvent => ({ seq: event.version, event: sagaEvent(event) }))
  return traceOf({ runId, designId }, traced)
}

const ids = (spans: readonly { readonly spanId: string }[]) => spans.map(({ spanId }) => spanId).sort()
const nanos = (ms: number | null): string => `${ms}000000`

it('exports a run as the trace that is folded from its events, once it has ended', async () => {
  const collector = await collecting()
  const server = await exporting(collector, {
    otlp: { headers: { 'x-team': 'blue' }, serviceName: 'orders' },
  })
  const designId = await storeDesign(
    server.wb,
    designOf([addStep('a'), failStep('no')], chain('start', 'a', 'no')),
  )
  const { run } = await runToEnd(server.wb, designId)
  await collector.until(() => collector.spans().length >= 4)
  const spans = collector.spans()
  const trace = await folded(server, designId, run.id)
  expect(ids(spans)).toEqual(ids(trace))
  for (const { spanId, parentId, name, startAt, endAt, kind, outcome, links } of trace) {
    const span = spans.find((one) => one.spanId === spanId) as OtlpSpan
    expect(span).toMatchObject({ traceId: traceIdOf(run.id), name })
    expect(span.parentSpanId ?? null).toBe(parentId)
    expect([span.startTimeUnixNano, span.endTimeUnixNano]).toEqual([nanos(startAt), nanos(endAt)])
    expect([attribute(span, 'saga.span.kind'), attribute(span, 'saga.outcome')]).toEqual([kind, outcome])
    expect(span.links.map((link) => link.spanId)).toEqual(links.map((link) => link.spanId))
    expect(attribute(span, 'saga.run.id')).toBe(run.id)
  }
  const root = spans.find(({ parentSpanId }) => parentSpanId === undefined)
  expect(root?.status).toEqual({ code: 2, message: 'Refused' })
  const action = spans.find(({ name }) => name === 'a')
  expect(action?.status.code).toBe(1)
  expect(attribute(action as OtlpSpan, 'saga.caused.stream')).toBe('Counter-c')
  const [request] = collector.requests
  expect(request?.headers).toMatchObject({ 'x-team': 'blue', 'content-type': 'application/json' })
  expect(JSON.stringify(request?.json)).toContain('{"key":"service.name","value":{"stringValue":"orders"}}')
})

it('exports in protobuf when it is told to', async () => {
  const collector = await collecting()
  const server = await exporting(collector, { otlp: { protocol: 'http/protobuf' } })
  const designId = await storeDesign(server.wb, designOf([step('reserve')], chain('start', 'reserve')))
  const { run } = await runToEnd(server.wb, designId)
  await collector.until(() => collector.requests.length > 0)
  const [request] = collector.requests
  expect(request?.headers['content-type']).toBe('application/x-protobuf')
  expect(request?.bytes.includes(Buffer.from(traceIdOf(run.id), 'hex'))).toBe(true)
  expect(request?.bytes.includes(Buffer.from('reserve'))).toBe(true)
})

it('goes on where it was after a restart: every span once, and none of the time before exporting began', async () => {
  const collector = await collecting()
  const path = temporaryDatabase()
  const before = await serveObserved({ path })
  const nodes = [step('a'), { id: 'w', type: 'signal' as const, signal: 'go' }, step('b')]
  const designId = await storeDesign(before.wb, designOf(nodes, chain('start', 'a', 'w', 'b')))
  await runToEnd(before.wb, await storeDesign(before.wb, designOf([step('x')], chain('start', 'x'))))
  const unfinished = await start(before.wb, designId, { mode: 'live' })
  await until(before.wb, designId, unfinished, ofType('SignalAwaited'))
  await before.close()

  const first = await serveObserved({ path, otlp: { tracesUrl: collector.url } })
  const other = await start(first.wb, designId, { mode: 'live' })
  await until(first.wb, designId, other, ofType('SignalAwaited'))
  await first.close()
  expect(collector.spans().map(({ name }) => name)).toEqual(['a'])

  const second = await exporting(collector, { path, otlp: { tracesUrl: collector.url } })
  for (const runId of [other, unfinished]) {
    await actOnRun(second.wb, runId, { action: 'signal', signal: 'go', data: {}, by: 'ada' })
    await until(second.wb, designId, runId, ofType('SagaCompleted'))
  }
  await collector.until(() => collector.spans().length >= 8)
  const traces = await Promise.all([other, unfinished].map((id) => folded(second, designId, id)))
  expect(ids(collector.spans())).toEqual(ids(traces.flat()))
})

it('after a crash it sends again what it had not noted as sent: the same spans under the same ids', async () => {
  const collector = await collecting()
  const server = await serveObserved()
  open.push(server)
  const { store } = server.wb
  const post = await spanPost(collector.url, NO_OTLP)
  const follow = () =>
    startTraceExport({
      store,
      courier: createSpanCourier({ post, onNews: () => undefined }),
      lingerMs: 20,
      onDefect: (error) => expect(error).toBeUndefined(),
    })
  // One that is never closed, as a process that is killed.
  await follow()
  const designId = await storeDesign(server.wb, designOf([step('a')], chain('start', 'a')))
  await runToEnd(server.wb, designId)
  await collector.until(() => collector.spans().length >= 2)
  const once = collector.spans()
  open.push(await follow())
  await collector.until(() => collector.spans().length >= 4)
  expect(collector.spans().slice(2)).toEqual(once)
})

it('a collector that is away stops no run, and gets everything when it is back', async () => {
  const collector = await collecting()
  collector.mood = { type: 'away' }
  const server = await exporting(collector)
  const designId = await storeDesign(server.wb, designOf([step('a'), step('b')], chain('start', 'a', 'b')))
  const runs = []
  for (let n = 0; n < 20; n++) runs.push((await runToEnd(server.wb, designId)).run)
  await collector.until(() => collector.requests.length > 0)
  expect((await server.metrics()).value('workbench_trace_export_lag_events')).toBeGreaterThan(0)
  collector.mood = { type: 'takes' }
  await collector.until(() => collector.spans().length >= 60)
  expect(new Set(ids(collector.spans())).size).toBe(60)
  const said = () => server.lines.filter(({ signal }) => signal === 'traces').map(({ msg }) => msg)
  await expect
    .poll(said)
    .toEqual([
      'the collector is unreachable: what it misses is sent when it is back',
      'the collector is reachable again',
    ])
  const { value } = await server.metrics()
  expect(value('workbench_spans_exported_total')).toBe(60)
  expect(value('workbench_spans_dropped_total')).toBe(0)
  expect(value('workbench_trace_export_lag_events')).toBe(0)
})

it('what a collector misses waits in the log, not in memory', async () => {
  const collector = await collecting()
  collector.mood = { type: 'away' }
  const store = await openSqliteStore({ path: temporaryDatabase() })
  open.push(store)
  const traces = await startTraceExport({
    store,
    courier: createSpanCourier({
      post: await spanPost(collector.url, NO_OTLP),
      onNews: () => undefined,
      firstPauseMs: 20,
    }),
    lingerMs: 20,
    onDefect: (error) => expect(error).toBeUndefined(),
  })
  open.push(traces)
  const steps = 3_000
  await appendRun(store, steps)
  await collector.until(() => collector.requests.length > 2)
  expect(traces.pending).toBeLessThan(512 + 1_000)
  expect((await store.events.head()) - traces.position).toBeGreaterThan(steps)
  collector.mood = { type: 'takes' }
  await collector.until(() => collector.spans().length >= steps)
  await expect.poll(() => traces.pending).toBe(0)
  expect(new Set(ids(collector.spans())).size).toBe(steps)
})

/** A run that has gone through so many steps, each begun and done, and goes on. */
async function appendRun(store: Store, steps: number): Promise<void> {
  const begun = {
    saga: 'main',
    designVersion: 1,
    input: {},
    seed: 's',
    mode: 'live',
    faults: [],
    at: 0,
  } as const
  const events: DecidedEvent[] = [{ type: 'SagaStarted', data: begun, cause: 0 }]
  for (let at = 1; at <= steps; at++) {
    const data = { nodeId: `n${at}`, attempt: 1, at }
    events.push({ type: 'StepStarted', data, cause: 1 })
    events.push({ type: 'StepCompleted', data: { ...data, output: {} }, cause: 1 })
  }
  for (let from = 0; from < events.length; from += 1_000) {
    const page = runMessages(
      { runId: 'long', correlationId: 'long' },
      from + 1,
      events.slice(from, from + 1_000),
      'test',
    )
    const expectedVersion = from === 0 ? 'no-stream' : from
    await store.events.append([{ designId: 'd1', streamId: 'run-long', expectedVersion, events: page }])
  }
}

it('a collector that never answers holds up neither runs nor the end of the server', async () => {
  const collector = await collecting()
  collector.mood = { type: 'hangs' }
  const otlp = { metricsUrl: `${collector.url}/v1/metrics`, metricsEveryMs: 20, timeoutMs: 60_000 }
  const server = await serveObserved({ otlp: { tracesUrl: collector.url, ...otlp } })
  const designId = await storeDesign(server.wb, designOf([step('a')], chain('start', 'a')))
  for (let n = 0; n < 20; n++) expect((await runToEnd(server.wb, designId)).run.status).toBe('completed')
  await collector.until(() => collector.requests.length >= 2)
  const began = performance.now()
  await server.close()
  expect(performance.now() - began).toBeLessThan(8_000)
  expect(collector.requests.filter(({ url }) => url === '/v1/metrics')).toHaveLength(1)
})

it('waits as long as a busy collector asks', async () => {
  const collector = await collecting()
  collector.mood = { type: 'answers', status: 429, headers: { 'retry-after': '0' } }
  const server = await exporting(collector)
  await runToEnd(server.wb, await storeDesign(server.wb, designOf([step('a')], chain('start', 'a'))))
  await collector.until(() => collector.requests.length >= 5)
  collector.mood = { type: 'takes' }
  await collector.until(() => collector.spans().length >= 2)
})

it('counts and tells once what a collector refuses, and goes on', async () => {
  const collector = await collecting()
  collector.mood = { type: 'answers', status: 400 }
  const server = await exporting(collector)
  const designId = await storeDesign(server.wb, designOf([step('a')], chain('start', 'a')))
  await runToEnd(server.wb, designId)
  await collector.until(() => collector.requests.length >= 1)
  await runToEnd(server.wb, designId)
  await collector.until(() => collector.requests.length >= 2)
  const dropped = async () => (await server.metrics()).value('workbench_spans_dropped_total')
  await expect.poll(dropped).toBe(4)
  collector.mood = {
    type: 'answers',
    status: 200,
    body: { partialSuccess: { rejectedSpans: '1', errorMessage: 'one is too old' } },
  }
  await runToEnd(server.wb, designId)
  await expect.poll(dropped).toBe(5)
  const { value } = await server.metrics()
  expect(value('workbench_spans_exported_total')).toBe(1)
  expect(server.lines.filter(({ signal }) => signal === 'traces')).toMatchObject([
    { msg: 'the collector is refusing what it is sent: that is lost to it', why: 'status 400' },
  ])
})

it('sends nothing but what it was asked to send: a redirect is not followed', async () => {
  const collector = await collecting()
  const elsewhere = await collecting()
  collector.mood = { type: 'answers', status: 307, headers: { location: elsewhere.url } }
  const server = await exporting(collector)
  await runToEnd(server.wb, await storeDesign(server.wb, designOf([step('a')], chain('start', 'a'))))
  await expect.poll(async () => (await server.metrics()).value('workbench_spans_dropped_total')).toBe(2)
  expect(elsewhere.requests).toEqual([])
})

it('exports the metrics that /metrics has', async () => {
  const collector = await collecting()
  const otlp = { tracesUrl: null, metricsUrl: `${collector.url}/v1/metrics`, metricsEveryMs: 50 }
  const server = await serveObserved({ otlp })
  open.push(server)
  await runToEnd(server.wb, await storeDesign(server.wb, designOf([step('a')], chain('start', 'a'))))
  const seen = collector.requests.length
  await collector.until(() => collector.requests.length >= seen + 2)
  const body = JSON.stringify(collector.requests.at(-1)?.json)
  const { metrics } = JSON.parse(body).resourceMetrics[0].scopeMetrics[0]
  const named = (name: string) => metrics.find((one: { readonly name: string }) => one.name === name)
  expect(metrics.map((one: { readonly name: string }) => one.name)).toEqual([
    ...(await server.metrics()).families.keys(),
  ])
  const ended = named('workbench_runs_ended_total')
  expect(ended.sum).toMatchObject({ aggregationTemporality: 2, isMonotonic: true })
  expect(ended.sum.dataPoints[0]).toMatchObject({
    asDouble: 1,
    attributes: [{ key: 'status', value: { stringValue: 'completed' } }],
  })
  expect(named('process_resident_memory_bytes')).toMatchObject({
    unit: 'By',
    gauge: { dataPoints: [expect.anything()] },
  })
  const append = named('workbench_append_duration_seconds')
  expect(append.unit).toBe('s')
  const [point] = append.histogram.dataPoints
  expect(point.bucketCounts).toHaveLength(point.explicitBounds.length + 1)
})

it('a service that is called is told the span of the attempt, and only when traces are exported', async () => {
  const service = await serveTest((_seen, response, count) => say(response, count === 0 ? 503 : 200, {}))
  open.push(service)
  const collector = await collecting()
  const http = { allowPrivate: false, allow: [service.place] }
  const exported = await exporting(collector, { http })
  const silent = await serveObserved({ http })
  open.push(silent)
  const pay = { http: to(`${service.url}/pay`), errors: [] }
  const node = {
    id: 'pay',
    type: 'step' as const,
    action: { type: 'call' as const, service: 'shop', operation: 'pay' },
    retry: [{ intervalMs: 1, maxAttempts: 3 }],
  }
  const design = designOf([node], chain('start', 'pay'), { services: [calling('shop', { pay })] })
  const { run } = await runToEnd(exported.wb, await storeDesign(exported.wb, design))
  await runToEnd(silent.wb, await storeDesign(silent.wb, design))
  await collector.until(() => collector.spans().length >= 3)
  const attempts = collector.spans().filter(({ name }) => name === 'pay')
  expect(service.seen.map(({ headers }) => headers.traceparent)).toEqual([
    ...attempts.map(({ spanId }) => `00-${traceIdOf(run.id)}-${spanId}-01`),
    undefined,
  ])
  expect(new Set(ids(attempts)).size).toBe(2)
})

it('is off unless a collector is named, and can be switched off', () => {
  const urls = (env: Record<string, string>) => {
    const read = readEnv(env)
    if (!read.ok) throw new Error(read.error.message)
    const { tracesUrl, metricsUrl } = otlpSettings(read.value)
    return [tracesUrl, metricsUrl]
  }
  const at = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/otlp/' }
  expect(urls({})).toEqual([null, null])
  expect(urls(at)).toEqual(['http://collector:4318/otlp/v1/traces', 'http://collector:4318/otlp/v1/metrics'])
  expect(urls({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://t:1/x' })).toEqual(['http://t:1/x', null])
  expect(urls({ ...at, OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://m:1/y' })[1]).toBe('http://m:1/y')
  expect(urls({ ...at, OTEL_SDK_DISABLED: 'true' })).toEqual([null, null])
})
