// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { causesAndEffects, modelMap } from '@/core/model-map'
import { templates } from '@/examples'
import { layoutModel } from '@/lib/layout/model-layout'
import { buildMapEdges, buildMapNodes, framesOf, type MapInputs } from './build-map'
import { MapOverview } from './inspector/map-overview'
import { MapPalette } from './map-palette'
import { spokenLabel } from './map-words'
import { outlineRows } from './outline-rows'

const document = templates.find(({ id }) => id === 'order-fulfilment')?.document
if (!document) throw new Error('the template is there')
const map = modelMap(document)
const inputs: MapInputs = {
  map,
  places: layoutModel(map),
  chosen: null,
  focus: null,
  problems: {},
  renaming: null,
  editable: true,
}
const node = (id: string) => {
  const found = map.nodes.find((one) => one.id === id)
  if (!found) throw new Error(id)
  return found
}

afterEach(cleanup)

describe('the map as it is drawn', () => {
  it('keeps a card the very object it was while it shows nothing new', () => {
    const first = buildMapNodes(inputs, new Map())
    const again = buildMapNodes(
      { ...inputs, chosen: 'event/Order/OrderShipped' },
      new Map(first.map((card) => [card.id, card])),
    )
    const changed = again.filter((card, at) => card !== first[at] && card.type !== 'frame')
    // the chosen one, and the one that Tab reached before
    expect(changed.map(({ id }) => id)).toEqual(['saga/fulfil-order', 'event/Order/OrderShipped'])
  })

  it('lets the wire of a command go through its aggregate, and draws no second one to it', () => {
    const wires = buildMapEdges(inputs)
    expect(wires.some(({ data }) => data?.edge.kind === 'handled')).toBe(false)
    expect(wires.find(({ source }) => source === 'command/Order/ShipOrder')?.data?.through).toBe(
      'aggregate/Order',
    )
  })

  it('leads a wire back in time beneath everything', () => {
    const places = { ...inputs.places, 'projection/orders': { x: -900, y: 0 } }
    const lanes = buildMapEdges({ ...inputs, places }).flatMap(({ data }) => data?.backAt ?? [])
    expect(lanes).toHaveLength(5)
    expect(new Set(lanes).size).toBe(5)
    expect(Math.min(...lanes)).toBeGreaterThan(Math.max(...Object.values(places).map(({ y }) => y)))
  })

  it('fades what neither leads to the chosen one nor follows from it', () => {
    const focus = causesAndEffects(map, 'event/Order/OrderShipped')
    const faded = buildMapNodes({ ...inputs, focus }, new Map()).filter(({ data }) => data.faded)
    expect(faded.map(({ id }) => id)).toContain('command/Order/CreateOrder')
    expect(faded.map(({ id }) => id)).not.toContain('aggregate/Order')
    expect(buildMapEdges({ ...inputs, focus }).filter(({ data }) => !data?.faded)).toHaveLength(2)
  })

  it('frames an aggregate with all its parts, wherever they were put', () => {
    const places = { ...inputs.places, 'event/Order/OrderShipped': { x: 2000, y: 900 } }
    const [frame] = framesOf(map, places)
    expect((frame?.at.x ?? 0) + (frame?.width ?? 0)).toBeGreaterThan(2200)
  })
})

describe('in words', () => {
  it('a card says what it is, where it comes from and where it leads', () => {
    expect(spokenLabel(map, node('event/Order/OrderShipped'))).toBe(
      'OrderShipped, event of Order, emitted by ShipOrder, feeds Orders',
    )
    expect(spokenLabel(map, node('aggregate/Order'))).toBe('Order, aggregate, 5 commands, 5 events')
  })

  it('the outline has everything once, parts beneath their aggregate', () => {
    const rows = outlineRows(map)
    expect(rows.map(({ node: { id } }) => id).sort()).toEqual(map.nodes.map(({ id }) => id).sort())
    expect(rows.filter(({ level }) => level === 2)).toHaveLength(10)
  })

  it('the overview counts what there is and leads to what hangs loose', () => {
    const loose = structuredClone(document)
    loose.projections = []
    const chosen: string[] = []
    render(<MapOverview map={modelMap(loose)} onChoose={(id) => chosen.push(id)} />)
    fireEvent.click(screen.getByRole('button', { name: /^OrderShipped/ }))
    expect(chosen).toEqual(['event/Order/OrderShipped'])
  })

  it('the palette adds by a press what it adds by dragging', () => {
    const added: string[] = []
    render(<MapPalette onAdd={(kind) => added.push(kind)} />)
    for (const button of screen.getAllByRole('button')) fireEvent.click(button)
    expect(added).toEqual(['command', 'aggregate', 'event', 'policy', 'saga', 'projection'])
  })
})
