import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DesignInput } from '@/core/design/document'
import type { Json } from '@/core/json'
import { sendCommand } from '../commands/aggregates'
import { saveDesign } from '../commands/designs'
import { actOnProjection } from '../commands/projections'
import { projectionRows } from '../queries/projection-rows'
import { projectionInfo } from '../queries/projections'
import { event } from '../store/testing'
import type { ProjectionChanged } from './projections'
import { designOf, openTestWorkbench, storeDesign, type TestWorkbench } from './testing'

let wb: TestWorkbench
let ids = 0
beforeAll(async () => {
  wb = await openTestWorkbench()
})
afterAll(async () => {
  await wb.close()
  expect(wb.defects).toEqual([])
})

/** Events are put into the log as they are: what a projection does with them is the matter here. */
async function append(designId: string, key: string, type: string, data: Json): Promise<void> {
  ids += 1
  const events = [{ ...event(`p${ids}`, type), data }]
  await wb.store.events.append([{ designId, streamId: `Counter-${key}`, expectedVersion: 'any', events }])
}

const rowsOf = async (designId: string) =>
  Object.fromEntries(
    (await projectionRows(wb, designId, 'counts', { limit: 500 })).items.map(({ key, row }) => [key, row]),
  )

const infoOf = async (designId: string) => projectionInfo(wb, await wb.catalogue.load(designId), 'counts')

/** Waits until the projection is as wanted; asked again whenever it changes. */
async function reaches(designId: string, wanted: (info: Awaited<ReturnType<typeof infoOf>>) => boolean) {
  let changed: () => void = () => undefined
  const stop = wb.projections.onChange(
    (change: ProjectionChanged) => change.designId === designId && changed(),
  )
  try {
    for (;;) {
      const next = new Promise<void>((resolve) => {
        changed = resolve
      })
      const info = await infoOf(designId)
      if (wanted(info)) return info
      await next
    }
  } finally {
    stop()
  }
}

const caughtUp = (designId: string) =>
  reaches(designId, ({ lag, status }) => lag === 0 && status === 'running')

const withHandler = (
  Added: string,
  more: Partial<NonNullable<DesignInput['projections']>[number]> = {},
): DesignInput =>
  designOf([], [], {
    projections: [
      { id: 'counts', key: "(event) => event.streamId.slice('Counter-'.length)", on: { Added }, ...more },
    ],
  })

const counting = '(row, { data }) => ({ count: (row?.count ?? 0) + data.by })'
const choosy =
  "(row, { data }) => { if (data.by < 0) throw new Error('negative'); return { count: (row?.count ?? 0) + data.by } }"

