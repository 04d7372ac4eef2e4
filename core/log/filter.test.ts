import { describe, expect, it } from 'vitest'
import { isUnfiltered, type LogFilter, matchesFilter } from './filter'

const event = {
  streamId: 'Order-17',
  type: 'OrderPlaced',
  data: { customer: 'Zoë', note: 'Fragile "glass"', total: 12.5 },
  metadata: { correlationId: 'run1' },
  recordedAt: 1_000,
}

describe('the filter of a log', () => {
  it.each<LogFilter>([
    {},
    { stream: 'Order-17' },
    { stream: 'Order-*' },
    { stream: '*' },
    { types: ['OrderPaid', 'OrderPlaced'] },
    { correlationId: 'run1' },
    { text: 'FRAGILE' },
    { text: '"total":12.5' },
    { text: 'Zoë' },
    { from: 1_000, to: 1_000 },
    { stream: 'Order-*', types: ['OrderPlaced'], text: 'glass', from: 1 },
  ])('takes it with %j', (filter) => {
    expect(matchesFilter(event, filter)).toBe(true)
  })

  it.each<LogFilter>([
    { stream: 'Order-1' },
    { stream: 'Order-18*' },
    { types: [] },
    { correlationId: 'run' },
    { text: 'ZOË' },
    { text: 'Order' },
    { from: 1_001 },
    { to: 999 },
    { stream: 'Order-*', text: 'nowhere' },
  ])('leaves it out with %j', (filter) => {
    expect(matchesFilter(event, filter)).toBe(false)
  })

  it('knows when nothing is asked', () => {
    expect(isUnfiltered({})).toBe(true)
    expect(isUnfiltered({ text: 'a' })).toBe(false)
  })
})
