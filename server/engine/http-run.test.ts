import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FaultInput } from '@/core/saga'
import { LIMITS } from '../limits'
import { readRun } from '../queries/runs'
import { calling, type Handler, type HttpInput, say, serveTest, type TestService, to } from './http-testing'
import {
  brief,
  chain,
  designOf,
  ENDED,
  failStep,
  type NodeInput,
  ofType,
  openTestWorkbench,
  runLog,
  runToEnd,
  start,
  storeDesign,
  type TestWorkbench,
  temporaryDatabase,
  until,
} from './testing'

let wb: TestWorkbench
let service: TestService
/** What the service does next; each test says. */
let handle: Handler
let asked = 0
const ok: Handler = (_seen, response) => say(response, 200, { paid: 'p-1' })

beforeAll(async () => {
  service = await serveTest((seen, response, count) => {
    asked += 1
    handle(seen, response, count)
  })
  wb = await openTestWorkbench(temporaryDatabase(), { http: { allowPrivate: false, allow: [service.place] } })
})
beforeEach(() => {
  handle = ok
  asked = 0
})
afterAll(async () => {
  await wb.close()
  await service.close()
  expect(wb.defects).toEqual([])
})

type Step = Partial<Extract<NodeInput, { type: 'step' }>>
const step = (more: Step = {}): NodeInput => ({
  id: 'pay',
  type: 'step',
  action: { type: 'call', service: 'shop', operation: 'pay' },
  compensation: { action: { type: 'call', service: 'shop', operation: 'refund' } },
  ...more,
})
const RETRY: Step = { retry: [{ errors: [], intervalMs: 1, maxAttempts: 3 }] }

/** A design with one step that really calls, then whatever else. */
async function design(http: Partial<HttpInput> = {}, more: Step = {}, then: readonly NodeInput[] = []) {
  const pay = to(`${service.url}/pay`, http)
  const services = [
    calling('shop', {
      pay: {
        errors: [{ name: 'Declined' }, { name: 'Busy', kind: 'technical' }],
        http: pay,
      },
      refund: { http: to(`${service.url}/refund`) },
    }),
  ]
  const ids = ['start', 'pay', ...then.map(({ id }) => id)]
  return storeDesign(wb, designOf([step(more), ...then], chain(...ids), { services }))
}
const lastSeen = (count: number) => service.seen.slice(-count)
const keys = (count: number) => lastSeen(count).map(({ headers }) => headers['idempotency-key'])

describe('a step that really calls', () => {
  it('sends its input as JSON with its key, and merges what it is answered', async () => {
    const designId = await design()
    const { run } = await runToEnd(wb, designId, { input: { amount: 7 } })
    expect(run).toMatchObject({ status: 'completed', data: { amount: 7, paid: 'p-1' } })
    expect(run.nodes.pay).toMatchObject({ status: 'succeeded', output: { paid: 'p-1' } })
    expect(lastSeen(1)).toMatchObject([
      {
        method: 'POST',
        url: '/pay',
        body: '{"amount":7}',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': `${run.id}:pay:0:action`,
          'user-agent': 'saga-workbench',
        },
      },
    ])
  })

  it('makes its request by template and expressions, and its result by another', async () => {
    const designId = await design({
      method: 'PUT',
      url: { type: 'template', template: `${service.url}/orders/{order.id}?for={who}` },
      headers: { type: 'code', code: '(input) => ({ "X-Who": input.who })' },
      body: { type: 'code', code: '(input, ctx) => ({ order: input.order.id, run: ctx.runId })' },
      response: '(answer, input) => ({ id: answer.body.paid, status: answer.status, who: input.who })',
    })
    const input = { order: { id: 'a/b ü' }, who: 'x&y' }
    const { run } = await runToEnd(wb, designId, { input })
    expect(run.nodes.pay?.output).toEqual({ id: 'p-1', status: 200, who: 'x&y' })
    expect(lastSeen(1)).toMatchObject([
      {
        method: 'PUT',
        url: '/orders/a%2Fb%20%C3%BC?for=x%26y',
        headers: { 'x-who': 'x&y' },
        body: JSON.stringify({ order: 'a/b ü', run: run.id }),
      },
    ])
  })

  it('sends nothing when its request cannot be made, and is not tried again', async () => {
    const url = { type: 'template', template: `${service.url}/{nothing}` } as const
    const designId = await design({ url }, RETRY)
    const { run } = await runToEnd(wb, designId)
    expect(run).toMatchObject({ status: 'compensated', error: { code: 'HTTP_REQUEST_INVALID' } })
    expect(run.nodes.pay).toMatchObject({ attempts: 1, effect: 'none' })
    expect(asked).toBe(0)
  })

  it('really calls in virtual time, which moves on by what the call took and not by its timers', async () => {
    handle = (seen, response) => setTimeout(() => ok(seen, response, 0), 40)
    const designId = await design({}, { timeoutMs: 60_000 }, [
      { id: 'sleep', type: 'wait', durationMs: 86_400_000 },
    ])
    const { run } = await runToEnd(wb, designId, { mode: 'virtual' })
    const tookMs = (run.endedAt ?? 0) - run.startedAt - 86_400_000
    expect(run.status).toBe('completed')
    expect([tookMs >= 39, tookMs < 60_000]).toEqual([true, true])
  })
})

