import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

let child: ChildProcess
let base = ''
beforeAll(async () => {
  child = spawn(process.execPath, ['scripts/demo-service.mjs'], { env: { ...process.env, DEMO_PORT: '0' } })
  base = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)))
    child.stdout?.on('data', (data) => {
      const url = /ready at (\S+)/.exec(String(data))?.[1]
      if (url !== undefined) resolve(url)
    })
  })
})
afterAll(async () => {
  child.removeAllListeners('exit')
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
})
beforeEach(async () => {
  await call('DELETE', '/ledger')
  await call('DELETE', '/switches')
})

interface Reply {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly replayed: boolean
}

async function call(method: string, path: string, body?: unknown, key?: string): Promise<Reply> {
  const answer = await fetch(`${base}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
  })
  const replayed = answer.headers.get('idempotency-replayed') === 'true'
  return { status: answer.status, body: await answer.json(), replayed }
}
const pay = (key = 'k1', order = 'o1') => call('POST', `/payments/${order}`, { amount: 5 }, key)
const refund = (key = 'k2', order = 'o1') => call('DELETE', `/payments/${order}`, undefined, key)
const standing = async (): Promise<unknown> => (await call('GET', '/ledger')).body.orders

describe('the demo service', () => {
  it('does a thing once for each key, and gives the first answer again', async () => {
    const [first, again] = [await pay(), await pay()]
    expect(first).toEqual({ status: 201, body: { payment_id: 'pay-o1', amount: 5 }, replayed: false })
    expect(again).toEqual({ ...first, replayed: true })
    expect((await call('GET', '/ledger')).body).toEqual({
      keys: [{ key: 'k1', service: 'payments', half: 'do', order: 'o1', asked: 2, did: 1, status: 201 }],
      orders: [{ place: 'payments/o1', done: 1, undone: 0, standing: 1 }],
    })
  })

  it('undoes what was done, and tolerates that there is nothing to undo', async () => {
    await pay()
    expect(await refund()).toMatchObject({ status: 200, body: { undone: true } })
    expect(await refund('k3', 'o2')).toMatchObject({ status: 200, body: { undone: false } })
    expect(await standing()).toMatchObject([{ standing: 0 }, { place: 'payments/o2', standing: 0 }])
  })

  it('refuses an action that comes after its compensation', async () => {
    await refund()
    expect(await pay()).toMatchObject({ status: 409, body: { code: 'ALREADY_UNDONE' } })
  })

  it('refuses by its contract: too much money, too many things, no such street', async () => {
    const refused = [
      await call('POST', '/payments/o', { amount: 1001 }),
      await call('POST', '/inventory/o', { quantity: 11 }),
      await call('POST', '/shipments/o', { address: 'Nowhere 1' }),
    ]
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
      [402, 'INSUFFICIENT_FUNDS'],
      [409, 'OUT_OF_STOCK'],
      [422, 'UNKNOWN_ADDRESS'],
    ])
  })

  it('says what it does not know, and takes no body but an object', async () => {
    expect((await call('GET', '/payments/o')).status).toBe(405)
    expect((await call('POST', '/constructor/o')).status).toBe(404)
    expect((await call('POST', '/payments/o', [1])).status).toBe(400)
    expect((await call('POST', '/payments/%ff')).status).toBe(400)
    expect((await call('POST', '/payments/o', { note: 'x'.repeat(70_000) })).status).toBe(413)
  })
})

describe('a switch', () => {
  const flip = (body: unknown) => call('POST', '/switches', body)

  it('breaks each rule of a good participant', async () => {
    await flip({ service: 'payments', ignoreKeys: true, acceptLate: true })
    await flip({ service: 'payments', half: 'undo', refuseEmptyUndo: true })
    expect(await refund('k9', 'o9')).toMatchObject({ status: 404, body: { code: 'NOTHING_TO_UNDO' } })
    await pay()
    expect(await pay()).toMatchObject({ status: 201, replayed: false })
    expect(await standing()).toContainEqual({ place: 'payments/o1', done: 2, undone: 0, standing: 2 })
    await refund()
    expect((await pay('late')).status).toBe(201)
  })

  it('answers with an error, so many times, and only where it says', async () => {
    await flip({ service: 'payments', half: 'do', error: 503, times: 2 })
    expect([(await pay()).status, (await refund()).status, (await pay()).status]).toEqual([503, 200, 503])
    expect((await call('GET', '/switches')).body).toEqual([])
  })

  it('drops the connection before the work is done, or after', async () => {
    await flip({ drop: 'before', times: 1 })
    await expect(pay()).rejects.toThrow()
    expect(await standing()).toEqual([])
    await flip({ drop: 'after', times: 1 })
    await expect(pay()).rejects.toThrow()
    expect(await standing()).toMatchObject([{ standing: 1 }])
  })

  it('that there is not is refused, with those that there are', async () => {
    for (const body of [
      {},
      { fire: true },
      { error: 200 },
      { service: 'bank', error: 500 },
      { error: 500, times: 0 },
    ])
      expect(await flip(body)).toMatchObject({ status: 400 })
    expect((await flip({ fire: true })).body.detail).toMatch(/latencyMs, error, drop/)
  })
})
