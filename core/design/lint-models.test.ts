import { describe, expect, it } from 'vitest'
import { choice, design, problems, saga, told } from './lint-fixture'
import { applyPatch } from './patch'

describe('DUPLICATE_ID', () => {
  it('is told in every scope, for every one but the first', () => {
    const operation = { id: 'o', errors: [{ name: 'E' }, { name: 'E' }] }
    const aggregate = {
      id: 'A',
      initialState: {},
      commands: [
        { name: 'C', decide: 'd' },
        { name: 'C', decide: 'd' },
      ],
      events: [
        { name: 'E', evolve: 'e' },
        { name: 'E', evolve: 'e' },
      ],
    }
    const drawn = saga('start > c, c > a : x, c > b : default', { c: choice('x', 'x') })
    const scenario = {
      id: 'r',
      name: 'R',
      type: 'saga',
      saga: 'saga',
      when: {},
      expect: { status: 'completed' },
    } as const
    const policy = { id: 'q', on: 'E', reaction: { type: 'start-saga', saga: 'saga' } } as const
    const doc = design({
      services: [{ id: 's', operations: [operation, operation] }, { id: 's' }],
      aggregates: [aggregate, { id: 'A', initialState: {} }],
      projections: [
        { id: 'p', key: 'k' },
        { id: 'p', key: 'k' },
      ],
      sagas: [
        {
          ...drawn,
          nodes: [...drawn.nodes, { id: 'a', type: 'end' }],
          edges: [...drawn.edges, { id: 'e1', from: 'a', to: 'b' }],
        },
        { id: 'saga', nodes: [], edges: [] },
      ],
      policies: [policy, policy],
      scenarios: [scenario, scenario],
    })
    expect(problems(doc, 'DUPLICATE_ID').map(({ path }) => path.join('.'))).toEqual([
      'services.1.id',
      'aggregates.1.id',
      'projections.1.id',
      'sagas.1.id',
      'policies.1.id',
      'scenarios.1.id',
      'services.0.operations.1.id',
      'services.0.operations.0.errors.1.name',
      'services.0.operations.1.errors.1.name',
      'aggregates.0.commands.1.name',
      'aggregates.0.events.1.name',
      'sagas.0.nodes.4.id',
      'sagas.0.edges.3.id',
      'sagas.0.nodes.1.branches.1.id',
    ])
  })

  it('offers an id that nobody has', () => {
    const doc = design({ services: [{ id: 's' }, { id: 's-2' }, { id: 's' }] })
    expect(problems(doc, 'DUPLICATE_ID')[0]?.fix).toMatchObject({ title: 'Rename to "s-3"' })
  })
})

describe('numbers and places', () => {
  it('OPERATION_ERROR_PROBABILITY: the errors of an operation add up to at most 1', () => {
    const of = (...probabilities: readonly number[]) =>
      design({
        services: [
          {
            id: 's',
            operations: [
              { id: 'o', errors: probabilities.map((probability, at) => ({ name: `E${at}`, probability })) },
            ],
          },
        ],
      })
    const doc = of(0.9, 0.6)
    const found = problems(doc, 'OPERATION_ERROR_PROBABILITY')
    expect(found).toMatchObject([{ severity: 'error', path: ['services', 0, 'operations', 0, 'errors'] }])
    expect(
      problems(
        design(applyPatch(JSON.parse(JSON.stringify(doc)), found[0]?.fix?.patch ?? []) as object),
        'OPERATION_ERROR_PROBABILITY',
      ),
    ).toEqual([])
    expect(problems(of(...Array.from({ length: 10 }, () => 0.1)), 'OPERATION_ERROR_PROBABILITY')).toEqual([])
  })

  it('SHARED_STREAM: an aggregate whose id begins with another and a dash', () => {
    const of = (...ids: readonly string[]) =>
      design({ aggregates: ids.map((id) => ({ id, initialState: {} })) })
    expect(told(of('Order', 'Order-Item'), 'SHARED_STREAM')).toEqual(['aggregates.1.id'])
    expect(told(of('Order', 'OrderItem', 'Item'), 'SHARED_STREAM')).toEqual([])
  })

  it('UPCASTER_COUNT: version n needs n - 1 upcasters', () => {
    const of = (version: number, upcasters: readonly string[]) =>
      design({
        aggregates: [
          {
            id: 'A',
            initialState: {},
            events: [{ name: 'E', version, upcasters: [...upcasters], evolve: 'e' }],
          },
        ],
      })
    expect(told(of(2, []), 'UPCASTER_COUNT')).toEqual(['aggregates.0.events.0.upcasters'])
    expect(told(of(2, ['u']), 'UPCASTER_COUNT')).toEqual([])
  })

  it('LAYOUT_OF_UNKNOWN_NODE: places of what is not there are worth a note', () => {
    const point = { x: 0, y: 0 }
    const doc = design({
      sagas: [saga('start > a')],
      layout: { sagas: { saga: { a: point, ghost: point }, gone: {} } },
    })
    expect(
      problems(doc, 'LAYOUT_OF_UNKNOWN_NODE').map(({ path, severity }) => `${path.join('.')} ${severity}`),
    ).toEqual(['layout.sagas.saga.ghost info', 'layout.sagas.gone info'])
  })

  it('UNREADABLE_SCHEMA: a schema that cannot be read is a warning where it stands', () => {
    const broken = { $ref: '#/nowhere' }
    const doc = design({
      services: [{ id: 's', operations: [{ id: 'o', inputSchema: broken }] }],
      aggregates: [
        {
          id: 'A',
          initialState: {},
          stateSchema: broken,
          commands: [{ name: 'C', decide: 'd', schema: broken }],
          events: [{ name: 'E', evolve: 'e', schema: { type: 'object' } }],
        },
      ],
      sagas: [saga('start > a', { start: { type: 'start', inputSchema: broken } })],
    })
    expect(problems(doc, 'UNREADABLE_SCHEMA').map(({ path }) => path.at(-1))).toEqual([
      'inputSchema',
      'stateSchema',
      'schema',
      'inputSchema',
    ])
  })
})

describe('nodes', () => {
  it('WAIT_WITHOUT_TIME: a wait says how long or until when', () => {
    const wait = (parts: object) =>
      told(design({ sagas: [saga('start > w', { w: { type: 'wait', ...parts } })] }), 'WAIT_WITHOUT_TIME')
    expect(wait({})).toEqual(['w'])
    expect(wait({ durationMs: 0 })).toEqual([])
    expect(wait({ until: '() => 0' })).toEqual([])
  })
})
