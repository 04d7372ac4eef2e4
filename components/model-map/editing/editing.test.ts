import { describe, expect, it } from 'vitest'
import { type Design, type DesignInput, parseDesign } from '@/core/design/document'
import { emittedEvents } from '@/core/design/emitted-events'
import { type MapNode, modelMap, placeKey } from '@/core/model-map'
import { addition } from './addition'
import { definition } from './definition'
import type { EditPlan } from './edit-plan'
import { removal } from './removal'
import { renamable, renaming } from './renaming'
import { wireTargets, wiring } from './wiring'

const INPUT: DesignInput = {
  formatVersion: 1,
  name: 'Shop',
  aggregates: [
    {
      id: 'Order',
      initialState: {},
      commands: [
        { name: 'Place', decide: "() => ({ type: 'Placed', data: {} })" },
        { name: 'Odd', decide: '(command) => decided(command)' },
      ],
      events: [
        { name: 'Placed', evolve: '(s) => s' },
        { name: 'Paid', evolve: '(s) => s' },
      ],
    },
    { id: 'Parcel', initialState: {}, commands: [{ name: 'Send', decide: '() => []' }], events: [] },
  ],
  projections: [
    { id: 'orders', name: 'Orders', from: ['Parcel'], key: '(e) => e.streamId', on: { Lost: '(r) => r' } },
  ],
  policies: [{ id: 'p', on: 'Placed', reaction: { type: 'start-saga', saga: 'ghost' } }],
  sagas: [{ id: 'main', name: 'Main', nodes: [{ id: 'start', type: 'start' }], edges: [] }],
}

