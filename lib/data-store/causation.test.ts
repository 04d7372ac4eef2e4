import { describe, expect, it } from 'vitest'
import { parseDesign } from '@/core/design/document'
import type { CausationNode } from '@/core/protocol'
import { ownerOf, sinceText, spokenNode, takenUp } from './causation'

const parsed = parseDesign({
  formatVersion: 1,
  name: 'Shop',
  aggregates: [{ id: 'Order', initialState: {} }],
})
if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
const design = parsed.value

const node: CausationNode = {
  position: 7,
  streamId: 'Order-1',
  version: 2,
  type: 'Paid',
  title: 'Paid',
  recordedAt: 5,
  messageId: 'm',
  correlationId: 'c',
  part: 'effect',
  causedBy: 3,
  policy: 'points',
  projections: ['orders'],
}

describe('an event in a causation graph', () => {
  it('is of a run, of an aggregate, a command to one, or of one that is gone', () => {
    expect(ownerOf(design, 'run-r1')).toEqual({ kind: 'run', runId: 'r1' })
    expect(ownerOf(design, 'Order-1')).toEqual({ kind: 'aggregate', aggregate: 'Order', key: '1' })
    expect(ownerOf(design, 'commands-Order-1')).toEqual({ kind: 'command', aggregate: 'Order', key: '1' })
    expect(ownerOf(design, 'Basket-1')).toEqual({ kind: 'gone' })
  })

  it('is read aloud with its place, its part and the policy that led to it', () => {
    expect(spokenNode(node)).toBe('Paid of Order-1, version 2, position 7, an effect, by policy points')
    expect(spokenNode({ ...node, part: 'self', policy: null })).toMatch(/the event looked at$/)
  })

  it('says how long before or after it was, in a fitting unit', () => {
    expect([0, -12, 1_500, -90_000, 7_200_000, 172_800_000].map(sinceText)).toEqual([
      '+0 ms',
      '−12 ms',
      '+1.5 s',
      '−2 min',
      '+2 h',
      '+2 d',
    ])
  })

  it('is taken up by a projection that has come to it', () => {
    const answer = {
      position: 7,
      events: [node],
      projections: [{ name: 'orders', checkpoint: 6, status: 'running' as const }],
      origin: null,
      cut: { causes: false, effects: false },
      limit: 200,
    }
    expect([6, 7].map((position) => takenUp(answer, 'orders', position))).toEqual([true, false])
    expect(takenUp(answer, 'unknown', 1)).toBe(false)
  })
})
