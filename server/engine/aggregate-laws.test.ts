import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeEvent, foldCall, initialPoint } from '@/core/aggregate/handle'
import { type DesignInput, designSchema } from '@/core/design/document'
import { sendCommand } from '../commands/aggregates'
import { saveDesign } from '../commands/designs'
import { snapshotSpacing } from '../store/snapshot-spacing'
import type { Db } from '../store/sqlite/db'
import { openThreadDb } from '../store/sqlite/thread-db'
import { createAggregates } from './aggregates'
import type { LoadedDesign } from './loaded-design'
import { readStream } from './read-stream'
import { openTestWorkbench, storeDesign, type TestWorkbench } from './testing'

let wb: TestWorkbench
/** Another connection to the same file: what it deletes, the server does not know of. */
let outside: Db
beforeAll(async () => {
  wb = await openTestWorkbench()
  outside = await openThreadDb(wb.databasePath)
})
afterAll(async () => {
  await outside.close()
  await wb.close()
  expect(wb.defects).toEqual([])
})

/** What an edit may change: how it folds, how often it is kept, and what old data is lifted to. */
interface Definition {
  readonly factor: number
  readonly snapshotEvery: number
  readonly lifts: readonly number[]
}

const documentOf = ({ factor, snapshotEvery, lifts }: Definition): DesignInput => ({
  formatVersion: 1,
  name: 'Laws',
  aggregates: [
    {
      id: 'Sum',
      initialState: { sum: 0, seen: [] },
      snapshotEvery,
      commands: [
        {
          name: 'Add',
          decide:
            "({ payload }) => Array.from({ length: payload.times }, (_, n) => event('Added', { by: payload.by + n }))",
        },
        { name: 'Refuse', decide: "(command, state) => reject('No', JSON.stringify(state))" },
      ],
      events: [
        {
          name: 'Added',
          version: lifts.length + 1,
          upcasters: lifts.map((more) => `(data) => ({ by: data.by + ${more} })`),
          evolve: `(state, { data }) => ({ sum: state.sum * ${factor} + data.by, seen: [...state.seen.slice(-3), data.by] })`,
        },
      ],
    },
  ],
})

const definition: fc.Arbitrary<Definition> = fc.record({
  factor: fc.integer({ min: -1, max: 1 }),
  snapshotEvery: fc.integer({ min: 1, max: 7 }),
  lifts: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
})

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('add' as const),
      by: fc.nat(9),
      times: fc.integer({ min: 0, max: 6 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('refuse' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('edit' as const), to: definition }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('forget' as const) }) },
)

async function forgetSnapshots(): Promise<void> {
  await outside.execute('DELETE FROM Snapshot')
}

/** The law's right-hand side: everything folded from the initial state, by the same sandbox. */
async function foldedFromAll(loaded: LoadedDesign, upTo?: number) {
  const [aggregate] = loaded.design.aggregates
  if (!aggregate) throw new Error('no aggregate')
  const events = (await readStream(wb.store.events, loaded.id, 'Sum-k', 1, upTo)).map(codeEvent)
  const answer = await wb.code.run(loaded.program, foldCall(aggregate, initialPoint(aggregate), events))
  if (!answer.ok) throw new Error(answer.error.message)
  return { version: events.length, state: answer.value.state }
}

describe('a state', () => {
  it('folded from any snapshot is what it is folded from all, through edits, and without any', async () => {
    await fc.assert(
      fc.asyncProperty(definition, fc.array(act, { maxLength: 14 }), async (first, acts) => {
        const designId = await storeDesign(wb, documentOf(first))
        let version = 1
        for (const one of acts) {
          const loaded = await wb.catalogue.load(designId)
          if (one.act === 'add') {
            const { by, times } = one
            const answer = await sendCommand(wb, designId, 'Sum', 'k', {
              type: 'Add',
              payload: { by, times },
            })
            expect(answer).toMatchObject(await foldedFromAll(loaded))
          } else if (one.act === 'refuse') {
            const { state } = await foldedFromAll(loaded)
            const refused = sendCommand(wb, designId, 'Sum', 'k', { type: 'Refuse', payload: {} })
            await expect(refused).rejects.toMatchObject({ message: JSON.stringify(state) })
            // Somebody who holds nothing in memory begins at what snapshots there are.
            const message = { aggregate: 'Sum', key: 'k', type: 'Refuse', payload: {}, commandId: 'x', at: 1 }
            const ids = { correlationId: 'x', causationId: 'x' }
            const anew = await createAggregates(wb.store, wb.code).decide(loaded, { ...message, ...ids })
            expect(anew).toMatchObject({ error: { message: JSON.stringify(state) } })
          } else if (one.act === 'edit') {
            const document = designSchema.parse(documentOf(one.to))
            version = (await saveDesign(wb, designId, version, document)).version
          } else await forgetSnapshots()
        }
        const loaded = await wb.catalogue.load(designId)
        const { version: head } = await foldedFromAll(loaded)
        for (let at = 0; at <= head; at += 1 + Math.floor(head / 5)) {
          expect(await wb.aggregates.stateAt(loaded, 'Sum', 'k', { version: at })).toMatchObject(
            await foldedFromAll(loaded, at),
          )
        }
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})

describe('looking back in a long stream', () => {
  it('begins at a snapshot, wherever it looks', async () => {
    const designId = await storeDesign(wb, documentOf({ factor: 1, snapshotEvery: 100, lifts: [] }))
    const metadata = { correlationId: 'c', causationId: 'c', schemaVersion: 1 }
    for (let from = 0; from < 5_000; from += 500) {
      const events = Array.from({ length: 500 }, (_, n) => ({
        type: 'Added',
        data: { by: 1 },
        metadata: { ...metadata, messageId: `${designId}/${from + n}` },
      }))
      await wb.store.events.append([
        { designId, streamId: 'Sum-k', expectedVersion: from === 0 ? 'no-stream' : from, events },
      ])
    }
    const loaded = await wb.catalogue.load(designId)
    let read = 0
    const counted = createAggregates(
      {
        ...wb.store,
        events: {
          ...wb.store.events,
          async read(...args) {
            const events = await wb.store.events.read(...args)
            read += events.length
            return events
          },
        },
      },
      wb.code,
    )
    const at = async (version: number) => {
      read = 0
      expect(await counted.stateAt(loaded, 'Sum', 'k', { version })).toMatchObject({
        version,
        state: { sum: version },
      })
      return read
    }
    for (const version of [5_000, 4_000, 3_000, 2_000, 1_000]) await at(version)
    await expect.poll(() => at(1_500)).toBeLessThanOrEqual(501)
    for (const version of [4_999, 3_700, 2_001, 1_001]) expect(await at(version)).toBeLessThanOrEqual(1_000)
  }, 30_000)

  it('keeps snapshots a few dozen at most, in a stream of whatever length', () => {
    for (const version of [1, 999, 32_000, 32_001, 1_000_000, 100_000_000]) {
      expect(version / snapshotSpacing(version)).toBeLessThanOrEqual(32)
    }
    expect([100, 32_000, 32_001, 100_000].map(snapshotSpacing)).toEqual([1_000, 1_000, 2_000, 4_000])
  })
})
