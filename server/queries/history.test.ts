import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWorkbenchError } from '@/core/errors'
import { recordedDecisions } from '@/core/travel'
import { sendCommand } from '../commands/aggregates'
import { designOf, openTestWorkbench, storeDesign, type TestWorkbench } from '../engine/testing'
import { aggregateDecisions, aggregateHistory, eventHistory } from './history'

let wb: TestWorkbench
let designId: string
beforeAll(async () => {
  wb = await openTestWorkbench()
  const base = designOf([], [])
  const [counter] = base.aggregates ?? []
  designId = await storeDesign(wb, {
    ...base,
    aggregates: [...(counter ? [counter, { ...counter, id: 'Counter-Big' }] : [])],
  })
  for (let at = 1; at <= 7; at += 1) for (let nth = 0; nth < at; nth += 1) await add('Counter', `k${at}`)
  await add('Counter-Big', 'b')
})
afterAll(async () => {
  await wb.close()
  expect(wb.defects).toEqual([])
})
const add = (aggregate: string, key: string) =>
  sendCommand(wb, designId, aggregate, key, { type: 'Add', payload: { by: 1 } })
const codeOf = (asking: Promise<unknown>) =>
  asking.then(
    () => 'none',
    (error: unknown) => (isWorkbenchError(error) ? error.code : String(error)),
  )

describe('the history of an aggregate', () => {
  it('comes in slices of whole streams, newest first, every stream once, and none of another aggregate', async () => {
    const limits = { sliceStreams: 3, sliceEvents: 12, streamEvents: 100 }
    const seen: string[] = []
    const sizes: number[] = []
    let after: number | undefined
    do {
      const slice = await aggregateHistory(wb, { designId, aggregate: 'Counter', after }, limits)
      expect(slice.total).toBe(7)
      for (const { version, events } of slice.items) expect(events).toHaveLength(version)
      seen.push(...slice.items.map(({ streamId }) => streamId))
      sizes.push(slice.items.reduce((sum, { events }) => sum + events.length, 0))
      after = slice.next === null ? undefined : Number(slice.next)
    } while (after !== undefined)
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1].map((at) => `Counter-k${at}`))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(12)
  })

  it('has the first events of a stream that is too long, and says how many there are', async () => {
    const limits = { sliceStreams: 1, sliceEvents: 2, streamEvents: 3 }
    expect(await aggregateHistory(wb, { designId, aggregate: 'Counter-Big' }, limits)).toMatchObject({
      items: [{ version: 1 }],
      next: null,
      total: 1,
    })
    const first = await aggregateHistory(
      wb,
      { designId, aggregate: 'Counter' },
      { ...limits, sliceStreams: 2 },
    )
    expect(first.items).toMatchObject([{ version: 7, events: [{ version: 1 }, {}, { version: 3 }] }])
    expect(await codeOf(aggregateHistory(wb, { designId, aggregate: 'Nobody' }))).toBe('AGGREGATE_NOT_FOUND')
  })

  it('of its decisions has every command, those of an instance that was only refused too', async () => {
    await sendCommand(wb, designId, 'Counter', 'refused', { type: 'Remove', payload: {} }).catch(() => null)
    const slice = await aggregateDecisions(wb, { designId, aggregate: 'Counter' })
    expect(slice).toMatchObject({ total: 8, next: null })
    expect(slice.items).toHaveLength(8)
    const [refused, seventh] = slice.items
    expect(refused).toMatchObject({ streamId: 'Counter-refused', version: 0, sent: 1 })
    expect(recordedDecisions(refused?.commands ?? [], refused?.events ?? [])).toMatchObject([
      { atVersion: 0, command: { type: 'Remove' }, answer: { kind: 'rejected', code: 'TooFew' } },
    ])
    const decisions = recordedDecisions(seventh?.commands ?? [], seventh?.events ?? [])
    expect(decisions.map(({ atVersion }) => atVersion)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(decisions[3]?.answer).toMatchObject({ kind: 'accepted', events: [{ type: 'Added' }] })
    const few = { sliceStreams: 50, sliceEvents: 10, streamEvents: 3 }
    const bounded = await aggregateDecisions(wb, { designId, aggregate: 'Counter' }, few)
    expect(bounded.items.length).toBeLessThan(8)
    expect(bounded.items[1]).toMatchObject({ sent: 7, commands: [{}, {}, {}], events: [{}, {}, {}] })
    expect(await codeOf(aggregateDecisions(wb, { designId, aggregate: 'Nobody' }))).toBe(
      'AGGREGATE_NOT_FOUND',
    )
  })

  it('of a read model is the events of its types, in order', async () => {
    const page = await eventHistory(wb, designId, { types: ['Added'], after: 0, limit: 10 })
    expect(page.items.map(({ type }) => type)).toEqual(Array(10).fill('Added'))
    expect(page.total).toBe(29)
    const rest = await eventHistory(wb, designId, { types: ['Added'], after: Number(page.next), limit: 100 })
    expect(page.items.length + rest.items.length).toBe(29)
    expect((await eventHistory(wb, designId, { types: ['Other'], after: 0, limit: 5 })).items).toEqual([])
  })
})
