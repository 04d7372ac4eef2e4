import fc from 'fast-check'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { arbitraryDesign } from '@/core/design/arbitrary'
import { type Scenario, scenarioSchema } from '@/core/design/scenario'
import { expecting, runScenario, type ScenarioOutcome, whatHappens } from '@/core/scenario'
import { arbitraryGiven, arbitrarySagaScenario } from '@/core/scenario/arbitrary'
import { createInlineCodeRunner } from '@/lib/preview/inline-runner'

vi.setConfig({ testTimeout: 60_000 })

const code = createInlineCodeRunner()
afterAll(() => code.close())

/** Counters do not differ from design to design: one of them is enough, and one sandbox. */
const [counters] = fc.sample(arbitraryDesign({ acyclic: true }), { numRuns: 1, seed: 1 })
if (!counters) throw new Error('a design')
const design = counters

const stored = (scenario: Scenario): Scenario => scenarioSchema.parse(JSON.parse(JSON.stringify(scenario)))

async function comesTo(
  design: Parameters<typeof whatHappens>[0],
  scenario: Scenario,
): Promise<ScenarioOutcome> {
  const happened = await whatHappens(design, scenario, code)
  if (!happened.ok) throw new Error(JSON.stringify(happened.error))
  return happened.value
}

describe('for random designs', () => {
  it('a scenario that is taken from what a saga came to passes, with faults, crashes and words told', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(arbitrarySagaScenario, async ({ design, scenario }) => {
        const outcome = await comesTo(design, scenario)
        if (outcome.type !== 'saga') throw new Error('a saga')
        seen.add(outcome.status)
        if (outcome.compensations.length > 0) seen.add('undone')
        if (outcome.events.length > 0) seen.add('events')
        const taken = expecting(scenario, outcome)
        // What it was to be told and never waited for would be a difference of its own.
        const heard = {
          ...taken,
          when: { ...scenario.when, told: scenario.when.told.slice(0, outcome.told) },
        }
        const result = await runScenario(design, stored(heard as Scenario), code)
        expect(result.parts.filter(({ passed }) => !passed)).toEqual([])
        expect(result.status).toBe('passed')
      }),
      // the first ones are always the same, and among them is every way to end
      {
        numRuns: 60,
        examples: fc.sample(arbitrarySagaScenario, { numRuns: 30, seed: 2 }).map((one) => [one]),
      },
    )
    expect([...seen]).toEqual(
      expect.arrayContaining(['completed', 'compensated', 'suspended', 'undone', 'events']),
    )
  })

  it('a scenario that is taken from what a command came to passes, and fails when it expects another', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryGiven, fc.constantFrom('Increase', 'Decrease'), async (given, type) => {
        const scenario: Scenario = {
          id: 'law',
          name: 'A law',
          type: 'aggregate',
          aggregate: 'Counter',
          key: 'r',
          given,
          when: { type, payload: {} },
          expect: {},
        }
        const outcome = await comesTo(design, scenario)
        expect(await runScenario(design, stored(expecting(scenario, outcome)), code)).toMatchObject({
          status: 'passed',
        })
        const other = await runScenario(design, { ...scenario, expect: { state: { count: -1 } } }, code)
        expect(other).toMatchObject({ status: 'failed' })
      }),
      { numRuns: 100 },
    )
  })

  it('a scenario that is taken from the rows of a read model passes', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryGiven, async (given) => {
        const scenario: Scenario = {
          id: 'law',
          name: 'A law',
          type: 'projection',
          projection: 'counts',
          given,
          expect: { rows: {} },
        }
        const outcome = await comesTo(design, scenario)
        const result = await runScenario(design, stored(expecting(scenario, outcome)), code)
        expect(result.status).toBe('passed')
      }),
      { numRuns: 100 },
    )
  })
})
