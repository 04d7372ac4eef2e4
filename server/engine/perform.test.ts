import { afterAll, describe, expect, it } from 'vitest'
import { type Design, designProgram, parseDesign } from '@/core/design'
import type { JsonObject } from '@/core/json'
import {
  commandOutcome,
  type Effect,
  effectsOf,
  evaluate,
  type FaultInput,
  faultSchema,
  type PerformContext,
  type PerformEffect,
  perform,
  planSaga,
  replay,
} from '@/core/saga'
import { createServerCodeRunner } from '../sandbox/runner'

const code = createServerCodeRunner({ size: 1 })
afterAll(() => code.close())

const operations = [
  {
    id: 'take',
    latency: { type: 'fixed', ms: 40 },
    response: '(input, ctx) => ({ took: input.amount, id: ctx.id })',
  },
  { id: 'bare', latency: { type: 'fixed', ms: 7 } },
  {
    id: 'down',
    latency: { type: 'fixed', ms: 9 },
    errors: [{ name: 'Down', kind: 'technical', probability: 1 }],
  },
  {
    id: 'says',
    errors: [{ name: 'Busy', kind: 'technical' }],
    response: "(input) => fail(input.say, 'it said so')",
  },
  {
    id: 'real',
    http: {
      url: { type: 'template', template: 'https://shop.example/{say}' },
      body: { type: 'code', code: '(input, ctx) => ({ amount: input.amount, attempt: ctx.attempt })' },
    },
  },
]