describe('a projection', () => {
  it('follows the log: rows come, change and go', async () => {
    const designId = await storeDesign(wb, designOf([], []))
    await sendCommand(wb, designId, 'Counter', 'a', { type: 'Add', payload: { by: 2 } })
    await sendCommand(wb, designId, 'Counter', 'b', { type: 'Add', payload: { by: 1 } })
    await caughtUp(designId)
    expect(await rowsOf(designId)).toEqual({ a: { count: 2 }, b: { count: 1 } })
    await sendCommand(wb, designId, 'Counter', 'b', { type: 'Remove', payload: { by: 1 } })
    await caughtUp(designId)
    expect(await rowsOf(designId)).toEqual({ a: { count: 2 } })
  })

  it('shows how far it is behind while it is paused, and catches up when resumed', async () => {
    const designId = await storeDesign(wb, designOf([], []))
    await caughtUp(designId)
    await actOnProjection(wb, designId, 'counts', { action: 'pause' })
    for (let count = 0; count < 3; count += 1) await append(designId, 'a', 'Added', { by: 1 })
    expect(await infoOf(designId)).toMatchObject({ status: 'paused', lag: 3, rows: 0 })
    await expect(actOnProjection(wb, designId, 'counts', { action: 'pause' })).rejects.toMatchObject({
      code: 'PROJECTION_ACTION_REFUSED',
    })
    await actOnProjection(wb, designId, 'counts', { action: 'resume' })
    await caughtUp(designId)
    expect(await rowsOf(designId)).toEqual({ a: { count: 3 } })
    for (const action of ['resume', 'skip'] as const) {
      await expect(actOnProjection(wb, designId, 'counts', { action })).rejects.toMatchObject({
        code: 'PROJECTION_ACTION_REFUSED',
      })
    }
  })

  it('gets its events late when it is delayed, and at once when it is not any more', async () => {
    const designId = await storeDesign(wb, designOf([], []))
    await actOnProjection(wb, designId, 'counts', { action: 'set-delay', delayMs: 200 })
    const sent = Date.now()
    await append(designId, 'a', 'Added', { by: 1 })
    expect(await infoOf(designId)).toMatchObject({ delayMs: 200, lag: 1 })
    await caughtUp(designId)
    expect(Date.now() - sent).toBeGreaterThanOrEqual(200)
    await actOnProjection(wb, designId, 'counts', { action: 'set-delay', delayMs: 60_000 })
    await append(designId, 'a', 'Added', { by: 1 })
    await actOnProjection(wb, designId, 'counts', { action: 'set-delay', delayMs: 0 })
    await caughtUp(designId)
    expect(await rowsOf(designId)).toEqual({ a: { count: 2 } })
  })

  it('stops at the event whose handler throws, with the rows before it, and passes over it when told to', async () => {
    const designId = await storeDesign(wb, withHandler(choosy))
    const other = await storeDesign(wb, designOf([], []))
    await append(designId, 'a', 'Added', { by: 1 })
    await append(designId, 'a', 'Added', { by: -1 })
    await append(designId, 'a', 'Added', { by: 5 })
    const stopped = await reaches(designId, ({ status }) => status === 'faulted')
    expect(stopped).toMatchObject({
      lag: 2,
      fault: { code: 'CODE_THREW', type: 'Added', version: 2, streamId: 'Counter-a' },
    })
    expect(await rowsOf(designId)).toEqual({ a: { count: 1 } })
    await append(other, 'a', 'Added', { by: 1 })
    await caughtUp(other)
    await actOnProjection(wb, designId, 'counts', { action: 'skip' })
    await caughtUp(designId)
    expect(await rowsOf(designId)).toEqual({ a: { count: 6 } })
  })

  it('stops again at the same event when it is resumed and nothing was mended', async () => {
    const designId = await storeDesign(wb, withHandler(choosy))
    await append(designId, 'a', 'Added', { by: -1 })
    const first = await reaches(designId, ({ status }) => status === 'faulted')
    await actOnProjection(wb, designId, 'counts', { action: 'resume' })
    const again = await reaches(designId, ({ status }) => status === 'faulted')
    expect(again.fault).toEqual(first.fault)
  })

  it('goes on with a mended definition, from zero', async () => {
    const designId = await storeDesign(wb, withHandler(choosy))
    for (const by of [1, -1, 5]) await append(designId, 'a', 'Added', { by })
    await reaches(designId, ({ status }) => status === 'faulted')
    await saveDesign(
      wb,
      designId,
      1,
      withHandler('(row, { data }) => ({ sum: (row?.sum ?? 0) + Math.abs(data.by) })'),
    )
    await caughtUp(designId)
    expect(await rowsOf(designId)).toEqual({ a: { sum: 7 } })
  })

  it('rebuilt by a definition that fails, keeps the rows it has until a person has dealt with that', async () => {
    const designId = await storeDesign(wb, withHandler(counting))
    for (const by of [-1, 5]) await append(designId, 'a', 'Added', { by })
    await caughtUp(designId)
    await saveDesign(wb, designId, 1, withHandler(choosy))
    const stopped = await reaches(designId, ({ status }) => status === 'faulted')
    expect(stopped).toMatchObject({ lag: 0, rows: 1, fault: { version: 1 } })
    expect(await rowsOf(designId)).toEqual({ a: { count: 4 } })
    await actOnProjection(wb, designId, 'counts', { action: 'resume' })
    expect(await reaches(designId, ({ status }) => status === 'faulted')).toEqual(stopped)
    await actOnProjection(wb, designId, 'counts', { action: 'skip' })
    await caughtUp(designId)
    expect(await rowsOf(designId)).toEqual({ a: { count: 5 } })
    await actOnProjection(wb, designId, 'counts', { action: 'rebuild' })
    await reaches(designId, ({ status }) => status === 'faulted')
    expect(await rowsOf(designId)).toEqual({ a: { count: 5 } })
    await actOnProjection(wb, designId, 'counts', { action: 'rebuild' })
    await reaches(designId, ({ status }) => status === 'faulted')
    await actOnProjection(wb, designId, 'counts', { action: 'skip' })
    await caughtUp(designId)
    expect(await rowsOf(designId)).toEqual({ a: { count: 5 } })
  })

  /** One of counted rows whose rebuild has stopped at an event that was passed over before. */
  async function stoppedInRebuild(): Promise<string> {
    const designId = await storeDesign(wb, withHandler(choosy))
    for (const by of [1, -1, 5]) await append(designId, 'a', 'Added', { by })
    await reaches(designId, ({ status }) => status === 'faulted')
    await actOnProjection(wb, designId, 'counts', { action: 'skip' })
    await caughtUp(designId)
    await actOnProjection(wb, designId, 'counts', { action: 'rebuild' })
    await reaches(designId, ({ status }) => status === 'faulted')
    await append(designId, 'a', 'Added', { by: 7 })
    return designId
  }

  it('whose rebuild has stopped goes on from where its rows stand when the definition is back', async () => {
    const designId = await storeDesign(wb, withHandler(counting))
    await append(designId, 'a', 'Added', { by: -1 })
    await caughtUp(designId)
    await saveDesign(wb, designId, 1, withHandler(choosy))
    await reaches(designId, ({ status }) => status === 'faulted')
    await saveDesign(wb, designId, 2, withHandler(counting))
    await append(designId, 'a', 'Added', { by: 5 })
    await caughtUp(designId)
    expect(await rowsOf(designId)).toEqual({ a: { count: 4 } })
  })

  it('whose rebuild has stopped folds nothing twice when that is begun again and passed over at once', async () => {
    const designId = await stoppedInRebuild()
    await actOnProjection(wb, designId, 'counts', { action: 'rebuild' })
    // Until it has stopped anew there is nothing to pass over: the rows that are seen stopped nowhere.
    await actOnProjection(wb, designId, 'counts', { action: 'skip' }).catch((error: unknown) =>
      expect(error).toMatchObject({ code: 'PROJECTION_ACTION_REFUSED' }),
    )
    await reaches(designId, ({ status }) => status !== 'rebuilding')
    if ((await infoOf(designId)).status === 'faulted')
      await actOnProjection(wb, designId, 'counts', { action: 'skip' })
    await caughtUp(designId)
    expect(await rowsOf(designId)).toEqual({ a: { count: 13 } })
  })

  it('whose rebuild was cut off by a restart goes on with the rows it has, and its fault is gone', async () => {
    const designId = await stoppedInRebuild()
    await wb.close()
    wb = await openTestWorkbench(wb.databasePath)
    await caughtUp(designId)
    expect(await rowsOf(designId)).toEqual({ a: { count: 13 } })
  })

  it('is not touched any more by the runner of a definition that was changed', async () => {
    const designId = await storeDesign(wb, withHandler(counting))
    const before = await wb.projections.get(await wb.catalogue.load(designId), 'counts')
    await saveDesign(wb, designId, 1, withHandler(choosy))
    await expect(before.pause()).rejects.toMatchObject({ code: 'PROJECTION_ACTION_REFUSED' })
    await append(designId, 'a', 'Added', { by: 2 })
    expect(await caughtUp(designId)).toMatchObject({ status: 'running', rows: 1 })
  })

  it('stops in code that never ends or hoards, and the others go on', async () => {
    for (const handler of [
      '() => { for (;;) {} }',
      "() => { const all = []; for (;;) all.push('x'.repeat(1e6) + all.length) }",
    ]) {
      const designId = await storeDesign(wb, withHandler(handler))
      await append(designId, 'a', 'Added', { by: 1 })
      const stopped = await reaches(designId, ({ status }) => status === 'faulted')
      expect(stopped.fault).toMatchObject({ code: expect.stringMatching(/^CODE_/) })
    }
  })

  it('rebuilt, is what a fold from zero gives, whatever was appended, also while it was rebuilt', async () => {
    const change = fc.record({ key: fc.constantFrom('a', 'b', 'c'), by: fc.integer({ min: 1, max: 9 }) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 30 }),
        fc.array(change, { maxLength: 8 }),
        async (before, during) => {
          const designId = await storeDesign(wb, withHandler(counting))
          for (const { key, by } of before) await append(designId, key, 'Added', { by })
          const rebuilding = actOnProjection(wb, designId, 'counts', { action: 'rebuild' })
          for (const { key, by } of during) await append(designId, key, 'Added', { by })
          await rebuilding
          await caughtUp(designId)
          const expected: Record<string, { count: number }> = {}
          for (const { key, by } of [...before, ...during])
            expected[key] = { count: (expected[key]?.count ?? 0) + by }
          expect(await rowsOf(designId)).toEqual(expected)
          const changed = withHandler('(row, { data }) => ({ count: (row?.count ?? 0) + data.by * 2 })')
          await saveDesign(wb, designId, 1, changed)
          await caughtUp(designId)
          for (const row of Object.values(expected)) row.count *= 2
          expect(await rowsOf(designId)).toEqual(expected)
        },
      ),
      { numRuns: 8 },
    )
  })

  it('has rows and checkpoint of one moment, whenever they are read', async () => {
    const designId = await storeDesign(
      wb,
      withHandler('(row) => ({ count: (row?.count ?? 0) + 1 })', { key: "() => 'all'" }),
    )
    const first = await wb.store.events.head()
    const appending = (async () => {
      for (let count = 0; count < 60; count += 1) await append(designId, 'a', 'Added', { by: 1 })
    })()
    let seen = 0
    while (seen < 60) {
      // Reads of a local file may be answered in the same turn: the others must get one, too.
      await new Promise((resolve) => setImmediate(resolve))
      const state = await wb.store.projections.get(designId, 'counts')
      const rows = await wb.store.projections.rows(designId, 'counts', state?.generation ?? 1, { limit: 1 })
      const later = await wb.store.projections.get(designId, 'counts')
      seen = (rows[0]?.row as { count: number } | undefined)?.count ?? 0
      const checkpoint = state?.checkpoint ?? 0
      if (checkpoint === later?.checkpoint && checkpoint > first) expect(seen).toBe(checkpoint - first)
    }
    await appending
  })

  it('opened by many at once is one', async () => {
    const designId = await storeDesign(wb, withHandler(counting))
    const loaded = await wb.catalogue.load(designId)
    const opened = await Promise.all(Array.from({ length: 8 }, () => wb.projections.get(loaded, 'counts')))
    expect(new Set(opened).size).toBe(1)
    await Promise.all([
      saveDesign(wb, designId, 1, withHandler(choosy)),
      ...Array.from({ length: 4 }, () => append(designId, 'a', 'Added', { by: 1 })),
    ])
    const changed = await wb.catalogue.load(designId)
    expect(changed.version).toBe(2)
    const reopened = await Promise.all(Array.from({ length: 8 }, () => wb.projections.get(changed, 'counts')))
    expect(new Set(reopened).size).toBe(1)
    await caughtUp(designId)
    expect(await rowsOf(designId)).toEqual({ a: { count: 4 } })
  })
})
