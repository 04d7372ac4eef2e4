import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scenariosAnswerSchema } from '@/core/protocol'
import { findTemplate } from '@/examples'
import { chain, designOf, step } from '../../engine/testing'
import { type HttpServer, serveHttp } from './testing'

let http: HttpServer
beforeAll(async () => {
  http = await serveHttp()
})
afterAll(async () => {
  await http.close()
  expect([...http.defects, ...http.wb.defects]).toEqual([])
})

async function create(body: unknown): Promise<string> {
  const made = await http.call('POST', '/api/designs', body)
  expect(made.status).toBe(201)
  return `/api/designs/${String(made.body.id)}/scenarios/run`
}

describe('running scenarios by program', () => {
  it('runs all of a design, or those that are named, and records nothing', async () => {
    const path = await create({ template: 'order-fulfilment' })
    const head = await http.wb.store.events.head()
    const all = await http.call('POST', path)
    expect(all.body).toMatchObject({ passed: 5, failed: 0, broken: 0 })
    expect(scenariosAnswerSchema.parse(all.body).results).toHaveLength(5)
    const two = await http.call('POST', path, { ids: ['five-steps', 'an-empty-order'] })
    expect(scenariosAnswerSchema.parse(two.body).results.map(({ scenario }) => scenario)).toEqual([
      'five-steps',
      'an-empty-order',
    ])
    expect(await http.wb.store.events.head()).toBe(head)
  })

  it('runs a document that is not saved, and says what is different', async () => {
    const document = findTemplate('order-fulfilment')?.document
    const path = await create({ template: 'order-fulfilment' })
    const [first] = document?.scenarios ?? []
    const changed = { ...document, scenarios: [{ ...first, expect: { rejection: 'TooLate' } }] }
    const { body } = await http.call('POST', path, { document: changed })
    expect(body).toMatchObject({ passed: 0, failed: 1 })
    expect(scenariosAnswerSchema.parse(body).results[0]).toMatchObject({
      parts: [
        {
          part: 'rejection',
          passed: false,
          differences: [{ path: [], expected: 'TooLate', actual: 'EmptyOrder' }],
        },
      ],
      outcome: { rejection: { code: 'EmptyOrder' } },
    })
  })

  it('refuses what is not there, and a document that is none', async () => {
    const path = await create({ template: 'order-fulfilment' })
    expect((await http.call('POST', path, { ids: ['nobody'] })).body).toMatchObject({
      code: 'SCENARIO_NOT_FOUND',
    })
    expect((await http.call('POST', path, { document: 7 })).body).toMatchObject({ code: 'DESIGN_INVALID' })
    expect((await http.call('POST', '/api/designs/none/scenarios/run')).body).toMatchObject({
      code: 'DESIGN_NOT_FOUND',
    })
  })

  it('never calls out: what has no simulated answer is broken', async () => {
    const base = designOf([step('a')], chain('start', 'a'))
    const http443 = { url: { type: 'template' as const, template: 'https://depot.example/take' } }
    const services = (base.services ?? []).map((service) => ({
      ...service,
      operations: service.operations?.map(({ response: _response, ...one }) => ({ ...one, http: http443 })),
    }))
    const path = await create({
      document: {
        ...base,
        services,
        scenarios: [
          { id: 'out', name: 'Out', type: 'saga', saga: 'main', when: {}, expect: { status: 'completed' } },
        ],
      },
    })
    expect((await http.call('POST', path)).body).toMatchObject({
      broken: 1,
      results: [{ problem: { code: 'SCENARIO_REAL_CALL' } }],
    })
  })
})
