import { afterAll, describe, expect, it } from 'vitest'
import { type Design, type DesignInput, parseDesign } from '@/core/design/document'
import { scenarioSchema } from '@/core/design/scenario'
import { runScenario, SCENARIO_PROBLEMS, type ScenarioOptions } from '@/core/scenario'
import { createInlineCodeRunner } from '@/lib/preview/inline-runner'

const code = createInlineCodeRunner()
afterAll(() => code.close())

const INPUT: DesignInput = {
  formatVersion: 1,
  name: 'Accounts',
  aggregates: [
    {
      id: 'Account',
      initialState: { balance: 0 },
      commands: [
        {
          name: 'Withdraw',
          schema: { type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] },
          decide:
            "({ payload, at, commandId }, state) => payload.amount > state.balance ? reject('TooLittle', 'there are ' + state.balance) : { type: 'Withdrawn', data: { amount: payload.amount, at, commandId } }",
        },
        { name: 'Close', rules: ['is-empty'], decide: '() => []' },
        { name: 'Break', decide: '() => {\n  return nothing.here\n}' },
      ],
      rules: [{ id: 'is-empty', code: 'NotEmpty', check: '(command, state) => state.balance === 0' }],
      events: [
        {
          name: 'Paid',
          version: 2,
          upcasters: ['(data) => ({ amount: data.cents / 100 })'],
          evolve: '(state, { data }) => ({ balance: state.balance + data.amount })',
        },
        { name: 'Withdrawn', evolve: '(state, { data }) => ({ balance: state.balance - data.amount })' },
      ],
    },
    { id: 'Other', initialState: {}, events: [{ name: 'Noted', evolve: '(state) => state' }] },
  ],
  projections: [
    {
      id: 'balances',
      key: '(event) => event.streamId',
      on: {
        Paid: '(row, { data }) => ({ balance: (row?.balance ?? 0) + data.amount })',
        Withdrawn: '() => { throw new Error("no") }',
      },
    },
  ],
  services: [
    {
      id: 'bank',
      operations: [
        { id: 'real', http: { url: { type: 'template', template: 'https://bank.example/' } } },
        {
          id: 'both',
          response: "() => ({ from: 'the simulation' })",
          http: { url: { type: 'template', template: 'https://bank.example/' } },
        },
      ],
    },
  ],
  sagas: [
    {
      id: 'talk',
      nodes: [
        { id: 'start', type: 'start', inputSchema: { type: 'object', required: ['order'] } },
        { id: 'ask', type: 'approval', timeoutMs: 1000 },
        { id: 'signed', type: 'signal', signal: 'Signed' },
        {
          id: 'take',
          type: 'step',
          action: {
            type: 'command',
            aggregate: 'Account',
            command: 'Withdraw',
            key: "() => 'a'",
            payload: '() => ({ amount: 5 })',
          },
        },
      ],
      edges: [
        { id: 'e1', from: 'start', to: 'ask' },
        { id: 'e2', from: 'ask', to: 'signed' },
        { id: 'e3', from: 'signed', to: 'take' },
      ],
    },
    ...['real', 'both'].map((operation) => ({
      id: operation,
      nodes: [
        { id: 'start', type: 'start' as const },
        { id: 'call', type: 'step' as const, action: { type: 'call' as const, service: 'bank', operation } },
      ],
      edges: [{ id: 'e', from: 'start', to: 'call' }],
    })),
    {
      id: 'endless',
      nodes: [
        { id: 'start', type: 'start' },
        {
          id: 'each',
          type: 'map',
          items: '() => Array.from({ length: 12 }, (_, n) => n)',
          maxConcurrency: 12,
          body: {
            type: 'step',
            kind: 'retriable',
            retry: [{ intervalMs: 1, backoffRate: 1, maxAttempts: 1000 }],
            action: { type: 'script', code: '() => ({})' },
          },
        },
      ],
      edges: [{ id: 'e', from: 'start', to: 'each' }],
    },
  ],
}

const parsed = parseDesign(INPUT)
if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
const design: Design = parsed.value

const run = (parts: object, options: ScenarioOptions = {}) =>
  runScenario(design, scenarioSchema.parse({ id: 's', name: 'S', ...parts }), code, options)
const command = (type: string, payload: unknown, more: object = {}) => ({
  type: 'aggregate',
  aggregate: 'Account',
  when: { type, payload },
  expect: {},
  ...more,
})
const saga = (id: string, when: object, expect: object) => ({ type: 'saga', saga: id, when, expect })
const paid = { type: 'Paid', data: { amount: 10 } }

describe('a scenario of an aggregate', () => {
  it('compares events, state and refusal, each only when it is expected', async () => {
    const expected = { events: [{ type: 'Withdrawn' }], state: { balance: 6 } }
    expect(await run(command('Withdraw', { amount: 4 }, { given: [paid], expect: expected }))).toMatchObject({
      status: 'passed',
      parts: [{ part: 'events' }, { part: 'state' }],
    })
    expect(
      await run(command('Withdraw', { amount: 4 }, { expect: { rejection: 'TooLittle' } })),
    ).toMatchObject({
      status: 'passed',
    })
  })

  it('fails when a command is refused that was not to be, and says why', async () => {
    expect(await run(command('Withdraw', { amount: 4 }))).toMatchObject({
      status: 'failed',
      parts: [{ part: 'rejection', expected: null, actual: 'TooLittle', note: 'there are 0' }],
    })
  })

  it('shows place by place what is different', async () => {
    const { parts } = await run(
      command('Withdraw', { amount: 4 }, { given: [paid], expect: { state: { balance: 7, owner: 'ada' } } }),
    )
    expect(parts[0]?.differences).toEqual([
      { path: ['balance'], expected: 7, actual: 6 },
      { path: ['owner'], expected: 'ada' },
    ])
  })

  it('asks the rules that stand before the command, and lifts what is given in an older version', async () => {
    const old = { type: 'Paid', version: 1, data: { cents: 250 } }
    expect(
      await run(command('Close', {}, { given: [old], expect: { rejection: 'NotEmpty' } })),
    ).toMatchObject({
      status: 'passed',
      outcome: { rejection: { rule: 'is-empty' }, state: { balance: 2.5 } },
    })
  })

  it('takes time and the id of the command from the scenario', async () => {
    const { outcome } = await run({
      ...command('Withdraw', {}, { given: [{ ...paid, at: 1_000 }] }),
      when: { type: 'Withdraw', payload: { amount: 1 }, at: 5_000, commandId: 'c1' },
    })
    expect(outcome).toMatchObject({ events: [{ data: { amount: 1, at: 5_000, commandId: 'c1' } }] })
  })
})

