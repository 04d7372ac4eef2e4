import { afterAll, describe, expect, it } from 'vitest'
import { type DesignInput, parseDesign } from '@/core/design/document'
import { designProgram } from '@/core/design/program'
import type { EventAnswer } from '@/core/protocol'
import { runScenario } from '@/core/scenario'
import { createInlineCodeRunner } from '@/lib/preview/inline-runner'
import { whatIfAt } from '@/lib/preview/what-if'
import { scenarioOfWhatIf } from './of-what-if'

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
        { name: 'Deposit', decide: "({ payload, at }) => event('Deposited', { n: payload.n, at })" },
        {
          name: 'Withdraw',
          decide:
            "({ payload }, state) => payload.n > state.balance ? reject('TooMuch') : event('Withdrawn', payload)",
        },
      ],
      events: [
        { name: 'Deposited', evolve: '(state, { data }) => ({ balance: state.balance + data.n })' },
        { name: 'Withdrawn', evolve: '(state, { data }) => ({ balance: state.balance - data.n })' },
      ],
    },
  ],
}
const parsed = parseDesign(input)
if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
const design = parsed.value
const past: readonly EventAnswer[] = [
  {
    position: 1,
    streamId: 'Account-a',
    version: 1,
    type: 'Deposited',
    data: { n: 10 },
    metadata: { messageId: 'm', correlationId: 'c', causationId: 'c', schemaVersion: 1 },
    recordedAt: 1_700_000_000_000,
  },
]

async function scenarioOf(commands: readonly { readonly type: string; readonly payload: { n: number } }[]) {
  const outcome = await whatIfAt(code, designProgram(design), design, 'Account', past, 1, commands)
  if (!outcome.ok) throw new Error(outcome.error.message)
  return scenarioOfWhatIf(design, { aggregate: 'Account', key: 'a' }, past, outcome.value.steps)
}

describe('a what-if kept as a scenario', () => {
  it.each([
    ['a command that is accepted', [{ type: 'Deposit', payload: { n: 1 } }]],
    [
      'the last of several, on what those before it left',
      [
        { type: 'Withdraw', payload: { n: 99 } },
        { type: 'Withdraw', payload: { n: 4 } },
        { type: 'Fly', payload: { n: 1 } },
        { type: 'Withdraw', payload: { n: 6 } },
      ],
    ],
    ['one that is refused', [{ type: 'Withdraw', payload: { n: 11 } }]],
  ])('passes: %s', async (_, commands) => {
    const scenario = await scenarioOf(commands)
    expect(scenario && (await runScenario(design, scenario, code)).status).toBe('passed')
  })

  it('is none when the last command never reached the aggregate', async () => {
    expect(await scenarioOf([{ type: 'Fly', payload: { n: 1 } }])).toBeNull()
    expect(await scenarioOf([])).toBeNull()
  })
})
