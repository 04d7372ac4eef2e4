import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Design, type DesignInput, parseDesign } from '../design/document'
import { arbitraryModel } from './arbitrary-model'
import { causesAndEffects, modelMap, placeKey } from './index'

function design(parts: Partial<DesignInput>): Design {
  const parsed = parseDesign({ formatVersion: 1, name: 'Shop', ...parts })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

const order = {
  id: 'Order',
  initialState: {},
  commands: [
    { name: 'Place', decide: "() => ({ type: 'Placed', data: {} })" },
    { name: 'Drop', decide: "() => event('Dropped', {})" },
    { name: 'Wait', decide: '() => []' },
  ],
  events: [
    { name: 'Placed', evolve: '(s) => s' },
    { name: 'Dropped', evolve: '(s) => s' },
    { name: 'Lost', evolve: '(s) => s' },
  ],
}
const shop = design({
  aggregates: [order],
  projections: [{ id: 'orders', from: ['Order'], key: '(e) => e.streamId', on: { Placed: '(r) => r' } }],
  policies: [
    { id: 'begin', on: 'Placed', reaction: { type: 'start-saga', saga: 'main' } },
    { id: 'tell', on: 'SagaFailed', reaction: { type: 'start-saga', saga: 'nowhere' } },
  ],
  sagas: [
    {
      id: 'main',
      nodes: [
        { id: 'start', type: 'start' },
        {
          id: 'a',
          type: 'step',
          action: { type: 'script', code: '() => ({})' },
          compensation: {
            action: { type: 'command', aggregate: 'Order', command: 'Drop', key: "() => '1'" },
          },
        },
        {
          id: 'b',
          type: 'step',
          action: { type: 'command', aggregate: 'Order', command: 'Gone', key: "() => '1'" },
        },
      ],
      edges: [],
    },
  ],
})
const map = modelMap(shop)
const lacks = (id: string) => map.nodes.find((node) => node.id === id)?.lacks

describe('the model map', () => {
  it('wires what sends, emits, listens, reacts and starts', () => {
    expect(map.edges.filter(({ kind }) => kind !== 'handled').map(({ id }) => id)).toEqual([
      'command/Order/Place emits event/Order/Placed',
      'command/Order/Drop emits event/Order/Dropped',
      'event/Order/Placed feeds projection/orders',
      'event/Order/Placed triggers policy/begin',
      'policy/begin starts saga/main',
      'event/run/SagaFailed triggers policy/tell',
      'policy/tell starts saga/nowhere',
      'saga/main sends command/Order/Drop',
      'saga/main sends command/Order/Gone',
      'saga/main emits event/run/SagaFailed',
    ])
    const drop = map.edges.find(({ to }) => to === 'command/Order/Drop')
    expect(drop).toMatchObject({ via: ['a'], undoes: true })
  })

  it('marks what is not defined, not emitted, not heard, and what emits nothing', () => {
    expect(lacks('command/Order/Gone')).toEqual(['not-defined'])
    expect(lacks('saga/nowhere')).toEqual(['not-defined'])
    expect(lacks('event/Order/Lost')).toEqual(['not-emitted', 'not-heard'])
    expect(lacks('event/Order/Dropped')).toEqual(['not-heard'])
    expect(lacks('command/Order/Wait')).toEqual(['emits-nothing'])
    expect(lacks('event/Order/Placed')).toEqual([])
    expect(lacks('event/run/SagaFailed')).toEqual([])
  })

  it('joins an event that is decided and heard, and nowhere defined, to one', () => {
    const { nodes } = modelMap(
      design({
        aggregates: [{ ...order, events: [] }],
        projections: [
          { id: 'orders', key: '(e) => e.streamId', on: { Placed: '(r) => r', Else: '(r) => r' } },
        ],
      }),
    )
    expect(nodes.filter(({ from }) => from === 'missing').map(({ id }) => id)).toEqual([
      'event/Order/Placed',
      'event/Order/Dropped',
      'event/?/Else',
    ])
  })

  it('has every definition of any design exactly once, and both ends of every edge', () => {
    fc.assert(
      fc.property(arbitraryModel, (any) => {
        const { nodes, edges } = modelMap(any)
        const ids = nodes.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        const defined = [
          ...any.sagas.map(({ id }) => placeKey.saga(id)),
          ...any.policies.map(({ id }) => placeKey.policy(id)),
          ...any.projections.map(({ id }) => placeKey.projection(id)),
          ...any.aggregates.flatMap(({ id, commands, events }) => [
            placeKey.aggregate(id),
            ...commands.map(({ name }) => placeKey.command(id, name)),
            ...events.map(({ name }) => placeKey.event(id, name)),
          ]),
        ]
        expect(
          nodes
            .filter(({ from }) => from === 'design')
            .map(({ id }) => id)
            .sort(),
        ).toEqual(defined.sort())
        for (const { from, to } of edges) {
          expect(ids).toContain(from)
          expect(ids).toContain(to)
        }
        expect(new Set(edges.map(({ id }) => id)).size).toBe(edges.length)
      }),
      { numRuns: 100 },
    )
  })
})

describe('causes and effects', () => {
  it('are what leads to an event and what follows from it, with the aggregate, and not its other commands', () => {
    expect([...causesAndEffects(map, 'event/Order/Placed')].sort()).toEqual([
      'aggregate/Order',
      'command/Order/Drop',
      'command/Order/Gone',
      'command/Order/Place',
      'event/Order/Dropped',
      'event/Order/Placed',
      'event/run/SagaFailed',
      'policy/begin',
      'policy/tell',
      'projection/orders',
      'saga/main',
      'saga/nowhere',
    ])
    expect([...causesAndEffects(map, 'event/Order/Lost')].sort()).toEqual([
      'aggregate/Order',
      'event/Order/Lost',
    ])
  })

  it('of an aggregate are those of its commands and events', () => {
    expect(causesAndEffects(map, 'aggregate/Order').has('event/Order/Lost')).toBe(true)
    expect(causesAndEffects(map, 'aggregate/Order').has('projection/orders')).toBe(true)
  })
})
