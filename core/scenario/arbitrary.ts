import fc from 'fast-check'
import { arbitraryDesign } from '../design/arbitrary'
import { arbitrarySaga } from '../design/arbitrary-saga'
import type { Design } from '../design/document'
import type { Fault } from '../design/fault'
import { canRun, lintDesign } from '../design/lint'
import type { GivenEvent, SagaScenario } from '../design/scenario'

type Told = SagaScenario['when']['told'][number]

const effect: fc.Arbitrary<Fault['effect']> = fc.constantFrom<Fault['effect']>(
  { type: 'error', code: 'InjectedFault', kind: 'business' },
  { type: 'error', code: 'InjectedFault', kind: 'technical' },
  { type: 'timeout', when: 'before' },
  { type: 'timeout', when: 'after' },
  { type: 'latency', ms: 700 },
  { type: 'crash', when: 'before' },
  { type: 'crash', when: 'after' },
  { type: 'duplicate' },
)

/** A design that runs, in which nothing goes out: what it would really call is simulated. */
export const arbitraryRunnable: fc.Arbitrary<Design> = fc
  .tuple(
    arbitraryDesign({ acyclic: true }),
    arbitrarySaga({ acyclic: true, id: 'inner', maxNodes: 3 }),
    arbitrarySaga({ acyclic: true, runs: ['inner'] }),
  )
  .map(([design, inner, outer]) => ({
    ...design,
    sagas: [outer, inner],
    services: design.services.map((service) => ({
      ...service,
      operations: service.operations.map(({ http: _http, ...operation }) => operation),
    })),
  }))
  .filter((design) => canRun(design, lintDesign(design), 'saga'))

/** What a stream of the counter may hold: it never falls below zero. */
export const arbitraryGiven: fc.Arbitrary<GivenEvent[]> = fc
  .array(fc.boolean(), { maxLength: 6 })
  .map((ups) => {
    let count = 0
    return ups.map((up): GivenEvent => {
      const increased = up || count === 0
      count += increased ? 1 : -1
      return { type: increased ? 'Increased' : 'Decreased', data: {}, stream: 'Counter-r' }
    })
  })

/** A design, and a scenario of its saga that expects nothing yet. */
export const arbitrarySagaScenario: fc.Arbitrary<{
  readonly design: Design
  readonly scenario: SagaScenario
}> = arbitraryRunnable.chain((design) => {
  const nodes = design.sagas[0]?.nodes ?? []
  const steps = nodes.flatMap(({ id, type }) => (type === 'step' ? [id] : []))
  const words = nodes.flatMap(({ id, type }): Told[] => {
    if (type === 'signal') return [{ type: 'signal', signal: 'Arrived', data: { by: 'ada' } }]
    if (type !== 'approval') return []
    const asked = { type: 'decision', node: id, by: 'ada' } as const
    return [
      { ...asked, decision: 'approved' },
      { ...asked, decision: 'rejected' },
    ]
  })
  return fc
    .record({
      faults: steps.length > 0 ? fc.array(faultAt(steps), { maxLength: 3 }) : fc.constant<Fault[]>([]),
      told:
        words.length > 0 ? fc.array(fc.constantFrom(...words), { maxLength: 3 }) : fc.constant<Told[]>([]),
      seed: fc.string({ minLength: 1, maxLength: 8 }),
      given: arbitraryGiven,
    })
    .map(({ faults, told, seed, given }) => ({
      design,
      scenario: {
        id: 'law',
        name: 'A law',
        type: 'saga',
        saga: 'saga',
        given,
        when: { input: { order: 7 }, seed, runId: 'r', faults, told },
        expect: { status: 'completed' },
      },
    }))
})

const faultAt = (steps: readonly string[]): fc.Arbitrary<Fault> =>
  fc.record({
    node: fc.constantFrom(...steps),
    phase: fc.constantFrom('action', 'compensation'),
    probability: fc.constantFrom(1, 0.5),
    effect,
  })
