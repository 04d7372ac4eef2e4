import { afterAll, describe, expect, it } from 'vitest'
import type { Aggregate, Projection } from '@/core/design/aggregate'
import { type Design, type DesignInput, parseDesign } from '@/core/design/document'
import { designProgram } from '@/core/design/program'
import { eventsOf, exampleCommands, previewCommands } from './aggregate-preview'
import { createInlineCodeRunner } from './inline-runner'
import { previewRequest, sampleOperation } from './operation-preview'
import { previewLog } from './preview-session'
import { previewProjection } from './projection-preview'

const code = createInlineCodeRunner()
afterAll(() => code.close())

const WITHDRAW = `(command, state) =>
  command.payload.amount > state.balance
    ? reject('InsufficientFunds', 'the account holds ' + state.balance)
    : { type: 'Withdrawn', data: { amount: command.payload.amount } }`

const INPUT: DesignInput = {
  formatVersion: 1,
  name: 'Accounts',
  aggregates: [
    {
      id: 'Account',
      initialState: { balance: 0 },
      commands: [
        {
          name: 'Deposit',
          schema: { type: 'object', required: ['amount'], properties: { amount: { type: 'number' } } },
          example: { amount: 10 },
          decide: `(command) => ({ type: 'Deposited', data: { amount: command.payload.amount } })`,
        },
        { name: 'Withdraw', example: { amount: 4 }, decide: WITHDRAW },
      ],
      events: [
        { name: 'Deposited', evolve: '(state, event) => ({ balance: state.balance + event.data.amount })' },
        { name: 'Withdrawn', evolve: '(state, event) => ({ balance: state.balance - event.data.amount })' },
      ],
    },
  ],
  projections: [
    {
      id: 'balances',
      from: ['Account'],
      key: '(event) => event.streamId',
      on: {
        Deposited: '(row, event) => ({ movements: (row ? row.movements : 0) + 1 })',
        Withdrawn: '(row, event) => ({ movements: row.movements + 1 })',
      },
    },
  ],
  services: [
    {
      id: 'bank',
      operations: [
        {
          id: 'check',
          latency: { type: 'uniform', minMs: 10, maxMs: 90 },
          errors: [{ name: 'Blocked', kind: 'business', probability: 0.5 }],
          response: '(input) => ({ checked: input.iban })',
        },
      ],
    },
  ],
}

function design(change: (input: DesignInput) => DesignInput = (input) => input): Design {
  const parsed = parseDesign(change(structuredClone(INPUT)))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}
function first<T>(list: readonly T[]): T {
  const [item] = list
  if (item === undefined) throw new Error('nothing there')
  return item
}
const account = (from: Design): Aggregate => first(from.aggregates)
const balances = (from: Design): Projection => first(from.projections)

describe('the preview of an aggregate', () => {
  it('tells the examples as a story, each command on the state that the one before left', async () => {
    const from = design()
    const steps = await previewCommands(
      code,
      designProgram(from),
      from,
      account(from),
      exampleCommands(account(from)),
    )
    expect(steps.map(({ outcome, state, version }) => ({ outcome, state, version }))).toEqual([
      { outcome: 'accepted', state: { balance: 10 }, version: 1 },
      { outcome: 'accepted', state: { balance: 6 }, version: 2 },
    ])
    expect(eventsOf(steps).map(({ type, position, streamId }) => ({ type, position, streamId }))).toEqual([
      { type: 'Deposited', position: 1, streamId: 'Account-preview' },
      { type: 'Withdrawn', position: 2, streamId: 'Account-preview' },
    ])
  })

  it('shows a rejection with its code and leaves the state as it was', async () => {
    const from = design()
    const steps = await previewCommands(code, designProgram(from), from, account(from), [
      { type: 'Deposit', payload: { amount: 3 } },
      { type: 'Withdraw', payload: { amount: 4 } },
    ])
    expect(steps[1]).toMatchObject({
      outcome: 'rejected',
      code: 'InsufficientFunds',
      message: 'the account holds 3',
      version: 1,
      state: { balance: 3 },
    })
  })

  it('refuses an unknown command and a payload that does not fit, as the server does', async () => {
    const from = design()
    const steps = await previewCommands(code, designProgram(from), from, account(from), [
      { type: 'Close', payload: {} },
      { type: 'Deposit', payload: { amount: 'ten' } },
    ])
    expect(steps.map((step) => step.outcome === 'refused' && step.code)).toEqual([
      'COMMAND_NOT_FOUND',
      'COMMAND_PAYLOAD_INVALID',
    ])
    expect(steps[1]).toMatchObject({ issues: [{ path: ['amount'] }] })
  })

  it('shows a throw at the line of the function it came from, and goes on', async () => {
    const from = design((input) => {
      const withdraw = input.aggregates?.[0]?.commands?.[1]
      if (withdraw) withdraw.decide = '(command, state) => {\n  return state.nothing.here\n}'
      return input
    })
    const steps = await previewCommands(code, designProgram(from), from, account(from), [
      { type: 'Withdraw', payload: {} },
      { type: 'Deposit', payload: { amount: 1 } },
    ])
    expect(steps[0]).toMatchObject({ outcome: 'fault', fault: { code: 'CODE_THREW', line: 2 } })
    expect(steps[1]).toMatchObject({ outcome: 'accepted', state: { balance: 1 } })
  })
})

