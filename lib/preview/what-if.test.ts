import { afterAll, describe, expect, it } from 'vitest'
import { type DesignInput, parseDesign } from '@/core/design/document'
import { designProgram } from '@/core/design/program'
import type { EventAnswer } from '@/core/protocol'
import { createInlineCodeRunner } from './inline-runner'
import { whatIfAt } from './what-if'

const code = createInlineCodeRunner()
afterAll(() => code.close())

const input: DesignInput = {
  formatVersion: 1,
  name: 'Accounts',
  aggregates: [
    {
      id: 'Account',
      initialState: { balance: 0 },
      commands: [
        {
          name: 'Deposit',
          decide: `({ payload, at }) => event('Deposited', { amount: payload.amount, at })`,
        },
        {
          name: 'Withdraw',
          decide: `({ payload }, state) => payload.amount > state.balance ? reject('TooMuch') : event('Withdrawn', payload)`,
        },
      ],
      events: [
        { name: 'Deposited', evolve: '(state, { data }) => ({ balance: state.balance + data.amount })' },
        { name: 'Withdrawn', evolve: '(state, { data }) => ({ balance: state.balance - data.amount })' },
      ],
    },
  ],
}
const parsed = parseDesign(input)
if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
const design = parsed.value
const program = designProgram(design)

const happened = (version: number, type: string, amount: number): EventAnswer => ({
  position: version,
  streamId: 'Account-a',
  version,
  type,
  data: { amount },
  metadata: { messageId: `m${version}`, correlationId: 'c', causationId: 'c', schemaVersion: 1 },
  recordedAt: version * 60_000,
})
const stream = [happened(1, 'Deposited', 10), happened(2, 'Withdrawn', 4), happened(3, 'Withdrawn', 1)]
const ask = async (version: number, commands: readonly { type: string; payload: { amount: number } }[]) => {
  const answer = await whatIfAt(code, program, design, 'Account', stream, version, commands)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

describe('a what-if in the page', () => {
  it('tells where the courses part, with the state after every event of both', async () => {
    const outcome = await ask(1, [
      { type: 'Withdraw', payload: { amount: 4 } },
      { type: 'Withdraw', payload: { amount: 7 } },
      { type: 'Withdraw', payload: { amount: 6 } },
    ])
    expect(outcome.steps.map((step) => step.outcome)).toEqual(['accepted', 'rejected', 'accepted'])
    expect(outcome.courses.divergesAt).toBe(1)
    expect(outcome.courses.places).toMatchObject([
      { same: true, happened: { version: 2, state: { balance: 6 } }, supposed: { version: 2 } },
      { happened: { version: 3, state: { balance: 5 } }, supposed: { version: 3, state: { balance: 0 } } },
    ])
    expect(outcome).toMatchObject({ happened: { balance: 5 }, supposed: { balance: 0 } })
  })

  it('comes after what had happened by then: its commands carry a time behind it', async () => {
    const { steps } = await ask(2, [{ type: 'Deposit', payload: { amount: 1 } }])
    expect(steps[0]?.command.at).toBeGreaterThan(2 * 60_000)
    expect(steps[0]?.command.at).toBeLessThan(3 * 60_000)
  })

  it('begins before any event, and goes on after the last', async () => {
    expect((await ask(0, [{ type: 'Deposit', payload: { amount: 3 } }])).courses.divergesAt).toBe(0)
    const after = await ask(3, [{ type: 'Deposit', payload: { amount: 3 } }])
    expect(after.courses.places).toMatchObject([{ happened: null, supposed: { version: 4 } }])
    expect(after).toMatchObject({ happened: { balance: 5 }, supposed: { balance: 8 } })
  })
})
