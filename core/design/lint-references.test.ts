import { describe, expect, it } from 'vitest'
import { design, problems, saga, told } from './lint-fixture'
import { applyPatch } from './patch'

const call = (service: string, operation: string) =>
  ({ type: 'step', action: { type: 'call', service, operation } }) as const
const send = (aggregate: string, command: string) =>
  ({ type: 'step', action: { type: 'command', aggregate, command, key: '() => "k"' } }) as const
const services = [{ id: 's', operations: [{ id: 'o' }] }]
const aggregates = [
  {
    id: 'A',
    initialState: {},
    commands: [{ name: 'C', decide: "() => ({ type: 'E', data: {} })" }],
    events: [{ name: 'E', evolve: '(s) => s' }],
  },
]

describe('references', () => {
  it('UNKNOWN_SERVICE: a call needs its service, in an action and in a compensation, and it can be added', () => {
    const doc = design({
      services,
      sagas: [
        saga('start > a', {
          a: { ...call('ghost', 'o'), compensation: { action: call('ghost', 'p').action } },
        }),
      ],
    })
    const found = problems(doc, 'UNKNOWN_SERVICE')
    expect(found.map(({ path }) => path.slice(4).join('.'))).toEqual([
      'action.service',
      'compensation.action.service',
    ])
    const fixed = applyPatch(JSON.parse(JSON.stringify(doc)), found[0]?.fix?.patch ?? [])
    expect(problems(design(fixed as object), 'UNKNOWN_SERVICE')).toEqual([])
  })

  it('UNKNOWN_OPERATION: a call needs its operation, and it can be added', () => {
    const doc = design({ services, sagas: [saga('start > a', { a: call('s', 'ghost') })] })
    const found = problems(doc, 'UNKNOWN_OPERATION')
    expect(found).toMatchObject([{ severity: 'error' }])
    expect(
      problems(
        design(applyPatch(JSON.parse(JSON.stringify(doc)), found[0]?.fix?.patch ?? []) as object),
        'UNKNOWN_OPERATION',
      ),
    ).toEqual([])
  })

  it('UNKNOWN_AGGREGATE: of a command, a policy, a read model and a scenario', () => {
    const doc = design({
      sagas: [saga('start > a', { a: send('ghost', 'C') })],
      projections: [{ id: 'p', from: ['ghost'], key: 'k' }],
      policies: [
        {
          id: 'q',
          on: 'SagaFailed',
          reaction: { type: 'send-command', aggregate: 'ghost', command: 'C', key: 'k' },
        },
      ],
      scenarios: [
        { id: 'r', name: 'R', type: 'aggregate', aggregate: 'ghost', when: { type: 'C' }, expect: {} },
      ],
    })
    expect(problems(doc, 'UNKNOWN_AGGREGATE').map(({ path, severity }) => `${path[0]} ${severity}`)).toEqual([
      'sagas error',
      'policies error',
      'projections warning',
      'scenarios warning',
    ])
  })

  it('UNKNOWN_COMMAND: an aggregate has the commands it has', () => {
    expect(
      problems(
        design({ aggregates, sagas: [saga('start > a', { a: send('A', 'Ghost') })] }),
        'UNKNOWN_COMMAND',
      ),
    ).toMatchObject([{ severity: 'error', fix: { title: 'Send C' } }])
  })

  it('UNKNOWN_SAGA and UNKNOWN_PROJECTION: what is run and what is told of must be there', () => {
    const doc = design({
      sagas: [saga('start > a', { a: { type: 'saga', saga: 'ghost' } })],
      scenarios: [{ id: 'r', name: 'R', type: 'projection', projection: 'ghost', expect: { rows: {} } }],
    })
    expect(told(doc, 'UNKNOWN_SAGA')).toEqual(['a'])
    const [missing] = problems(doc, 'UNKNOWN_SAGA')
    const fixed = applyPatch(JSON.parse(JSON.stringify(doc)), missing?.fix?.patch ?? [])
    expect(problems(design(fixed as object), 'UNKNOWN_SAGA')).toEqual([])
    expect(told(doc, 'UNKNOWN_PROJECTION')).toEqual(['scenarios.0.projection'])
  })

  it('SAGA_RECURSION: sagas must not run each other in a circle, by nodes or by bodies', () => {
    const map = { type: 'map', items: '() => []', body: { type: 'saga', saga: 'one' } } as const
    const doc = design({
      sagas: [
        saga('start > a', { a: { type: 'saga', saga: 'two' } }, 'one'),
        saga('start > b', { b: map }, 'two'),
        saga('start > c', { c: { type: 'saga', saga: 'two' } }, 'three'),
      ],
    })
    expect(told(doc, 'SAGA_RECURSION')).toEqual(['a', 'b'])
    expect(problems(doc, 'SAGA_RECURSION')[0]?.message).toContain('one → two → one')
  })
})

describe('UNKNOWN_EVENT', () => {
  it('tells a read model and a policy that listen for what nobody emits, and lets them listen to runs', () => {
    const doc = design({
      aggregates,
      projections: [{ id: 'p', key: 'k', on: { E: 'h', Ghost: 'h', SagaCompleted: 'h' } }],
      policies: [
        { id: 'q', on: 'Ghost', reaction: { type: 'send-command', aggregate: 'A', command: 'C', key: 'k' } },
      ],
    })
    expect(told(doc, 'UNKNOWN_EVENT')).toEqual(['projections.0.on.Ghost', 'policies.0.on'])
  })

  it('tells a read model that listens to another aggregate than the one that emits', () => {
    const doc = design({
      aggregates: [...aggregates, { id: 'B', initialState: {} }],
      projections: [{ id: 'p', from: ['B'], key: 'k', on: { E: 'h' } }],
    })
    expect(told(doc, 'UNKNOWN_EVENT')).toEqual(['projections.0.on.E'])
  })

  it('tells a command that decides an event its aggregate does not have, and no other object with a type', () => {
    const decide = "() => [{ type: 'E', data: { type: 'card' } }, { type: \"Ghost\" }, event('Spook')]"
    const doc = design({
      aggregates: [{ ...aggregates[0], id: 'A', initialState: {}, commands: [{ name: 'C', decide }] }],
    })
    expect(problems(doc, 'UNKNOWN_EVENT')).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('"Ghost"') },
      { severity: 'warning', message: expect.stringContaining('"Spook"') },
    ])
  })

  it('tells a scenario that is given an event its aggregate does not have', () => {
    const doc = design({
      aggregates,
      scenarios: [
        {
          id: 'r',
          name: 'R',
          type: 'aggregate',
          aggregate: 'A',
          when: { type: 'C' },
          expect: {},
          given: [
            { type: 'E', data: {} },
            { type: 'Ghost', data: {} },
          ],
        },
      ],
    })
    expect(told(doc, 'UNKNOWN_EVENT')).toEqual(['scenarios.0.given.1.type'])
  })
})
