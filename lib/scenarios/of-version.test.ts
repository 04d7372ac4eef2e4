import { describe, expect, it } from 'vitest'
import { parseDesign } from '@/core/design/document'
import type { EventAnswer } from '@/core/protocol'
import { decisionAt, likelyCommand, likelyPayload, scenarioOfVersion } from './of-version'

const parsed = parseDesign({
  formatVersion: 1,
  name: 'Accounts',
  aggregates: [
    {
      id: 'Account',
      initialState: {},
      commands: [
        { name: 'Open', decide: "() => ({ type: 'Opened', data: {} })" },
        {
          name: 'Pay',
          example: { amount: 1, note: 'hello' },
          decide: "({ payload }) => [event('Paid', payload), event('Thanked')]",
        },
      ],
      events: ['Opened', 'Paid', 'Thanked'].map((name) => ({ name, evolve: '(state) => state' })),
    },
  ],
})
if (!parsed.ok) throw new Error('a design')
const design = parsed.value
const [account] = design.aggregates
if (!account) throw new Error('an aggregate')

const event = (
  version: number,
  type: string,
  message: string,
  data: EventAnswer['data'] = {},
): EventAnswer => ({
  position: version,
  streamId: 'Account-a',
  version,
  type,
  data,
  metadata: { messageId: `d/Account-a/${message}`, correlationId: 'c', causationId: 'c', schemaVersion: 1 },
  recordedAt: version * 1000,
})
const events = [
  event(1, 'Opened', 'r1:open:0:action/0'),
  event(2, 'Paid', 'c2/0', { amount: 7 }),
  event(3, 'Thanked', 'c2/1'),
]

describe('a scenario of a version', () => {
  it('takes together what one command recorded, whichever of its events is looked at', () => {
    for (const version of [2, 3])
      expect(decisionAt(events, version)).toMatchObject({
        before: [{ version: 1 }],
        events: [{ version: 2 }, { version: 3 }],
        commandId: 'c2',
        at: 2000,
      })
    expect(decisionAt(events, 1)).toMatchObject({ before: [], commandId: 'r1:open:0:action' })
    expect(decisionAt(events, 0)).toBeNull()
  })

  it('guesses the command by its code, and what it came with by its event', () => {
    const decision = decisionAt(events, 3)
    const command = decision && likelyCommand(account, decision)
    expect(command?.name).toBe('Pay')
    expect(command && decision && likelyPayload(command, decision)).toEqual({ amount: 7, note: 'hello' })
  })

  it('gives the events before, with the command as it was decided, and expects what was recorded', () => {
    const decision = decisionAt(events, 2)
    if (!decision) throw new Error('a decision')
    const pay = { type: 'Pay', payload: { amount: 7 } }
    expect(
      scenarioOfVersion(design, { aggregate: 'Account', key: 'a' }, decision, pay, 'Paid'),
    ).toMatchObject({
      id: 'paid',
      given: [{ type: 'Opened', version: 1, at: 1000 }],
      when: { type: 'Pay', payload: { amount: 7 }, at: 2000, commandId: 'c2' },
      expect: {
        events: [
          { type: 'Paid', data: { amount: 7 } },
          { type: 'Thanked', data: {} },
        ],
      },
    })
  })
})
