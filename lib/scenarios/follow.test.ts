import { describe, expect, it } from 'vitest'
import { type Design, parseDesign } from '@/core/design/document'
import { renameNodeId, renameSagaId } from '@/lib/commands/edits/rename-node'
import {
  removeFromScenarios,
  renameAggregateInScenarios,
  renameCommandInScenarios,
  renameEventInScenarios,
  renameProjectionInScenarios,
  scenariosAbout,
} from './follow'

function design(): Design {
  const event = (name: string) => ({ name, evolve: '(state) => state' })
  const parsed = parseDesign({
    formatVersion: 1,
    name: 'Followed',
    aggregates: [
      {
        id: 'Order',
        initialState: {},
        commands: [{ name: 'Place', decide: '() => []' }],
        events: [event('Placed')],
      },
      { id: 'Order-line', initialState: {}, events: [event('Placed')] },
    ],
    projections: [{ id: 'lines', from: ['Order-line'], key: '() => 1' }],
    sagas: [
      {
        id: 'outer',
        nodes: [
          { id: 'start', type: 'start' },
          { id: 'ask', type: 'approval' },
          { id: 'pay', type: 'saga', saga: 'inner' },
          { id: 'each', type: 'map', items: '() => []', body: { type: 'saga', saga: 'inner' } },
        ],
        edges: [],
      },
      {
        id: 'inner',
        nodes: [
          { id: 'start', type: 'start' },
          { id: 'pay', type: 'step', action: { type: 'script', code: '() => ({})' } },
        ],
        edges: [],
      },
    ],
    scenarios: [
      {
        id: 'a',
        name: 'A',
        type: 'aggregate',
        aggregate: 'Order',
        given: [{ type: 'Placed' }],
        when: { type: 'Place' },
        expect: { events: [{ type: 'Placed' }] },
      },
      {
        id: 'p',
        name: 'P',
        type: 'projection',
        projection: 'lines',
        given: [{ type: 'Placed' }],
        expect: { rows: {} },
      },
      {
        id: 's',
        name: 'S',
        type: 'saga',
        saga: 'outer',
        given: [
          { stream: 'Order-1', type: 'Placed' },
          { stream: 'Order-line-1', type: 'Placed' },
        ],
        when: {
          faults: [{ node: 'pay/pay', effect: { type: 'duplicate' } }],
          told: [{ type: 'decision', node: 'ask', decision: 'approved' }],
        },
        expect: {
          status: 'completed',
          compensations: ['each/1/pay', 'pay/pay'],
          events: [{ stream: 'Order-1', type: 'Placed' }],
        },
      },
    ],
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}
const changed = (recipe: (draft: Design) => void): Design['scenarios'] => {
  const draft = design()
  recipe(draft)
  return draft.scenarios
}

describe('scenarios follow', () => {
  it('an aggregate with another id, at the head of its own streams and of no other', () => {
    const [a, , s] = changed((draft) => renameAggregateInScenarios(draft, 'Order', 'Sale'))
    expect(a).toMatchObject({ aggregate: 'Sale' })
    expect(s?.given.map(({ stream }) => stream)).toEqual(['Sale-1', 'Order-line-1'])
    expect(s).toMatchObject({ expect: { events: [{ stream: 'Sale-1' }] } })
  })

  it('a command, a projection and a saga with another name', () => {
    const [a] = changed((draft) => renameCommandInScenarios(draft, 'Order', 'Place', 'Buy'))
    expect(a).toMatchObject({ when: { type: 'Buy' } })
    const [, p] = changed((draft) => renameProjectionInScenarios(draft, 'lines', 'rows'))
    expect(p).toMatchObject({ projection: 'rows' })
    const [, , s] = changed((draft) => renameSagaId(draft, 'outer', 'whole'))
    expect(s).toMatchObject({ saga: 'whole' })
  })

  it('an event of one aggregate, where another has one of the same name', () => {
    const [a, p, s] = changed((draft) => renameEventInScenarios(draft, 'Order', 'Placed', 'Bought'))
    expect(a).toMatchObject({ given: [{ type: 'Bought' }], expect: { events: [{ type: 'Bought' }] } })
    expect(p?.given[0]?.type).toBe('Placed')
    expect(s?.given.map(({ type }) => type)).toEqual(['Bought', 'Placed'])
    expect(s).toMatchObject({ expect: { events: [{ type: 'Bought' }] } })
  })

  it('a node with another id, in the paths of its own saga and of those that run it', () => {
    const [, , inner] = changed((draft) => renameNodeId(draft, 'inner', 'pay', 'charge'))
    expect(inner).toMatchObject({
      when: { faults: [{ node: 'pay/charge' }] },
      expect: { compensations: ['each/1/charge', 'pay/charge'] },
    })
    const [, , outer] = changed((draft) => renameNodeId(draft, 'outer', 'pay', 'settle'))
    expect(outer).toMatchObject({
      when: { faults: [{ node: 'settle/pay' }] },
      expect: { compensations: ['each/1/pay', 'settle/pay'] },
    })
    const [, , asked] = changed((draft) => renameNodeId(draft, 'outer', 'ask', 'approve'))
    expect(asked).toMatchObject({ when: { told: [{ node: 'approve' }] } })
  })

  it('what is deleted: those about it go, and its events go from the others', () => {
    const names = (scenarios: Design['scenarios']) => scenarios.map(({ id }) => id)
    expect(scenariosAbout(design(), { kind: 'aggregate', id: 'Order' })).toEqual(['A'])
    expect(names(changed((draft) => removeFromScenarios(draft, { kind: 'aggregate', id: 'Order' })))).toEqual(
      ['p', 's'],
    )
    expect(
      names(changed((draft) => removeFromScenarios(draft, { kind: 'projection', id: 'lines' }))),
    ).toEqual(['a', 's'])
    expect(names(changed((draft) => removeFromScenarios(draft, { kind: 'saga', id: 'outer' })))).toEqual([
      'a',
      'p',
    ])
    const command = { kind: 'command', aggregate: 'Order', name: 'Place' } as const
    expect(names(changed((draft) => removeFromScenarios(draft, command)))).toEqual(['p', 's'])
    const [a, p, s] = changed((draft) =>
      removeFromScenarios(draft, { kind: 'event', aggregate: 'Order', name: 'Placed' }),
    )
    expect(a).toMatchObject({ given: [], expect: { events: [] } })
    expect([p?.given.length, s?.given.map(({ stream }) => stream)]).toEqual([1, ['Order-line-1']])
  })
})
