import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findTemplate } from '@/examples'
import { type HttpServer, serveHttp } from './testing'

/** A busy machine takes its time. */
const WHILE = { timeout: 10_000 }

let http: HttpServer
let designId: string

const template = findTemplate('order-fulfilment')
const [saga] = template?.document.sagas ?? []
const start = saga?.nodes.find((node) => node.type === 'start')
const input = start?.type === 'start' ? start.inputExample : {}
const broken = { node: 'confirm-order', effect: { type: 'error', code: 'WarehouseOnFire' } }

beforeAll(async () => {
  http = await serveHttp()
  designId = String((await http.call('POST', '/api/designs', { template: 'order-fulfilment' })).body.id)
})
afterAll(async () => {
  await http.close()
  expect([...http.defects, ...http.wb.defects]).toEqual([])
})

async function ended(id: string) {
  await expect
    .poll(async () => (await http.call('GET', `/api/runs/${id}`)).body.endedAt, WHILE)
    .not.toBeNull()
  return (await http.call('GET', `/api/runs/${id}`)).body
}
async function run(faults: readonly unknown[]): Promise<string> {
  const body = { saga: 'fulfil-order', input, mode: 'virtual', seed: 'same', faults }
  const id = String((await http.call('POST', `/api/designs/${designId}/runs`, body)).body.id)
  await ended(id)
  return id
}
const typesOf = async (id: string) =>
  (
    (await http.call('GET', `/api/runs/${id}/events?limit=500`)).body.items as { readonly type: string }[]
  ).map(({ type }) => type)
const fork = (id: string, body: unknown) => http.call('POST', `/api/runs/${id}/fork`, body)
const order = async (key: string) =>
  (await http.call('GET', `/api/designs/${designId}/aggregates/Order/${key}`)).body.state

describe('a fork', () => {
  it('of a run that failed, without its fault, completes; the first run stays as it was', async () => {
    const first = await run([broken])
    const before = await typesOf(first)
    const forked = await fork(first, { faults: [] })
    expect(forked.status).toBe(201)
    const state = await ended(String(forked.body.id))
    expect(state).toMatchObject({
      status: 'completed',
      forkedFrom: { runId: first, seq: forked.body.seq },
      faults: [],
    })
    expect(await typesOf(first)).toEqual(before)
    expect((await typesOf(String(forked.body.id))).slice(0, Number(forked.body.seq))).toEqual(
      before.slice(0, Number(forked.body.seq)),
    )
  })

  it('began when it was made, not when the run did that it comes from', async () => {
    const { body } = await http.call('POST', `/api/designs/${designId}/runs`, {
      saga: 'fulfil-order',
      input,
      mode: 'live',
      speed: 1_000,
    })
    const first = await ended(String(body.id))
    const made = Date.now()
    const forked = await ended(String((await fork(String(body.id), { seq: 3 })).body.id))
    expect(forked.startedAt).toBeGreaterThanOrEqual(made)
    const { items } = (await http.call('GET', `/api/runs?design=${designId}`)).body as {
      readonly items: readonly { readonly id: string; readonly startedAt: number }[]
    }
    expect(items[0]).toMatchObject({
      id: forked.id,
      startedAt: forked.startedAt,
      gist: expect.stringContaining('customer '),
    })
    const before = (await http.call('GET', `/api/runs/${forked.id}?seq=3`)).body
    expect(before.startedAt).toBe(first.startedAt)
  })

  it('has its own copy of what the run owned: one order was cancelled, the other is confirmed', async () => {
    const first = await run([broken])
    const forked = String((await fork(first, { faults: [] })).body.id)
    await ended(forked)
    expect(await order(first)).toMatchObject({ status: 'Cancelled' })
    expect(await order(forked)).toMatchObject({ status: 'Confirmed', total: 120 })
  })

  it('goes on with the data it is given, from whatever event', async () => {
    const first = await run([])
    const seqs = (await typesOf(first)).length - 1
    for (const seq of [1, 2, Math.floor(seqs / 2), seqs]) {
      const data = { ...(input as object), edited: seq }
      const forked = await fork(first, { seq, data, by: 'ada', reason: 'what if' })
      expect(forked.status).toBe(201)
      const state = await ended(String(forked.body.id))
      expect(state.data).toMatchObject({ edited: seq })
    }
  })

  it('takes over a newer version of the design when the run would have come to the same point', async () => {
    const first = await run([broken])
    const { body } = await http.call('GET', `/api/designs/${designId}`)
    const document = structuredClone(body.document) as {
      sagas: { nodes: { id: string; description?: string }[] }[]
    }
    const node = document.sagas[0]?.nodes.find(({ id }) => id === 'confirm-order')
    if (node) node.description = 'mended'
    const put = await http.call(
      'PUT',
      `/api/designs/${designId}`,
      { document },
      { 'if-match': String(body.version) },
    )
    const forked = await fork(first, { design: 'newest', faults: [] })
    expect(await ended(String(forked.body.id))).toMatchObject({
      status: 'completed',
      designVersion: put.body.version,
    })
  })
})

describe('rehearsing', () => {
  it('lists the runs that would have gone another way, and nothing for the version they ran', async () => {
    await run([broken])
    const path = `/api/designs/${designId}/rehearse`
    expect((await http.call('POST', path, {})).body).toMatchObject({ diverging: [] })
    const { body } = await http.call('GET', `/api/designs/${designId}`)
    const document = structuredClone(body.document) as {
      sagas: { nodes: { id: string; retry?: unknown; action: unknown }[]; edges: unknown[] }[]
    }
    const [saga] = document.sagas
    if (saga)
      saga.edges = saga.edges.filter((edge) => (edge as { readonly to: string }).to !== 'reserve-stock')
    const answer = await http.call('POST', path, { document })
    const diverging = answer.body.diverging as { divergence: { recorded: string; node: string } }[]
    expect(diverging.length).toBeGreaterThan(0)
    expect(diverging[0]?.divergence).toMatchObject({ seq: expect.any(Number), why: expect.any(String) })
    expect(answer.body.checked).toBeGreaterThanOrEqual(diverging.length)
  })
})
