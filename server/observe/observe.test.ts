import { afterEach, expect, it } from 'vitest'
import { forkRun } from '../commands/fork-run'
import { actOnRun } from '../commands/runs'
import {
  addStep,
  chain,
  designOf,
  failStep,
  ofType,
  runToEnd,
  start,
  step,
  storeDesign,
  until,
} from '../engine/testing'
import { observers } from './observer'
import { type ObservedServer, serveObserved } from './testing'

const open: ObservedServer[] = []
async function observed(...args: Parameters<typeof serveObserved>): Promise<ObservedServer> {
  const server = await serveObserved(...args)
  open.push(server)
  return server
}
afterEach(async () => {
  for (const server of open.splice(0)) {
    await server.close()
    expect(server.wb.defects).toEqual([])
  }
})

const slow = step('slow', { action: { type: 'call', service: 'depot', operation: 'slow' } })

it('an observer that throws undoes nothing, and the others are told', () => {
  const defects: unknown[] = []
  const told: number[] = []
  const broken = {
    appended() {
      throw new Error('broken')
    },
  }
  const all = observers([broken, { appended: (tookMs) => void told.push(tookMs) }], (error) => {
    defects.push(String(error))
  })
  all.appended?.(7)
  all.committed?.([])
  expect([told, defects]).toEqual([[7], ['Error: broken']])
})

it('GET /metrics tells how runs started and ended, what attempts came to, and what is unfinished', async () => {
  const { wb, metrics } = await observed()
  const good = await storeDesign(wb, designOf([addStep('a'), step('b')], chain('start', 'a', 'b')))
  const bad = await storeDesign(
    wb,
    designOf([addStep('a'), step('b'), failStep('no')], chain('start', 'a', 'b', 'no')),
  )
  const stands = await storeDesign(wb, designOf([slow], chain('start', 'slow')))
  const faults = [{ node: 'b', attempt: 1, effect: { type: 'error' as const } }]
  await runToEnd(wb, good)
  await runToEnd(wb, good, { faults })
  await runToEnd(wb, bad)
  const standing = await start(wb, stands, { mode: 'live' })
  await actOnRun(wb, standing, { action: 'pause', by: 'ada' })
  await until(wb, stands, standing, ofType('SagaSuspended'))
  await wb.runs.waitFor(await wb.store.events.head())

  const { value, families } = await metrics()
  expect(value('workbench_runs_started_total', { mode: 'virtual' })).toBe(3)
  expect(value('workbench_runs_started_total', { mode: 'live' })).toBe(1)
  expect(value('workbench_runs_ended_total', { status: 'completed' })).toBe(1)
  expect(value('workbench_runs_ended_total', { status: 'compensated' })).toBe(2)
  expect(value('workbench_runs_unfinished', { status: 'suspended' })).toBe(1)
  expect(value('workbench_runs_unfinished', { status: 'running' })).toBe(0)
  expect(value('workbench_operator_actions_total', { action: 'pause' })).toBe(1)
  expect(value('workbench_attempts_total', { phase: 'compensation', outcome: 'succeeded' })).toBe(3)
  expect(value('workbench_events_appended_total')).toBe(await wb.store.events.head())
  expect(value('workbench_commit_events_sum')).toBe(await wb.store.events.head())
  expect(value('workbench_append_duration_seconds_count')).toBeGreaterThan(3)
  expect(value('workbench_sandbox_calls_total', { kind: 'handle' })).toBeGreaterThan(0)
  expect(value('workbench_log_head')).toBe(await wb.store.events.head())
  expect(value('workbench_projection_lag_events')).toBeGreaterThanOrEqual(0)
  expect(value('workbench_projections', { status: 'faulted' })).toBe(0)
  expect(value('workbench_socket_clients')).toBe(0)
  expect(value('process_resident_memory_bytes')).toBeGreaterThan(10_000_000)
  expect(families.get('workbench_event_loop_delay_seconds')?.type).toBe('histogram')
})

it('counts a retry, and every attempt once: giving a step up is no attempt more', async () => {
  const { wb, metrics } = await observed()
  const retry = [{ intervalMs: 10, backoffRate: 1, maxAttempts: 3 }]
  const designId = await storeDesign(wb, designOf([step('a', { retry })], chain('start', 'a')))
  const faults = [{ node: 'a', effect: { type: 'error' as const, kind: 'technical' as const } }]
  const { events } = await runToEnd(wb, designId, { faults })
  expect(events.filter(ofType('StepStarted'))).toHaveLength(3)
  const { value } = await metrics()
  expect(value('workbench_attempts_total', { phase: 'action', outcome: 'failed' })).toBe(3)
  expect(value('workbench_retries_total', { phase: 'action' })).toBe(2)
})

