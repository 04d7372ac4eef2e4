import fc from 'fast-check'
import type { Aggregate, Policy, Projection } from '../design/aggregate'
import type { Design } from '../design/document'
import type { Action, Saga } from '../design/saga'
import type { Scenario } from '../design/scenario'

const AGGREGATES = ['Order', 'Order-Line', 'Bill', 'Parcel'] as const
const COMMANDS = ['Place', 'Pay', 'Send', 'Drop'] as const
const EVENTS = ['Placed', 'Paid', 'Sent', 'Dropped', 'Left.Late'] as const

const some = <T>(of: readonly T[], maxLength = of.length): fc.Arbitrary<T[]> =>
  fc.subarray([...of], { minLength: 0, maxLength })

/** Code that emits these events, in one of the ways people write it. */
const emitting = (events: readonly string[], way: number): string => {
  const said = events.map((type, at) =>
    (way + at) % 2 === 0 ? `{ type: '${type}', data: { status: 'Placed' } }` : `event("${type}", {})`,
  )
  return `(command, state) => state.status === 'Paid' ? [] : [${said.join(', ')}]`
}

function arbitraryAggregate(id: string): fc.Arbitrary<Aggregate> {
  return fc
    .record({
      events: some(EVENTS),
      commands: fc.array(
        fc.record({ name: fc.constantFrom(...COMMANDS), emits: some(EVENTS, 2), way: fc.nat(1) }),
        { maxLength: 3 },
      ),
    })
    .map(({ events, commands }) => ({
      id,
      stateSchema: {},
      initialState: { status: 'None' },
      rules: [],
      snapshotEvery: 100,
      commands: commands
        .filter(({ name }, at) => commands.findIndex((other) => other.name === name) === at)
        .map(({ name, emits, way }) => ({ name, schema: {}, rules: [], decide: emitting(emits, way) })),
      events: events.map((name) => ({
        name,
        schema: {},
        version: 1,
        upcasters: [],
        evolve: `(state, event) => ({ status: '${name}' })`,
      })),
    }))
}

const arbitraryProjection = (id: string): fc.Arbitrary<Projection> =>
  fc
    .record({ from: some(AGGREGATES, 2), types: some([...EVENTS, 'SagaCompleted', 'Unheard']) })
    .map(({ from, types }) => ({
      id,
      from,
      key: "(event) => event.streamId.slice('Order-'.length)",
      on: Object.fromEntries(types.map((type) => [type, '(row, event) => event.data'])),
      delayMs: 0,
      queries: [],
    }))

const arbitraryTarget = fc.record({
  aggregate: fc.constantFrom(...AGGREGATES),
  command: fc.constantFrom(...COMMANDS),
})

const arbitraryPolicy = (id: string): fc.Arbitrary<Policy> =>
  fc
    .record({
      on: fc.constantFrom(...EVENTS, 'SagaFailed'),
      reaction: fc.oneof(
        fc.record({
          type: fc.constant('start-saga' as const),
          saga: fc.constantFrom('main', 'other', 'ghost'),
        }),
        arbitraryTarget.map((target) => ({
          type: 'send-command' as const,
          ...target,
          key: "(event) => event.streamId.slice('Order-'.length)",
        })),
      ),
    })
    .map((policy) => ({ id, ...policy }))

const arbitrarySagaOf = (id: string): fc.Arbitrary<Saga> =>
  fc
    .array(fc.record({ does: arbitraryTarget, undo: fc.option(arbitraryTarget), inner: fc.boolean() }), {
      maxLength: 3,
    })
    .map((steps): Saga => {
      const command = (target: { readonly aggregate: string; readonly command: string }): Action => ({
        type: 'command',
        ...target,
        key: "() => '1'",
      })
      return {
        id,
        compensationOrder: 'graph',
        nodes: [
          { id: 'start', type: 'start', inputSchema: {}, inputExample: {} },
          ...steps.map(({ does, undo, inner }, at): Saga['nodes'][number] =>
            inner
              ? { id: `s${at}`, type: 'saga', saga: 'other' }
              : {
                  id: `s${at}`,
                  type: 'step',
                  kind: 'compensatable',
                  action: command(does),
                  ...(undo === null ? {} : { compensation: { action: command(undo) } }),
                },
          ),
        ],
        edges: [],
      }
    })

const arbitraryScenario: fc.Arbitrary<Scenario> = fc
  .record({
    aggregate: fc.constantFrom(...AGGREGATES),
    given: fc.array(fc.constantFrom(...EVENTS), { maxLength: 2 }),
    command: fc.constantFrom(...COMMANDS),
  })
  .map(({ aggregate, given, command }) => ({
    id: 'scenario',
    name: 'a scenario',
    type: 'aggregate' as const,
    aggregate,
    key: 'example',
    given: given.map((type) => ({ type, data: {} })),
    when: { type: command, payload: {} },
    expect: {},
  }))

/** Any design as the model map sees it: names shared, missing and unheard of among them. */
export const arbitraryModel: fc.Arbitrary<Design> = fc
  .record({
    aggregates: some(AGGREGATES).chain((ids) => fc.tuple(...ids.map(arbitraryAggregate))),
    projections: some(['rows', 'totals']).chain((ids) => fc.tuple(...ids.map(arbitraryProjection))),
    policies: some(['when', 'whenever']).chain((ids) => fc.tuple(...ids.map(arbitraryPolicy))),
    sagas: some(['main', 'other']).chain((ids) => fc.tuple(...ids.map(arbitrarySagaOf))),
    scenarios: fc.array(arbitraryScenario, { maxLength: 1 }),
  })
  .map((parts) => ({
    formatVersion: 1,
    name: 'Arbitrary',
    description: '',
    services: [],
    layout: { sagas: {}, model: {} },
    ...parts,
  }))
