import { afterAll, beforeAll, expect, it } from 'vitest'
import { chain, designOf, type NodeInput, step, storeDesign } from '../../engine/testing'
import { type HttpServer, serveHttp } from './testing'

let http: HttpServer
beforeAll(async () => {
  http = await serveHttp()
})
afterAll(async () => {
  await http.close()
  expect([...http.defects, ...http.wb.defects]).toEqual([])
})

const hour: NodeInput = { id: 'w', type: 'wait', durationMs: 3_600_000 }
const ask: NodeInput = { id: 'ask', type: 'approval', message: 'May it?' }

const make = (...nodes: readonly NodeInput[]) =>
  storeDesign(http.wb, designOf(nodes, chain('start', ...nodes.map(({ id }) => id))))
const startIn = (designId: string, wait: number | string, body: object = {}) =>
  http.call('POST', `/api/designs/${designId}/runs?wait=${wait}`, { saga: 'main', mode: 'live', ...body })

const runsOf = async (designId: string, more = '') =>
  (await http.call('GET', `/api/runs?design=${designId}${more}`)).body.items as readonly {
    readonly id: string
  }[]

it('answers with how the run ended, once that is on disk', async () => {
  const designId = await make(step('a'), step('b'))
  const done = await startIn(designId, 10)
  expect([done.status, done.body.status]).toEqual([201, 'completed'])
  const undone = await startIn(designId, 10, {
    faults: [{ node: 'b', effect: { type: 'error', code: 'Broken' } }],
  })
  expect(undone.body).toMatchObject({ status: 'compensated', error: { nodeId: 'b', code: 'Broken' } })
  const read = await http.call('GET', `/api/runs/${String(undone.body.id)}`)
  expect(read.body).toMatchObject({ status: 'compensated', seq: undone.body.seq, data: undone.body.data })
})

it('answers with where the run is when time is up', async () => {
  const { body } = await startIn(await make(hour), 0.05)
  expect(body).toMatchObject({ status: 'running', seq: 2, error: null })
})

it('is told of the end though an answer is still to come, and though a crash comes after it', async () => {
  const slow = step('a', { timeoutMs: 100, retry: [{ maxAttempts: 1 }] })
  const designId = await make(step('b'), slow)
  const late = { node: 'a', effect: { type: 'latency', ms: 30_000 } }
  const { body } = await startIn(designId, 20, { faults: [late] })
  expect(body).toMatchObject({ status: 'compensated', error: { nodeId: 'a', code: 'Timeout' } })
  const crash = { node: 'a', effect: { type: 'crash', when: 'after' } }
  const crashed = await startIn(designId, 20, { faults: [crash] })
  expect(crashed.body).toMatchObject({ status: 'completed' })
})

it('starts one run for one key, however often and for how long it is waited for', async () => {
  const designId = await make(hour)
  const again = (wait: number) =>
    http.call(
      'POST',
      `/api/designs/${designId}/runs?wait=${wait}`,
      { saga: 'main' },
      { 'idempotency-key': 'k' },
    )
  const [first, second] = [await again(0), await again(0.05)]
  expect([first.body.status, second.body]).toEqual(['running', first.body])
  expect(second.headers.get('idempotent-replay')).toBe('true')
  expect(await runsOf(designId)).toHaveLength(1)
})

it('waits for what somebody does meanwhile', async () => {
  const designId = await make(ask)
  const waiting = startIn(designId, 10)
  await expect.poll(async () => (await runsOf(designId, '&needs=person')).length).toBe(1)
  const [run] = await runsOf(designId)
  await http.call('POST', `/api/runs/${run?.id}/actions`, { action: 'decide', node: 'ask', approved: true })
  expect((await waiting).body).toMatchObject({ id: run?.id, status: 'completed' })
})

it('says that the run is gone when its design is deleted meanwhile', async () => {
  const designId = await make(hour)
  const waiting = startIn(designId, 10)
  await expect.poll(async () => (await runsOf(designId)).length).toBe(1)
  expect((await http.call('DELETE', `/api/designs/${designId}?force=true`)).status).toBe(204)
  expect(await waiting).toMatchObject({ status: 404, body: { code: 'RUN_NOT_FOUND' } })
})

it.each(['-1', '61', 'soon'])('refuses to wait for %s seconds, and starts nothing', async (wait) => {
  const designId = await make(step('a'))
  const { status, body } = await startIn(designId, wait)
  expect([status, body.code]).toEqual([400, 'INVALID_QUERY'])
  expect(await runsOf(designId)).toEqual([])
})