it('counts of a fork what it does itself, and logs it; not what it took over', async () => {
  const { wb, metrics, lines } = await observed()
  const designId = await storeDesign(wb, designOf([step('a'), step('b')], chain('start', 'a', 'b')))
  const { run } = await runToEnd(wb, designId)
  const { id } = await forkRun(wb, run.id, { seq: 3, by: 'ada' })
  await until(wb, designId, id, ofType('SagaCompleted'))
  const { value } = await metrics()
  expect(value('workbench_runs_started_total', { mode: 'virtual' })).toBe(2)
  expect(value('workbench_runs_ended_total', { status: 'completed' })).toBe(2)
  expect(value('workbench_attempts_total', { phase: 'action', outcome: 'succeeded' })).toBe(3)
  expect(lines).toMatchObject([{ msg: 'SagaForked', runId: id, by: 'ada' }])
})

it('names follow the conventions: the base unit at the end, counters in _total, help for each', async () => {
  const { families } = await (await observed()).metrics()
  for (const [name, { type, help }] of families) {
    expect(name).toMatch(/^(workbench|process|nodejs)_[a-z_]+$/)
    expect(name).not.toMatch(/_(ms|milliseconds|kb|count|sum|bucket)$/)
    expect(name.endsWith('_total')).toBe(type === 'counter')
    expect(help.length).toBeGreaterThan(5)
  }
})

it('labels are lines of the table of calls, not what a client says', async () => {
  const { url, metrics } = await observed()
  for (let n = 0; n < 20; n++) await fetch(`${url}/api/runs/unknown-${n}`)
  for (let n = 0; n < 20; n++) await fetch(`${url}/api/nowhere/${n}`)
  await fetch(`${url}/api/health`, { method: 'PURGE' })
  const { value, families } = await metrics()
  const get = { method: 'GET', status: '404' }
  expect(value('workbench_http_requests_total', { ...get, route: '/api/runs/{id}' })).toBe(20)
  expect(value('workbench_http_requests_total', { ...get, route: 'none' })).toBe(20)
  expect(families.get('workbench_http_requests_total')?.samples.map(({ labels }) => labels.method)).toContain(
    'other',
  )
  expect(families.get('workbench_http_requests_total')?.samples).toHaveLength(3)
})

it('/metrics is only read', async () => {
  const { url } = await observed()
  const head = await fetch(`${url}/metrics?x=1`, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
    '',
  ])
  expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(404)
})

it('logs what turned a run round, under the ids of the run and of what it follows from', async () => {
  const { wb, lines } = await observed()
  const designId = await storeDesign(wb, designOf([step('a'), failStep('no')], chain('start', 'a', 'no')))
  const { run } = await runToEnd(wb, designId)
  expect(lines.map(({ msg }) => msg)).toEqual(['StepFailed', 'SagaCompensating', 'SagaCompensated'])
  for (const line of lines)
    expect(line).toMatchObject({
      runId: run.id,
      designId,
      correlationId: run.id,
      causationId: expect.stringMatching(`^${run.id}:`),
      seq: expect.any(Number),
    })
  expect(lines[0]).toMatchObject({ node: 'no', attempt: 1, code: 'Refused', kind: 'business' })
})

it('says nothing of a run that goes well unless it is asked to, and never what it works with', async () => {
  const quiet = await observed()
  const loud = await observed({ level: 'trace' })
  for (const { wb } of [quiet, loud]) {
    const designId = await storeDesign(wb, designOf([step('a')], chain('start', 'a')))
    await runToEnd(wb, designId, { input: { card: 'secret-4711' } })
  }
  expect(quiet.lines).toEqual([])
  expect(loud.lines.map(({ msg }) => msg)).toEqual([
    'SagaStarted',
    'StepStarted',
    'StepCompleted',
    'SagaCompleted',
  ])
  expect(JSON.stringify(loud.lines)).not.toContain('secret')
})

it('a request has an id, given or its own, in its answer and in its line; and names its run', async () => {
  const { wb, url, lines } = await observed({ level: 'debug' })
  const designId = await storeDesign(wb, designOf([step('a')], chain('start', 'a')))
  const answer = await fetch(`${url}/api/designs/${designId}/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'mine-1' },
    body: JSON.stringify({ saga: 'main', input: {}, mode: 'virtual' }),
  })
  expect([answer.status, answer.headers.get('x-request-id')]).toEqual([201, 'mine-1'])
  const { id } = (await answer.json()) as { readonly id: string }
  const other = await fetch(`${url}/api/health`, { headers: { 'x-request-id': 'no good\u00ff' } })
  expect(other.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  await expect
    .poll(() => lines.find(({ requestId }) => requestId === 'mine-1'))
    .toMatchObject({
      msg: 'request',
      method: 'POST',
      route: '/api/designs/{id}/runs',
      status: 201,
      runId: id,
    })
})
