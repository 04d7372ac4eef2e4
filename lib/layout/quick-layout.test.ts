import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitrarySaga } from '@/core/design/arbitrary-saga'
import { quickLayout } from './quick-layout'
import { BOX_HEIGHT, CARD_WIDTH } from './saga-boxes'
import { sagaPositions } from './saga-positions'

describe('the quick layout', () => {
  it('places every node of any saga, none on another, every edge from left to right', () => {
    fc.assert(
      fc.property(arbitrarySaga({ acyclic: true }), (saga) => {
        const places = quickLayout(saga)
        for (const { id } of saga.nodes) expect(places[id]).toBeDefined()
        for (const { from, to } of saga.edges) expect(places[from]?.x).toBeLessThan(places[to]?.x ?? 0)
        const list = Object.values(places)
        for (const [at, a] of list.entries()) {
          for (const b of list.slice(at + 1)) {
            // a pill is narrower and is centred in its column, hence the half of what it is narrower by
            expect(Math.abs(a.x - b.x) >= CARD_WIDTH - 30 || Math.abs(a.y - b.y) >= BOX_HEIGHT - 4).toBe(true)
          }
        }
      }),
      { numRuns: 100 },
    )
  })

  it('does not fall over a circle, or an edge to nowhere', () => {
    fc.assert(
      fc.property(arbitrarySaga(), (saga) => {
        const places = quickLayout(saga)
        for (const { id } of saga.nodes) expect(places[id]).toBeDefined()
      }),
      { numRuns: 100 },
    )
  })
})

describe('where nodes stand', () => {
  it('is what the document says, and worked out where it is silent', () => {
    const [saga] = fc.sample(arbitrarySaga({ acyclic: true, maxNodes: 3 }), { numRuns: 1, seed: 7 })
    if (!saga) throw new Error('a sample is there')
    const all = quickLayout(saga)
    expect(sagaPositions(saga, all)).toBe(all)
    expect(sagaPositions(saga, { start: { x: -5, y: -5 } })).toEqual({ ...all, start: { x: -5, y: -5 } })
  })
})