describe('a key', () => {
  it('is the same for every attempt, and another for the compensation', async () => {
    // Counted from here: two refusals, then an answer.
    const first = service.seen.length
    handle = ({ url }, response, count) =>
      say(response, url === '/pay' && count - first < 2 ? 503 : 200, { ok: true })
    const designId = await design({}, RETRY, [failStep('last')])
    const { run } = await runToEnd(wb, designId)
    expect(run.status).toBe('compensated')
    const own = `${run.id}:pay:0`
    expect(keys(4)).toEqual([`${own}:action`, `${own}:action`, `${own}:action`, `${own}:compensation`])
    expect(lastSeen(1)[0]?.url).toBe('/refund')
  })

  it('is the same when an engine that died comes back', async () => {
    const designId = await design()
    const faults: FaultInput[] = [{ node: 'pay', effect: { type: 'crash', when: 'before' } }]
    const { run } = await runToEnd(wb, designId, { faults })
    expect(run.status).toBe('completed')
    expect([asked, new Set(keys(2)).size]).toEqual([2, 1])
  })
})

describe('an answer', () => {
  const ends = async (status: number, body: unknown, http: Partial<HttpInput> = {}, more: Step = {}) => {
    handle = ({ url }, response) => say(response, url === '/pay' ? status : 200, body)
    return (await runToEnd(wb, await design(http, more))).run
  }

  it('with a status that is expected succeeds, with any other it does not', async () => {
    expect((await ends(404, { was: 'gone' }, { expectStatuses: ['2xx', 404] })).data).toEqual({ was: 'gone' })
    expect(await ends(200, {}, { expectStatuses: [201] })).toMatchObject({
      status: 'compensated',
      error: { code: 'HttpStatus200' },
    })
  })

  it('that means an error of the contract is that error, of its kind', async () => {
    const errors = [
      { status: 402, code: 'no_funds', error: 'Declined' },
      { status: '4xx', error: 'Busy' },
    ] as const
    const http = { errors: [...errors] }
    const declined = await ends(402, { code: 'no_funds', detail: 'empty' }, http, RETRY)
    expect(declined.error).toMatchObject({ code: 'Declined', message: expect.stringContaining('empty') })
    expect(declined.nodes.pay).toMatchObject({ attempts: 1, effect: 'none' })
    expect((await ends(402, { code: 'else' }, http, RETRY)).nodes.pay).toMatchObject({
      attempts: 3,
      error: { code: 'Busy' },
    })
  })

  it('of 408, 429 or 5xx is tried again, any other that is not expected is not', async () => {
    for (const [status, attempts] of [
      [408, 3],
      [429, 3],
      [500, 3],
      [503, 3],
      [400, 1],
      [302, 1],
    ] as const) {
      const { nodes, error } = await ends(status, {}, {}, RETRY)
      expect([status, nodes.pay?.attempts, error?.code, nodes.pay?.effect]).toEqual([
        status,
        attempts,
        `HttpStatus${status}`,
        'none',
      ])
    }
  })

  it('of a gateway that got none leaves the outcome unknown', async () => {
    const run = await ends(504, {})
    expect(run).toMatchObject({ status: 'compensated', error: { code: 'HttpStatus504' } })
    expect(run.nodes.pay).toMatchObject({ effect: 'unknown', compensation: { status: 'compensated' } })
  })

  it('that is too large leaves the outcome unknown, and is not asked for again', async () => {
    const run = await ends(200, { much: 'x'.repeat(LIMITS.httpAnswerBytes) }, {}, RETRY)
    expect(run).toMatchObject({ error: { code: 'HTTP_ANSWER_TOO_LARGE' } })
    expect(run.nodes.pay).toMatchObject({ attempts: 1, effect: 'unknown' })
  })

  it('that its expression refuses by name was no success; one that the expression breaks on was', async () => {
    const refuses = "(answer) => answer.body.ok ? answer.body : fail('Declined', 'it said no')"
    const refused = await ends(200, { ok: false }, { response: refuses })
    expect(refused.error).toMatchObject({ code: 'Declined' })
    expect(refused.nodes.pay).toMatchObject({ effect: 'none', compensation: null })
    const broken = await ends(200, { ok: true }, { response: '() => { throw new Error() }' })
    expect(broken.error).toMatchObject({ code: 'CODE_THREW' })
    expect(broken.nodes.pay).toMatchObject({ output: { ok: true }, compensation: { status: 'compensated' } })
  })
})