describe('a scenario of a saga', () => {
  const told = [
    { type: 'decision', node: 'ask', decision: 'approved', by: 'ada' },
    { type: 'signal', signal: 'Signed', data: { ref: 1 } },
  ]
  const given = [{ ...paid, stream: 'Account-a' }]

  it('is told what it waits for, when it waits for it, before time moves on', async () => {
    const result = await run({
      ...saga('talk', { input: { order: 1 }, told }, { status: 'completed', data: { ref: 1 } }),
      given,
    })
    expect(result).toMatchObject({ status: 'passed', outcome: { events: [{ type: 'Withdrawn' }], told: 2 } })
  })

  it('waits when it is told nothing more, and fails when it never waits for what it is to be told', async () => {
    const waiting = await run(
      saga('talk', { input: { order: 1 }, told: told.slice(0, 1) }, { status: 'running' }),
    )
    expect(waiting).toMatchObject({ status: 'passed', outcome: { waitsFor: ['signed'] } })
    const early = await run(
      saga('talk', { input: { order: 1 }, told: told.slice(1) }, { status: 'compensated' }),
    )
    expect(early).toMatchObject({
      status: 'failed',
      parts: [{ part: 'status' }, { part: 'told', expected: ['signal Signed'], actual: [] }],
    })
  })

  it('simulates a real call that says what to answer, and never makes one', async () => {
    expect(
      await run(saga('both', {}, { status: 'completed', data: { from: 'the simulation' } })),
    ).toMatchObject({ status: 'passed' })
  })
})

const BROKEN: readonly (readonly [code: string, parts: object])[] = [
  ['AGGREGATE_NOT_FOUND', command('Withdraw', {}, { aggregate: 'Nobody' })],
  ['COMMAND_NOT_FOUND', command('Fly', {})],
  ['COMMAND_PAYLOAD_INVALID', command('Withdraw', { amount: 'much' })],
  ['CODE_THREW', command('Break', {})],
  [
    'CODE_THREW',
    { type: 'projection', projection: 'balances', given: [{ type: 'Withdrawn' }], expect: { rows: {} } },
  ],
  ['PROJECTION_NOT_FOUND', { type: 'projection', projection: 'none', expect: { rows: {} } }],
  ['SAGA_NOT_FOUND', saga('none', {}, { status: 'completed' })],
  ['RUN_INPUT_INVALID', saga('talk', {}, { status: 'completed' })],
  [
    'NODE_NOT_FOUND',
    saga('real', { faults: [{ node: 'nowhere', effect: { type: 'duplicate' } }] }, { status: 'completed' }),
  ],
  [
    'NODE_NOT_FOUND',
    saga('real', { told: [{ type: 'signal', signal: 'Nothing' }] }, { status: 'completed' }),
  ],
  ['GIVEN_EVENT_UNKNOWN', command('Withdraw', { amount: 1 }, { given: [{ type: 'Payd' }] })],
  [
    'GIVEN_EVENT_ELSEWHERE',
    command('Withdraw', { amount: 1 }, { given: [{ ...paid, stream: 'Account-b' }] }),
  ],
  ['SCENARIO_REAL_CALL', saga('real', {}, { status: 'completed' })],
]

describe('a scenario that cannot be run as it is written', () => {
  it.each(BROKEN)('is broken: %s', async (code, parts) => {
    const result = await run(parts)
    expect([result.status, result.problem?.code, result.parts]).toEqual(['broken', code, []])
    expect(result.problem?.message).toMatch(/\w/)
  })

  it('names a fault of user code at its line', async () => {
    expect((await run(command('Break', {}))).problem).toMatchObject({
      fn: 'aggregate.Account.decide.Break',
      line: 2,
    })
  })

  it('is broken when whoever runs it has had enough: SCENARIO_TIMEOUT', async () => {
    let asked = 0
    const soon = await run(saga('both', {}, { status: 'completed' }), { isEnough: () => asked++ > 1 })
    expect(soon.problem?.code).toBe('SCENARIO_TIMEOUT')
  })

  it('is broken when it goes on and on, and leaves others their turn meanwhile: SCENARIO_ENDLESS', async () => {
    let breaths = 0
    const breathe = async () => void breaths++
    const faults = [{ node: 'each', effect: { type: 'error', kind: 'technical' } }]
    const { problem } = await run(saga('endless', { faults }, { status: 'completed' }), { breathe })
    expect([problem?.code, breaths]).toEqual(['SCENARIO_ENDLESS', 100])
  })

  it('has a test for every code of its own', () => {
    expect(Object.keys(SCENARIO_PROBLEMS).filter((code) => !BROKEN.some(([one]) => one === code))).toEqual([
      'SCENARIO_ENDLESS',
      'SCENARIO_TIMEOUT',
    ])
  })
})