function shop(): Design {
  const parsed = parseDesign(structuredClone(INPUT))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

function on(design: Design, id: string): MapNode {
  const node = modelMap(design).nodes.find((one) => one.id === id)
  if (!node) throw new Error(`${id} is not on the map`)
  return node
}

/** Does it, as the store would; a plan that is no edit fails the test. */
function done(design: Design, plan: EditPlan): Design {
  if (plan.type !== 'edit') throw new Error(JSON.stringify(plan))
  const draft = structuredClone(design)
  plan.recipe(draft)
  expect(parseDesign(draft).ok).toBe(true)
  expect(modelMap(draft).nodes.map(({ id }) => id)).toContain(plan.shows)
  return draft
}

const wires = (design: Design): readonly string[] => modelMap(design).edges.map(({ id }) => id)
const wired = (from: string, to: string): Design => {
  const design = shop()
  return done(design, wiring(design, on(design, from), on(design, to)))
}

describe('a wire', () => {
  it('from an event to a read model adds a handler, and lets it hear the aggregate', () => {
    const { projections } = wired('event/Order/Paid', 'projection/orders')
    expect(projections[0]).toMatchObject({ from: ['Parcel', 'Order'], on: { Paid: expect.any(String) } })
  })

  it('from an event to a saga or a command makes the policy between them', () => {
    expect(wires(wired('event/Order/Paid', 'saga/main'))).toEqual(
      expect.arrayContaining(['event/Order/Paid triggers policy/on-Paid', 'policy/on-Paid starts saga/main']),
    )
    expect(wires(wired('event/Order/Paid', 'command/Parcel/Send'))).toContain(
      'policy/on-Paid sends command/Parcel/Send',
    )
  })

  it('from a policy turns it to another saga or command, and one to it changes what it hears', () => {
    expect(wired('policy/p', 'saga/main').policies[0]?.reaction).toMatchObject({ saga: 'main' })
    expect(wired('policy/p', 'command/Parcel/Send').policies[0]?.reaction).toMatchObject({
      aggregate: 'Parcel',
      key: "(event) => event.streamId.slice('Order-'.length)",
    })
    expect(wired('event/Order/Paid', 'policy/p').policies[0]?.on).toBe('Paid')
  })

  it('from a command to an event emits it, or says how where the code is not its to change', () => {
    const design = wired('command/Order/Place', 'event/Order/Paid')
    expect(emittedEvents(design.aggregates[0]?.commands[0]?.decide ?? '')).toEqual(['Placed', 'Paid'])
    const odd = wiring(shop(), on(shop(), 'command/Order/Odd'), on(shop(), 'event/Order/Paid'))
    expect(odd).toMatchObject({ type: 'by-hand', how: expect.stringContaining("type: 'Paid'") })
  })

  it.each([
    ['command/Order/Place', 'projection/orders', 'emits events'],
    ['command/Parcel/Send', 'event/Order/Paid', 'own aggregate'],
    ['command/Order/Place', 'event/Order/Placed', 'already'],
    ['projection/orders', 'saga/main', 'end of the line'],
    ['event/Order/Paid', 'saga/ghost', 'not defined'],
    ['event/Order/Paid', 'event/Order/Paid', 'something else'],
  ])('from %s to %s is refused, with its reason', (from, to, why) => {
    const plan = wiring(shop(), on(shop(), from), on(shop(), to))
    expect(plan).toMatchObject({ type: 'refused', why: expect.stringContaining(why) })
  })

  it('is offered to what it can go to', () => {
    const design = shop()
    const ids = wireTargets(design, modelMap(design), on(design, 'event/Order/Paid')).map(({ id }) => id)
    expect(ids).toContain('projection/orders')
    expect(ids).not.toContain('saga/ghost')
    expect(ids).not.toContain('aggregate/Order')
  })
})

describe('adding', () => {
  const added = (kind: MapNode['kind'], at: string | null): Design => {
    const design = shop()
    return done(design, addition(design, kind, at === null ? null : on(design, at)))
  }

  it('puts a command or an event into the aggregate it is dropped on, or on a part of', () => {
    expect(added('command', 'aggregate/Parcel').aggregates[1]?.commands[1]?.name).toBe('NoteParcel')
    expect(added('event', 'event/Order/Paid').aggregates[0]?.events[2]?.name).toBe('OrderNoted')
  })

  it('lets a command emit the event that is dropped on it', () => {
    expect(wires(added('event', 'command/Order/Place'))).toContain(
      'command/Order/Place emits event/Order/OrderNoted',
    )
  })

  it('wires a read model or a policy to the event it is dropped on', () => {
    expect(wires(added('projection', 'event/Order/Paid'))).toContain(
      'event/Order/Paid feeds projection/overview',
    )
    expect(wires(added('policy', 'event/Order/Paid'))).toContain('event/Order/Paid triggers policy/whenever')
  })

  it('turns the policy that a saga is dropped on to it', () => {
    expect(added('saga', 'policy/p').policies[0]?.reaction).toMatchObject({ saga: 'saga' })
  })

  it('refuses what would belong to nothing, or do nothing', () => {
    expect(addition(shop(), 'event', null)).toMatchObject({ type: 'refused' })
    const bare = { ...shop(), aggregates: [], sagas: [] }
    expect(addition(bare, 'command', null)).toMatchObject({ why: expect.stringContaining('add one first') })
    expect(addition(bare, 'policy', null)).toMatchObject({ type: 'refused' })
  })
})

describe('what is named and not there', () => {
  it('is put in place under that very name', () => {
    const design = shop()
    const made = done(design, definition(on(design, 'saga/ghost')))
    expect(on(made, 'saga/ghost').from).toBe('design')
    const emits = shop()
    emits.aggregates[1]?.commands.push({
      name: 'Lose',
      schema: {},
      rules: [],
      decide: "() => event('Lost', {})",
    })
    expect(on(done(emits, definition(on(emits, 'event/Parcel/Lost'))), 'event/Parcel/Lost').lacks).toEqual([])
  })

  it('is left to a person when it is not said whose it is', () => {
    expect(definition(on(shop(), 'event/?/Lost'))).toMatchObject({ type: 'refused' })
  })
})

describe('renaming on the map', () => {
  it('changes what the card shows: the name where there is one, else what code calls it, everywhere', () => {
    const design = shop()
    const projection = on(design, 'projection/orders')
    expect(renamable(design, projection)).toBe('Orders')
    const named = renaming(design, projection, ' Sales ')
    expect(named && done(design, named).projections[0]).toMatchObject({ id: 'orders', name: 'Sales' })
    const event = renaming(design, on(design, 'event/Order/Placed'), 'Begun')
    const renamed = event && done(design, event)
    expect(renamed?.policies[0]?.on).toBe('Begun')
    expect(event).toMatchObject({ shows: placeKey.event('Order', 'Begun') })
  })

  it('refuses a name that is taken or is none; the same name is no change', () => {
    const design = shop()
    const event = on(design, 'event/Order/Placed')
    expect(renaming(design, event, 'Paid')).toMatchObject({ type: 'refused' })
    expect(renaming(design, event, 'two words')).toMatchObject({ type: 'refused' })
    expect(renaming(design, event, 'Placed')).toBeNull()
    expect(renamable(design, on(design, 'saga/ghost'))).toBeNull()
  })
})

describe('deleting on the map', () => {
  it('says who uses it, forgets its place, and goes to what it belonged to', () => {
    const design = shop()
    design.layout.model = { 'event/Order/Placed': { x: 1, y: 2 }, 'event/Order/Paid': { x: 3, y: 4 } }
    const found = removal(design, on(design, 'event/Order/Placed'))
    expect(found).toMatchObject({ uses: ['policy p'], shows: 'aggregate/Order' })
    found?.recipe(design)
    expect(Object.keys(design.layout.model)).toEqual(['event/Order/Paid'])
    expect(removal(design, on(design, 'saga/ghost'))).toBeNull()
  })
})