describe('no answer', () => {
  it('on a connection that was lost leaves the outcome unknown, and the work is undone', async () => {
    handle = ({ url }, response) => (url === '/pay' ? response.destroy() : say(response, 200, {}))
    const { run } = await runToEnd(wb, await design())
    expect(run).toMatchObject({ status: 'compensated', error: { code: 'ConnectionLost' } })
    expect(run.nodes.pay).toMatchObject({ effect: 'unknown', compensation: { status: 'compensated' } })
    expect(JSON.parse(lastSeen(1)[0]?.body ?? '')).toMatchObject({ output: null })
  })

  it('within the time of the call leaves the outcome unknown', async () => {
    handle = ({ url }, response) => (url === '/pay' ? undefined : say(response, 200, {}))
    const { run } = await runToEnd(wb, await design({ timeoutMs: 40 }))
    expect(run).toMatchObject({ status: 'compensated', error: { code: 'HttpTimeout' } })
    expect(run.nodes.pay?.effect).toBe('unknown')
  })

  it('from a host that does not listen means that nothing was done', async () => {
    const gone = await serveTest(() => undefined)
    await gone.close()
    const other = await openTestWorkbench(temporaryDatabase(), { http: { allowPrivate: true, allow: [] } })
    const services = [
      calling('shop', { pay: { http: to(`${gone.url}/pay`) }, refund: { http: to(`${gone.url}/refund`) } }),
    ]
    const designId = await storeDesign(other, designOf([step(RETRY)], chain('start', 'pay'), { services }))
    const { run } = await runToEnd(other, designId)
    expect(run).toMatchObject({ status: 'compensated', error: { code: 'ConnectionRefused' } })
    expect(run.nodes.pay).toMatchObject({ attempts: 3, effect: 'none', compensation: null })
    await other.close()
    expect(other.defects).toEqual([])
  })
})

describe('an answer that comes after the timeout of its step', () => {
  it.each(['live', 'virtual'] as const)(
    'is recorded as late in %s time, and changes nothing',
    async (mode) => {
      let release: () => void = () => undefined
      handle = ({ url }, response) => {
        if (url === '/refund') return say(response, 200, {})
        release = () => say(response, 200, { paid: 'late' })
        // Where time stands while a call is under way, the answer must come by itself.
        if (mode === 'virtual') setTimeout(release, 80)
      }
      const designId = await design({}, { timeoutMs: 30 })
      const runId = await start(wb, designId, { mode })
      await until(wb, designId, runId, ofType(...ENDED))
      if (mode === 'live') release()
      await until(wb, designId, runId, ofType('StepOutcomeArrivedLate'))
      const events = await runLog(wb, designId, runId)
      expect(brief(events)).toEqual(
        expect.arrayContaining([
          'StepTimedOut pay',
          'CompensationCompleted pay',
          'StepOutcomeArrivedLate pay',
        ]),
      )
      const late = events.find(({ type }) => type === 'StepOutcomeArrivedLate')
      expect(late?.data).toMatchObject({ outcome: { type: 'succeeded', output: { paid: 'late' } } })
      expect(await readRun(wb, runId)).toMatchObject({ status: 'compensated', error: { code: 'Timeout' } })
    },
  )
})

