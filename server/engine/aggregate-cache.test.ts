import { describe, expect, it } from 'vitest'
import type { RecordedEvent } from '@/core/log/event'
import { LIMITS } from '../limits'
import { createAggregateCache, type HeldPoint } from './aggregate-cache'

const point = (state: string, version = 1): HeldPoint => ({
  hash: 'h',
  from: { version, state },
  tail: [],
  snapshotAt: 0,
})
const event = (version: number): RecordedEvent => ({
  type: 'Added',
  data: 'x',
  metadata: { messageId: `${version}`, correlationId: 'c', causationId: 'c', schemaVersion: 1 },
  position: version,
  designId: 'd',
  streamId: 's',
  version,
  recordedAt: 0,
})

describe('what is held of instances', () => {
  it('is of one definition: another finds nothing', () => {
    const cache = createAggregateCache()
    cache.put('s', point('a'))
    expect(cache.get('s', 'h')?.from.state).toBe('a')
    expect(cache.get('s', 'other')).toBeUndefined()
  })

  it('takes the events that follow, and no others', () => {
    const cache = createAggregateCache()
    cache.put('s', point('a', 3))
    cache.append('s', [event(5)])
    cache.append('s', [event(4), event(5)])
    cache.append('s', [event(4)])
    cache.append('unknown', [event(1)])
    expect(cache.get('s', 'h')?.tail.map(({ version }) => version)).toEqual([4, 5])
    expect(cache.get('unknown', 'h')).toBeUndefined()
  })

  it('has an end in number: the longest unused go', () => {
    const cache = createAggregateCache()
    for (let n = 0; n < LIMITS.heldAggregates; n += 1) cache.put(`s${n}`, point('a'))
    cache.put('s0', point('again'))
    cache.put('one more', point('a'))
    expect([
      cache.get('s0', 'h')?.from.state,
      cache.get('s1', 'h'),
      cache.get('one more', 'h')?.from.state,
    ]).toEqual(['again', undefined, 'a'])
  })

  it('has an end in size, and a state that is too large by itself is not held', () => {
    const cache = createAggregateCache()
    const half = 'x'.repeat(LIMITS.heldAggregateCharacters / 2)
    cache.put('a', point(half))
    cache.put('b', point('small'))
    cache.put('c', point(half))
    expect([cache.get('a', 'h'), cache.get('b', 'h')?.from.state]).toEqual([undefined, 'small'])
    cache.put('d', point(`${half}${half}`))
    expect(cache.get('d', 'h')).toBeUndefined()
    cache.put('e', point('small'))
    expect(cache.get('e', 'h')?.from.state).toBe('small')
  })
})