/** A design whose saga is this one node between start and end, and its first effect. */
function owed(node: JsonObject, faults: readonly FaultInput[] = [], runId = 'run-1') {
  const parsed = parseDesign({
    formatVersion: 1,
    name: 'Bench',
    services: [{ id: 'depot', operations }],
    sagas: [
      {
        id: 'saga',
        nodes: [
          { id: 'start', type: 'start' },
          { id: 'n', ...node },
          { id: 'end', type: 'end' },
        ],
        edges: [
          { id: 'e1', from: 'start', to: 'n' },
          { id: 'e2', from: 'n', to: 'end' },
        ],
      },
    ],
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  const design: Design = parsed.value
  const [saga] = design.sagas
  if (!saga) throw new Error('no saga')
  const plan = planSaga(saga)
  const started = {
    type: 'SagaStarted',
    data: {
      saga: 'saga',
      designVersion: 1,
      input: { amount: 30, say: 'Busy' },
      seed: 's',
      mode: 'virtual',
      faults: faults.map((fault) => faultSchema.parse(fault)),
      at: 0,
    },
  } as const
  const begun =
    node.type === 'step' && node.input === undefined
      ? [{ type: 'StepStarted', data: { nodeId: 'n', attempt: 1, at: 0 } } as const]
      : []
  const effect = effectsOf(plan, replay(plan, [started, ...begun]))[0]
  const context: PerformContext = { design, plan, program: designProgram(design), code, runId, seed: 's' }
  if (!effect) throw new Error('nothing is owed')
  return { context, effect }
}

const isPerform = (effect: Effect): effect is PerformEffect => effect.type === 'perform'
const performed = (node: JsonObject, faults?: readonly FaultInput[], runId?: string) => {
  const { context, effect } = owed({ type: 'step', ...node }, faults, runId)
  if (!isPerform(effect)) throw new Error(effect.type)
  return perform(context, effect, 0)
}
const evaluated = (node: JsonObject) => {
  const { context, effect } = owed(node)
  if (effect.type === 'perform' || effect.type === 'timer') throw new Error(effect.type)
  return evaluate(context, effect, 5)
}

const script = (text: string, more: JsonObject = {}) => ({ action: { type: 'script', code: text }, ...more })
const call = (operation: string, more: JsonObject = {}) => ({
  action: { type: 'call', service: 'depot', operation },
  ...more,
})

describe('a script', () => {
  it('gets the input, and its result is the output', async () => {
    expect(await performed(script('(input) => ({ twice: input.amount * 2 })'))).toEqual({
      type: 'answered',
      afterMs: 0,
      outcome: { type: 'succeeded', output: { twice: 60 } },
    })
  })

  it('fails by name when it says so, and with its own line when it throws; neither is retried', async () => {
    expect(await performed(script("() => fail('TooMuch', 'more than there is')"))).toMatchObject({
      outcome: {
        type: 'failed',
        error: { code: 'TooMuch', message: 'more than there is', kind: 'business' },
      },
    })
    expect(await performed(script("() => {\n  throw new Error('broken')\n}"))).toMatchObject({
      outcome: {
        error: { code: 'CODE_THREW', kind: 'business', message: expect.stringContaining('(line 2)') },
      },
    })
  })

  it('draws the same random number and id in the same run, and another id in another run', async () => {
    const drawing = script('(input, ctx) => ({ random: ctx.random, id: ctx.id })')
    const [first, again, other] = [
      await performed(drawing),
      await performed(drawing),
      await performed(drawing, [], 'run-2'),
    ]
    expect(first).toEqual(again)
    expect(first).not.toEqual(other)
  })
})

describe('an output expression', () => {
  it('says what is merged', async () => {
    expect(
      await performed(
        script('() => ({ a: 1 })', { output: '(result, data) => ({ sum: result.a + data.amount })' }),
      ),
    ).toMatchObject({ outcome: { type: 'succeeded', output: { a: 1 }, patch: { sum: 31 } } })
  })

  it('that throws or gives no object fails the step, whose work was done: its output stands', async () => {
    expect(await performed(script('() => ({ a: 1 })', { output: '() => { throw 1 }' }))).toMatchObject({
      outcome: { type: 'failed', output: { a: 1 }, error: { code: 'CODE_THREW' } },
    })
    expect(await performed(script('() => ({ a: 1 })', { output: '() => 7' }))).toMatchObject({
      outcome: { type: 'failed', output: { a: 1 }, error: { code: 'CODE_RESULT_INVALID' } },
    })
  })
})

describe('a call', () => {
  it('takes its latency and answers with its response', async () => {
    expect(await performed(call('take'))).toMatchObject({
      afterMs: 40,
      outcome: { type: 'succeeded', output: { took: 30 } },
    })
    expect(await performed(call('bare'))).toEqual({
      type: 'answered',
      afterMs: 7,
      outcome: { type: 'succeeded', output: {} },
    })
  })

  it('fails with the errors of its contract, drawn or said, of the kind the contract says', async () => {
    expect(await performed(call('down'))).toMatchObject({
      afterMs: 9,
      outcome: { error: { code: 'Down', kind: 'technical' } },
    })
    expect(await performed(call('says'))).toMatchObject({
      outcome: { error: { code: 'Busy', kind: 'technical' } },
    })
  })

  it('of an operation that is not there is a failure that names it', async () => {
    expect(await performed(call('nothing'))).toMatchObject({
      outcome: { error: { code: 'UnknownOperation', kind: 'business' } },
    })
  })
})

describe('a real call', () => {
  it('is handed to the driver as a finished request, with a key that is the same for every attempt', async () => {
    expect(await performed(call('real'))).toMatchObject({
      type: 'http',
      afterMs: 0,
      lost: false,
      request: {
        method: 'POST',
        url: 'https://shop.example/Busy',
        headers: { 'idempotency-key': 'run-1:n:0:action' },
        body: '{"amount":30,"attempt":1}',
      },
    })
  })

  it('is not made when a fault says that it fails, or that nothing gets there', async () => {
    const on = (effect: FaultInput['effect']): FaultInput[] => [{ node: 'n', effect }]
    expect(await performed(call('real'), on({ type: 'error', code: 'Broken' }))).toMatchObject({
      type: 'answered',
      afterMs: 0,
      outcome: { type: 'failed', error: { code: 'Broken' } },
    })
    const timeout = (when: 'before' | 'after') =>
      performed(call('real', { timeoutMs: 50 }), on({ type: 'timeout', when }))
    expect(await timeout('before')).toEqual({ type: 'lost' })
    expect(await timeout('after')).toMatchObject({ type: 'http', lost: true })
  })
})

describe('a fault', () => {
  const on = (effect: FaultInput['effect']): FaultInput[] => [{ node: 'n', effect }]

  it('that is an error takes as long as the answer would have', async () => {
    expect(await performed(call('take'), on({ type: 'error', code: 'Broken' }))).toMatchObject({
      afterMs: 40,
      outcome: { type: 'failed', error: { code: 'Broken' } },
    })
  })

  it('that is latency is added to the answer', async () => {
    expect(await performed(call('take'), on({ type: 'latency', ms: 1000 }))).toMatchObject({
      afterMs: 1040,
      outcome: { type: 'succeeded' },
    })
  })

  it('that is a timeout never answers; without a timeout of the step the connection is lost', async () => {
    expect(await performed(call('take', { timeoutMs: 50 }), on({ type: 'timeout' }))).toEqual({
      type: 'lost',
    })
    expect(await performed(call('take'), on({ type: 'timeout', when: 'before' }))).toMatchObject({
      outcome: { type: 'unknown', error: { code: 'ConnectionLost' } },
    })
  })
})

describe('a command', () => {
  const command = {
    type: 'command',
    aggregate: 'Order',
    command: 'Place',
    key: "(input) => 'order-' + input.amount",
  }

  it('is handed to the driver with its key, its payload and an id that is the same for every attempt', async () => {
    expect(await performed({ action: command })).toMatchObject({
      type: 'command',
      lost: false,
      request: {
        aggregate: 'Order',
        key: 'order-30',
        type: 'Place',
        payload: { amount: 30 },
        commandId: 'run-1:n:0:action',
      },
    })
    expect(await performed({ action: { ...command, payload: '() => ({ to: 1 })' } })).toMatchObject({
      request: { payload: { to: 1 } },
    })
  })

  it('needs a key that is a text', async () => {
    expect(await performed({ action: { ...command, key: '() => 7' } })).toMatchObject({
      outcome: { error: { code: 'CODE_RESULT_INVALID' } },
    })
  })

  it('after a timeout fault is done, and its answer is lost', async () => {
    expect(
      await performed({ action: command, timeoutMs: 50 }, [
        { node: 'n', effect: { type: 'timeout', when: 'after' } },
      ]),
    ).toMatchObject({ type: 'command', lost: true, afterMs: 50 })
    expect(
      await performed({ action: command, timeoutMs: 50 }, [
        { node: 'n', effect: { type: 'timeout', when: 'before' } },
      ]),
    ).toEqual({ type: 'lost' })
  })

  it("its result is merged only when an output expression says so, and a rejection is the step's failure", async () => {
    const { context, effect } = owed({ type: 'step', action: command })
    if (!isPerform(effect)) throw new Error(effect.type)
    const request = { aggregate: 'Order', key: 'k', type: 'Place', payload: {}, commandId: 'c' }
    const events = [{ type: 'Placed', data: { by: 'me' } }]
    expect(await commandOutcome(context, effect, request, { ok: true, version: 4, events }, 0)).toEqual({
      type: 'succeeded',
      output: { aggregate: 'Order', key: 'k', version: 4, events },
      patch: {},
    })
    const error = { code: 'Empty', message: '', kind: 'business' } as const
    expect(await commandOutcome(context, effect, request, { ok: false, error }, 0)).toEqual({
      type: 'failed',
      error,
    })
  })
})

describe('an evaluation', () => {
  const choice = (...guards: readonly string[]) => ({
    type: 'choice',
    branches: guards.map((when, at) => ({ id: `b${at}`, when })),
  })

  it('of an input gives it', async () => {
    expect(
      await evaluated({ type: 'step', ...script('() => 1', { input: '(data) => data.amount' }) }),
    ).toEqual({ type: 'prepared', nodeId: 'n', phase: 'action', result: { ok: true, value: 30 }, at: 5 })
  })

  it('of a choice takes the first guard that is true, not merely truthy, else the default', async () => {
    expect(await evaluated(choice('() => 1', '(data) => data.amount === 30', '() => true'))).toMatchObject({
      type: 'chosen',
      result: { ok: true, value: 'b1' },
    })
    expect(await evaluated(choice('() => false'))).toMatchObject({ result: { ok: true, value: 'default' } })
    expect(await evaluated(choice('() => { throw 1 }', '() => true'))).toMatchObject({
      result: { ok: false, error: { code: 'CODE_THREW' } },
    })
  })

  it('of a time wants a number', async () => {
    expect(await evaluated({ type: 'wait', until: '(data) => data.amount' })).toMatchObject({
      type: 'scheduled',
      result: { ok: true, value: 30 },
    })
    expect(await evaluated({ type: 'wait', until: '() => 30.4' })).toMatchObject({
      result: { ok: true, value: 30 },
    })
    for (const until of ["() => 'tomorrow'", '() => 1e300'])
      expect(await evaluated({ type: 'wait', until })).toMatchObject({
        result: { ok: false, error: { code: 'CODE_RESULT_INVALID' } },
      })
  })
})