describe('a fault at a real call', () => {
  const broken = async (effect: FaultInput['effect'], more: Step = {}) =>
    (await runToEnd(wb, await design({}, more), { faults: [{ node: 'pay', effect }] })).run
  const paid = () => service.seen.slice(service.seen.length - asked).filter(({ url }) => url === '/pay')

  it('that is an error, or a timeout before it, sends nothing', async () => {
    expect((await broken({ type: 'error', code: 'NoLuck' })).error?.code).toBe('NoLuck')
    const run = await broken({ type: 'timeout', when: 'before' }, { timeoutMs: 50 })
    expect(run.nodes.pay).toMatchObject({ effect: 'unknown', error: { code: 'Timeout' } })
    expect(paid()).toEqual([])
  })

  it('that is a timeout after it does the work and loses the answer, with a timeout of the step or without', async () => {
    for (const timeoutMs of [500, undefined]) {
      const more = timeoutMs === undefined ? {} : { timeoutMs }
      const run = await broken({ type: 'timeout', when: 'after' }, more)
      expect(run.nodes.pay).toMatchObject({ effect: 'unknown', compensation: { status: 'compensated' } })
      expect(run.error?.code).toBe(timeoutMs === undefined ? 'ConnectionLost' : 'Timeout')
    }
    expect(paid()).toHaveLength(2)
  })

  it('that is latency is added to what the call takes', async () => {
    const run = await broken({ type: 'latency', ms: 5_000 })
    expect(run.status).toBe('completed')
    expect((run.endedAt ?? 0) - run.startedAt).toBeGreaterThanOrEqual(5_000)
    expect((run.endedAt ?? 0) - run.startedAt).toBeLessThan(10_000)
  })

  it('that is a duplicate sends the request twice under one key', async () => {
    expect((await broken({ type: 'duplicate' })).status).toBe('completed')
    expect(paid()).toHaveLength(2)
    expect(new Set(keys(2)).size).toBe(1)
  })
})

it('a private address is refused unless the server was told otherwise', async () => {
  const other = await openTestWorkbench()
  const services = [
    calling('shop', {
      pay: { http: to(`http://localhost:${service.port}/pay`) },
      refund: { http: to(`${service.url}/refund`) },
    }),
  ]
  const designId = await storeDesign(other, designOf([step(RETRY)], chain('start', 'pay'), { services }))
  const { run } = await runToEnd(other, designId)
  expect(run).toMatchObject({
    status: 'compensated',
    error: {
      code: 'HTTP_ADDRESS_REFUSED',
      message: expect.stringContaining(`HTTP_ALLOW=localhost:${service.port}`),
    },
  })
  expect(run.nodes.pay).toMatchObject({ attempts: 1, effect: 'none', compensation: null })
  expect(asked).toBe(0)
  await other.close()
  expect(other.defects).toEqual([])
})

it('a call under way does not keep the engine from stopping', async () => {
  const other = await openTestWorkbench(temporaryDatabase(), { http: { allowPrivate: true, allow: [] } })
  let reached: () => void = () => undefined
  const isAsked = new Promise<void>((resolve) => {
    reached = resolve
  })
  handle = () => reached()
  const services = [
    calling('shop', { pay: { http: to(`${service.url}/pay`) }, refund: { http: to(service.url) } }),
  ]
  const designId = await storeDesign(other, designOf([step()], chain('start', 'pay'), { services }))
  await start(other, designId, { mode: 'live' })
  await isAsked
  await other.close()
  expect(other.defects).toEqual([])
})