describe('the preview of a projection', () => {
  it('folds the events of the previewed aggregates into rows', async () => {
    const from = design()
    const program = designProgram(from)
    const log = await previewLog(code, program, from, ['Account'], {})
    const preview = await previewProjection(code, program, from, balances(from), log)
    expect(preview).toMatchObject({ rows: [{ key: 'Account-preview', row: { movements: 2 } }], fault: null })
    expect(preview.fed.map(({ key }) => key)).toEqual(['Account-preview', 'Account-preview'])
  })

  it('stops at the event whose handler throws, with the rows before it', async () => {
    const from = design((input) => {
      const on = input.projections?.[0]?.on
      if (on) on.Withdrawn = '(row) => { throw new Error("no") }'
      return input
    })
    const program = designProgram(from)
    const log = await previewLog(code, program, from, [], {})
    const preview = await previewProjection(code, program, from, balances(from), log)
    expect(preview.rows).toEqual([{ key: 'Account-preview', row: { movements: 1 } }])
    expect(preview.fault).toMatchObject({ code: 'CODE_THREW', eventIndex: 1 })
  })
})

describe('the preview of a real call', () => {
  const request = (template: string) => {
    const from = design((input) => ({
      ...input,
      services: [
        { id: 'bank', operations: [{ id: 'check', http: { url: { type: 'template', template } } }] },
      ],
    }))
    const target = { service: 'bank', operation: 'check' }
    return previewRequest(code, designProgram(from), from, target, { iban: 'X 1' })
  }

  it('is the request that a run would send', async () => {
    expect(await request('https://bank.example/{iban}')).toMatchObject({
      ok: true,
      value: { method: 'POST', url: 'https://bank.example/X%201', body: '{"iban":"X 1"}' },
    })
  })

  it('says why there would be none', async () => {
    expect(await request('https://bank.example/{bic}')).toMatchObject({
      ok: false,
      error: { code: 'HTTP_REQUEST_INVALID', message: expect.stringContaining('{bic}') },
    })
  })
})

describe('the preview of an operation', () => {
  const sample = (seed: string) => {
    const from = design()
    return sampleOperation(
      code,
      designProgram(from),
      from,
      { service: 'bank', operation: 'check' },
      { iban: 'X' },
      seed,
      40,
    )
  }

  it('draws the same samples from the same seed, and others from another', async () => {
    expect(await sample('a')).toEqual(await sample('a'))
    expect(await sample('a')).not.toEqual(await sample('b'))
  })

  it('answers or fails as the contract says, within its latency', async () => {
    const samples = await sample('a')
    expect(samples).toHaveLength(40)
    expect(new Set(samples.map(({ outcome }) => outcome))).toEqual(new Set(['answered', 'failed']))
    for (const one of samples) {
      expect(one.latencyMs).toBeGreaterThanOrEqual(10)
      expect(one.latencyMs).toBeLessThanOrEqual(90)
      if (one.outcome === 'answered') expect(one.response).toEqual({ checked: 'X' })
      else expect(one.code).toBe('Blocked')
    }
  })
})
