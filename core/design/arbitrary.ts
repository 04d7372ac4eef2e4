import fc from 'fast-check'
import type { Aggregate } from './aggregate'
import { arbitrarySaga } from './arbitrary-saga'
import type { Design } from './document'
import type { Service } from './service'

export { arbitrarySaga } from './arbitrary-saga'

/** The service that arbitrary sagas call: `depot` with an operation that can fail and one that undoes it. */
const depot: Service = {
  id: 'depot',
  operations: [
    {
      id: 'take',
      latency: { type: 'uniform', minMs: 1, maxMs: 50 },
      errors: [
        { name: 'SoldOut', kind: 'business', probability: 0.1 },
        { name: 'Unreachable', kind: 'technical', probability: 0.1 },
      ],
      response: '(input, ctx) => ({ taken: ctx.id })',
    },
    {
      id: 'giveBack',
      latency: { type: 'fixed', ms: 5 },
      errors: [{ name: 'Unreachable', kind: 'technical', probability: 0.1 }],
    },
    {
      id: 'ship',
      latency: { type: 'fixed', ms: 0 },
      errors: [{ name: 'SoldOut', kind: 'business', probability: 0 }],
      http: {
        method: 'POST',
        url: { type: 'template', template: 'https://depot.example/{order}' },
        headers: { type: 'code', code: '() => ({})' },
        expectStatuses: ['2xx'],
        errors: [{ status: 409, error: 'SoldOut' }],
        errorCodePath: 'code',
        redirects: 0,
      },
    },
  ],
}

/** The aggregate that arbitrary sagas command: a counter that refuses to fall below zero. */
const counter: Aggregate = {
  id: 'Counter',
  stateSchema: {},
  initialState: { count: 0 },
  rules: [],
  snapshotEvery: 100,
  commands: [
    { name: 'Increase', schema: {}, rules: [], decide: "() => ({ type: 'Increased', data: {} })" },
    {
      name: 'Decrease',
      schema: {},
      rules: [],
      decide:
        "(command, state) => state.count > 0 ? { type: 'Decreased', data: {} } : reject('Empty', 'nothing is left')",
    },
  ],
  events: [
    {
      name: 'Increased',
      schema: {},
      version: 1,
      upcasters: [],
      evolve: '(state) => ({ count: state.count + 1 })',
    },
    {
      name: 'Decreased',
      schema: {},
      version: 1,
      upcasters: [],
      evolve: '(state) => ({ count: state.count - 1 })',
    },
  ],
}

/**
 * Any design the schema accepts, in its sagas above all.
 * @param options.acyclic its one saga runs: no cycles, nothing unknown, no error in lint
 */
export function arbitraryDesign(options: { readonly acyclic?: boolean } = {}): fc.Arbitrary<Design> {
  const sagas = options.acyclic
    ? fc.tuple(arbitrarySaga({ acyclic: true }))
    : fc.array(arbitrarySaga({ acyclic: false }), { maxLength: 3 })
  const place = fc.record({
    x: fc.integer({ min: -1000, max: 1000 }),
    y: fc.integer({ min: -1000, max: 1000 }),
  })
  const known = options.acyclic ? fc.constant(true) : fc.boolean()
  return fc.record({ sagas, known, place }).map(
    ({ sagas, known, place }): Design => ({
      formatVersion: 1,
      name: 'Arbitrary',
      description: '',
      services: known ? [depot] : [],
      aggregates: known ? [counter] : [],
      projections: [
        {
          id: 'counts',
          from: known ? [] : ['Counter'],
          key: '(event) => event.streamId',
          on: { Increased: '(row) => ({ count: (row?.count ?? 0) + 1 })' },
          delayMs: 0,
          queries: [],
        },
      ],
      sagas: [...sagas],
      policies: [],
      scenarios: [],
      layout: { sagas: { saga: { start: place, ghost: place } }, model: {} },
    }),
  )
}
