import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { designOf, ofType, storeDesign, until } from '../../engine/testing'
import { openDb } from '../../store/sqlite/db'
import { type HttpServer, serveHttp } from './testing'

let http: HttpServer
beforeAll(async () => {
  http = await serveHttp([], { limits: { backlogPerDesign: 3, backlog: 5 } })
})
afterAll(() => http.close())

const start = (designId: string) =>
  http.call('POST', `/api/designs/${designId}/runs`, { saga: 'main', mode: 'virtual' })
const design = () => storeDesign(http.wb, designOf([], []))

describe('more runs than are kept up with', () => {
  it('are answered 429 with Retry-After, those of the same design first; nothing of them is kept', async () => {
    const [one, two, three] = await Promise.all([design(), design(), design()])
    // Nothing can be written while another program has the lock: what is started waits.
    const locker = await openDb(`file:${http.wb.databasePath}`)
    await locker.execute('BEGIN IMMEDIATE')
    const taken = [start(one), start(one), start(one)]
    const refused = await start(one)
    expect(refused).toMatchObject({
      status: 429,
      body: { code: 'TOO_MANY_REQUESTS', detail: expect.stringContaining('Work of this design') },
    })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    taken.push(start(two), start(two))
    expect(await start(three)).toMatchObject({
      status: 429,
      body: { detail: expect.stringMatching(/^Work is waiting/) },
    })
    await locker.execute('ROLLBACK')
    await locker.close()
    expect((await Promise.all(taken)).map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])

    const again = await start(one)
    expect(again.status).toBe(201)
    await until(http.wb, one, String(again.body.id), ofType('SagaCompleted'))
    const { body } = await http.call('GET', `/api/runs?design=${one}`)
    expect(body.items).toHaveLength(4)
  })
})
