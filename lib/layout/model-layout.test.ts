import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DesignInput, parseDesign } from '@/core/design/document'
import { modelMap } from '@/core/model-map'
import { arbitraryModel } from '@/core/model-map/arbitrary-model'
import { templates } from '@/examples'
import { mapNodeSize } from './model-boxes'
import { layoutModel } from './model-layout'
import { modelPlaces } from './model-places'

function map(parts: Partial<DesignInput>) {
  const parsed = parseDesign({ formatVersion: 1, name: 'Shop', ...parts })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return modelMap(parsed.value)
}

const decides = (id: string) => ({
  id,
  initialState: {},
  commands: [{ name: `Do${id}`, decide: `() => event('${id}Done')` }],
  events: [{ name: `${id}Done`, evolve: '(s) => s' }],
})
const sends = (id: string, on: string, aggregate: string) => ({
  id,
  on,
  reaction: { type: 'send-command' as const, aggregate, command: `Do${aggregate}`, key: "() => '1'" },
})

describe('the layout of the map', () => {
  it('places everything of any design, and nothing on another', () => {
    fc.assert(
      fc.property(arbitraryModel, (any) => {
        const drawn = modelMap(any)
        expect(noneOnAnother(drawn, layoutModel(drawn))).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('lets time go from left to right, policies that lead on among it', () => {
    const drawn = map({
      aggregates: [decides('B'), decides('A')],
      policies: [sends('p', 'ADone', 'B')],
      projections: [{ id: 'rows', from: ['B'], key: "() => '1'", on: { BDone: '(r) => r' } }],
    })
    const places = layoutModel(drawn)
    const chain = [
      'command/A/DoA',
      'aggregate/A',
      'event/A/ADone',
      'policy/p',
      'command/B/DoB',
      'event/B/BDone',
      'projection/rows',
    ]
    const columns = chain.map((id) => places[id]?.x ?? Number.NaN)
    expect(columns).toEqual(columns.toSorted((a, b) => a - b))
    expect(new Set(columns).size).toBe(chain.length)
  })

  it('ends on a circle of policies', () => {
    const drawn = map({
      aggregates: [decides('A'), decides('B')],
      policies: [sends('p', 'ADone', 'B'), sends('q', 'BDone', 'A')],
    })
    expect(Object.keys(layoutModel(drawn))).toHaveLength(drawn.nodes.length)
  })

  it('puts an event beside the command that emits it', () => {
    const document = templates.find(({ id }) => id === 'order-fulfilment')?.document
    if (!document) throw new Error('the template is there')
    const places = layoutModel(modelMap(document))
    for (const name of ['Create', 'Confirm', 'Ship', 'Deliver', 'Cancel']) {
      const event = Object.keys(places).find((id) => id.startsWith(`event/Order/Order${name}`))
      expect(places[event ?? '']?.y).toBe(places[`command/Order/${name}Order`]?.y)
    }
  })
})

describe('places on the map', () => {
  it('are what the document says; a newcomer stands beneath its like, and on nothing', () => {
    fc.assert(
      fc.property(arbitraryModel, fc.nat(), (any, pick) => {
        const drawn = modelMap(any)
        const all = layoutModel(drawn)
        const gone = Object.keys(all)[pick % Math.max(1, drawn.nodes.length)] ?? ''
        const { [gone]: _left, ...placed } = all
        const places = modelPlaces(drawn, placed)
        expect(places).toMatchObject(placed)
        expect(noneOnAnother(drawn, places)).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})

function noneOnAnother(drawn: ReturnType<typeof modelMap>, places: ReturnType<typeof layoutModel>): boolean {
  const boxes = drawn.nodes.map((node) => {
    const at = places[node.id]
    if (!at) throw new Error(`${node.id} has no place`)
    return { ...at, ...mapNodeSize(drawn, node) }
  })
  return boxes.every((a, index) =>
    boxes
      .slice(index + 1)
      .every(
        (b) => a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height,
      ),
  )
}
