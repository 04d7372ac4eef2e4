import { afterAll, describe, expect, it } from 'vitest'
import { designProgram } from '@/core/design/program'
import { findTemplate } from '@/examples'
import { exampleCommands, PREVIEW_START, previewCommands } from './aggregate-preview'
import { createInlineCodeRunner } from './inline-runner'
import { statesToTry, tryRules } from './rule-preview'
import { previewUpcasts } from './upcast-preview'

const code = createInlineCodeRunner()
afterAll(() => code.close())

function aggregateOf(template: string) {
  const design = findTemplate(template)?.document
  const aggregate = design?.aggregates[0]
  if (!design || !aggregate) throw new Error(`no aggregate in ${template}`)
  return { design, aggregate, program: designProgram(design) }
}

describe('a rule tried by itself', () => {
  it('says what it would at any state of the story, whatever the others say', async () => {
    const { design, aggregate, program } = aggregateOf('order-fulfilment')
    const steps = await previewCommands(code, program, design, aggregate, exampleCommands(aggregate))
    const states = statesToTry(aggregate, steps)
    expect(states.map(({ name }) => name).slice(0, 3)).toEqual([
      'Initial state',
      'After 1 CreateOrder',
      'After 2 ConfirmOrder',
    ])
    const ship = { type: 'ShipOrder', payload: { trackingNumber: 't' } }
    const verdicts = async (at: number) => {
      const state = states[at]?.state ?? null
      const trials = await tryRules(code, program, design, aggregate, state, ship, PREVIEW_START)
      return Object.fromEntries(trials.map(({ rule, verdict }) => [rule, verdict.kind]))
    }
    expect(await verdicts(1)).toMatchObject({
      'is-pending': 'holds',
      'is-confirmed': 'refuses',
      'has-items': 'fault',
    })
    expect(await verdicts(2)).toMatchObject({ 'is-pending': 'refuses', 'is-confirmed': 'holds' })
  })

  it('is not asked of a payload that does not fit: that is said instead', async () => {
    const { design, aggregate, program } = aggregateOf('order-fulfilment')
    const wrong = { type: 'ShipOrder', payload: {} }
    const [first] = await tryRules(
      code,
      program,
      design,
      aggregate,
      aggregate.initialState,
      wrong,
      PREVIEW_START,
    )
    expect(first?.verdict).toMatchObject({ kind: 'refuses', code: 'COMMAND_PAYLOAD_INVALID' })
  })
})

describe('old data', () => {
  it('is lifted version by version, up to the upcaster that fails', async () => {
    const { aggregate, program } = aggregateOf('money-transfer')
    const [opened] = aggregate.events
    if (!opened) throw new Error('no event')
    const lifted = await previewUpcasts(code, program, aggregate, opened, 1, { owner: 'Eve', cents: 250 })
    expect(lifted).toEqual([{ version: 2, data: { owner: 'Eve', balance: 2.5 } }])
    const [failed] = await previewUpcasts(code, program, aggregate, opened, 1, null)
    expect(failed).toMatchObject({
      version: 2,
      fault: { code: 'CODE_THREW', fn: 'aggregate.Account.upcast.AccountOpened.1' },
    })
  })
})
