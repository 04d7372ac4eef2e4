import fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { scenarioFromRun } from '@/core/scenario'
import { arbitrarySagaScenario } from '@/core/scenario/arbitrary'
import { startRun } from '../commands/runs'
import { readRun } from '../queries/runs'
import { sagaEvent } from './run-messages'
import { ENDED, ofType, openTestWorkbench, runLog, storeDesign, type TestWorkbench, until } from './testing'

vi.setConfig({ testTimeout: 60_000 })

let wb: TestWorkbench
beforeAll(async () => {
  wb = await openTestWorkbench()
})
afterAll(() => wb.close())

it('a run of a random design on the server is a scenario that passes in memory at once', async () => {
  const seen = new Set<string>()
  const cases = arbitrarySagaScenario.filter(({ design }) => design.sagas.every(endsByItself))
  // The first ones are always the same: what is looked for below is among them.
  const examples = fc.sample(cases, { numRuns: 20, seed: 1 })
  await fc.assert(
    fc.asyncProperty(cases, async ({ design, scenario }) => {
      const designId = await storeDesign(wb, design)
      const { input, seed, faults } = scenario.when
      const { id } = await startRun(wb, designId, { saga: 'saga', input, seed, faults, mode: 'virtual' })
      const last = await until(wb, designId, id, ofType(...ENDED, 'SagaSuspended'))
      // While it is suspended, what is under way may still settle.
      if (last.type === 'SagaSuspended') return
      const { status, error, data } = await readRun(wb, id)
      const log = await runLog(wb, designId, id)
      const made = await scenarioFromRun(
        design,
        {
          id,
          status,
          error,
          data,
          events: log.map((event) => ({ ...sagaEvent(event), position: event.position })),
        },
        { id: 'law', name: 'A law' },
        (streamId) => wb.store.events.read(designId, streamId, { limit: 1000 }),
        wb.code,
      )
      if (!made.ok) throw new Error(JSON.stringify(made.error))
      const { result } = made.value
      expect(result.parts.filter(({ passed }) => !passed)).toEqual([])
      expect(result.status).toBe('passed')
      seen.add(status)
      if (made.value.scenario.expect.events?.length) seen.add('events')
      if (log.some(({ type }) => type === 'FaultInjected')) seen.add('engine faults')
    }),
    { numRuns: 40, examples: examples.map((one) => [one]) },
  )
  expect([...seen]).toEqual(expect.arrayContaining(['completed', 'compensated', 'events', 'engine faults']))
  expect(wb.defects).toEqual([])
})

/** Nobody has to say anything. */
const endsByItself = ({ nodes }: { readonly nodes: readonly { readonly type: string }[] }): boolean =>
  nodes.every(({ type }) => type !== 'approval' && type !== 'signal')
