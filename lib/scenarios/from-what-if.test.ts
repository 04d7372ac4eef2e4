import { describe, expect, it } from 'vitest'
import { parseDesign } from '@/core/design/document'
import { scenarioSchema } from '@/core/design/scenario'
import { scenarioFromWhatIf, type WhatIfStep } from './from-what-if'

const parsed = parseDesign({ formatVersion: 1, name: 'Accounts' })
if (!parsed.ok) throw new Error('a design')
const design = parsed.value

const deposit: WhatIfStep = {
  command: { type: 'Deposit', payload: { amount: 5 }, at: 2_000 },
  outcome: { type: 'accepted', events: [{ type: 'Deposited', data: { amount: 5 } }], state: { balance: 9 } },
}
const refused: WhatIfStep = {
  command: { type: 'Withdraw', payload: { amount: 99 } },
  outcome: { type: 'rejected', code: 'InsufficientFunds' },
}
const past = [{ type: 'Opened', data: { by: 'ada' }, metadata: { schemaVersion: 2 }, recordedAt: 1_000 }]
const of = (...steps: readonly WhatIfStep[]) =>
  scenarioFromWhatIf(design, { aggregate: 'Account', key: 'a1', past, steps })

describe('a scenario from a what-if', () => {
  it('gives what had happened, sends the last command, expects what it came to', () => {
    expect(of(deposit)).toEqual({
      id: 'deposit-leads-to-deposited',
      name: 'Deposit leads to Deposited',
      type: 'aggregate',
      aggregate: 'Account',
      key: 'a1',
      given: [{ type: 'Opened', data: { by: 'ada' }, version: 2, at: 1_000 }],
      when: deposit.command,
      expect: { events: [{ type: 'Deposited', data: { amount: 5 } }], state: { balance: 9 } },
    })
  })

  it('takes what the commands before the last would have added as given, and nothing of those that were refused', () => {
    expect(of(refused, deposit, refused)).toMatchObject({
      given: [{ type: 'Opened' }, { type: 'Deposited', data: { amount: 5 } }],
      expect: { rejection: 'InsufficientFunds' },
    })
  })

  it('is one that a design may hold, under an id of its own', () => {
    const scenario = of(deposit)
    if (scenario === null) throw new Error('a scenario')
    expect(scenarioSchema.parse(scenario)).toEqual(scenario)
    const taken = { ...design, scenarios: [scenario] }
    expect(scenarioFromWhatIf(taken, { aggregate: 'Account', key: 'a1', past, steps: [deposit] })?.id).toBe(
      'deposit-leads-to-deposited-2',
    )
  })

  it('is none when nothing was decided', () => {
    expect(of()).toBeNull()
  })
})
