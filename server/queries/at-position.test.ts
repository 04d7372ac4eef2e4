import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWorkbenchError } from '@/core/errors'
import { sendCommand } from '../commands/aggregates'
import { saveDesign } from '../commands/designs'
import { actOnProjection } from '../commands/projections'
import {
  addStep,
  chain,
  designOf,
  openTestWorkbench,
  runToEnd,
  storeDesign,
  type TestWorkbench,
} from '../engine/testing'
import { atPosition } from './at-position'
import { projectionRows } from './projection-rows'
import { listProjections } from './projections'

let wb: TestWorkbench
beforeAll(async () => {
  wb = await openTestWorkbench()
})
afterAll(async () => {
  await wb.close()
  expect(wb.defects).toEqual([])
})

const document = designOf([addStep('a', 'ran')], chain('start', 'a'))
const add = (designId: string, key: string, by: number) =>
  sendCommand(wb, designId, 'Counter', key, { type: 'Add', payload: { by } })
const codeOf = (asking: Promise<unknown>) =>
  asking.then(
    () => 'none',
    (error: unknown) => (isWorkbenchError(error) ? error.code : String(error)),
  )
const caughtUp = (designId: string, rows: number) =>
  expect
    .poll(async () => (await projectionRows(wb, designId, 'counts', { limit: 50 })).items.length)
    .toBe(rows)

describe('the state at a position', () => {
  it('is the fold of the events up to it, of every stream and read model, and of no event after', async () => {
    const designId = await storeDesign(wb, document)
    const log: { position: number; key: string; by: number }[] = []
    const story = fc.sample(fc.tuple(fc.constantFrom('x', 'y', 'z'), fc.integer({ min: 1, max: 9 })), {
      numRuns: 25,
      seed: 7,
    })
    for (const [key, by] of story) {
      const answer = await add(designId, key, by)
      log.push({ position: answer.events[0]?.position ?? 0, key, by })
    }
    await caughtUp(designId, new Set(story.map(([key]) => key)).size)
    const last = log.at(-1)?.position ?? 0
    // the commands are recorded too, each before its events
    const all = (await wb.store.events.readAll(0, { designId })).map(({ position }) => position)
    for (let position = (log[0]?.position ?? 1) - 1; position <= last; position += 1) {
      const at = await atPosition(wb, designId, {
        position,
        streams: ['Counter-x', 'Counter-y', 'Counter-z'],
        projections: ['counts'],
      })
      const before = log.filter((event) => event.position <= position)
      const counts = ['x', 'y', 'z'].map((key) => before.filter((event) => event.key === key))
      expect(at.streams).toMatchObject(
        counts.map((own) => ({
          version: own.length,
          state: { count: own.reduce((sum, { by }) => sum + by, 0) },
        })),
      )
      expect(at.projections[0]?.rows).toEqual(
        ['x', 'y', 'z'].flatMap((key, index) => {
          const own = counts[index] ?? []
          return own.length === 0 ? [] : [{ key, row: { count: own.reduce((sum, { by }) => sum + by, 0) } }]
        }),
      )
      const passed = all.filter((one) => one <= position)
      expect(at.event?.position).toBe(passed.at(-1))
      expect(at.previous).toBe(passed.at(-2) ?? null)
      expect(at.next).toBe(all.find((one) => one > position) ?? null)
    }
  })

  it('of a run is how far it had come, and nothing before it began', async () => {
    const designId = await storeDesign(wb, document)
    const { run, events } = await runToEnd(wb, designId)
    const streams = [`run-${run.id}`, 'Counter-ran']
    const [first, second] = events
    const ask = (position: number) => atPosition(wb, designId, { position, streams, projections: [] })
    expect((await ask((first?.position ?? 0) - 1)).streams).toMatchObject([
      { version: 0, run: null },
      { version: 0, state: { count: 0 } },
    ])
    expect((await ask(second?.position ?? 0)).streams).toMatchObject([
      { version: 2, run: { seq: 2, status: 'running' } },
      { version: 0 },
    ])
    expect((await atPosition(wb, designId, { streams, projections: [] })).streams).toMatchObject([
      { run: { status: 'completed' } },
      { version: 1, state: { count: 1 } },
    ])
  })

  it('shows a read model that is behind as it stood, and says where', async () => {
    const designId = await storeDesign(wb, document)
    const first = await add(designId, 'x', 1)
    await caughtUp(designId, 1)
    await actOnProjection(wb, designId, 'counts', { action: 'pause' })
    await add(designId, 'x', 5)
    const at = await atPosition(wb, designId, { streams: ['Counter-x'], projections: ['counts'] })
    expect(at).toMatchObject({
      streams: [{ state: { count: 6 } }],
      projections: [
        { source: 'present', foldedTo: first.events[0]?.position, rows: [{ row: { count: 1 } }] },
      ],
    })
  })

  it('is refused with the code of what is wrong', async () => {
    const designId = await storeDesign(wb, document)
    await add(designId, 'x', 1)
    const ask = (query: {
      position?: number
      streams?: readonly string[]
      projections?: readonly string[]
    }) => codeOf(atPosition(wb, designId, { streams: [], projections: [], ...query }))
    expect(await ask({ position: 10 ** 9 })).toBe('POSITION_OUT_OF_RANGE')
    expect(await ask({ streams: ['Nobody-1'] })).toBe('AGGREGATE_NOT_FOUND')
    expect(await ask({ streams: ['run-nobody'] })).toBe('RUN_NOT_FOUND')
    expect(await ask({ projections: ['nothing'] })).toBe('PROJECTION_NOT_FOUND')
    expect(await ask({ streams: Array.from({ length: 21 }, (_, at) => `Counter-${at}`) })).toBe(
      'INVALID_QUERY',
    )
    expect(await ask({ streams: ['Counter-never'] })).toBe('none')
    const other = await storeDesign(wb, document)
    const { run } = await runToEnd(wb, other)
    expect(await ask({ streams: [`run-${run.id}`] })).toBe('RUN_NOT_FOUND')
  })

  it('folds no more events than it may, and gives no half of a fold', async () => {
    const designId = await storeDesign(wb, document)
    const recorded = []
    for (let by = 1; by <= 4; by += 1) recorded.push(await add(designId, `k${by}`, by))
    await caughtUp(designId, 4)
    const position = recorded[2]?.events[0]?.position ?? 0
    const ask = (limits: { atFoldEvents: number; atRows: number }) =>
      atPosition(wb, designId, { position, streams: [], projections: ['counts'] }, limits)
    expect((await ask({ atFoldEvents: 2, atRows: 10 })).projections).toMatchObject([
      { rows: [], problem: { code: 'FOLD_TOO_LONG' } },
    ])
    expect((await ask({ atFoldEvents: 3, atRows: 2 })).projections).toMatchObject([
      { rows: [{ key: 'k1' }, { key: 'k2' }], count: 3, problem: null },
    ])
  })

  it('says of an aggregate and a read model that break, and shows the others', async () => {
    const designId = await storeDesign(wb, document)
    await add(designId, 'x', 1)
    await add(designId, 'x', 2)
    await caughtUp(designId, 1)
    await saveDesign(wb, designId, 1, {
      ...document,
      aggregates: [
        {
          id: 'Counter',
          initialState: {},
          events: [{ name: 'Added', evolve: "() => { throw new Error('lost') }" }],
        },
        {
          id: 'Other',
          initialState: { fine: true },
          commands: [{ name: 'Note', decide: "() => ({ type: 'Noted', data: {} })" }],
          events: [{ name: 'Noted', evolve: '(state) => state' }],
        },
      ],
      projections: [
        {
          id: 'counts',
          key: '() => 1',
          on: {
            Added: "(row, { version }) => { if (version > 1) throw new Error('no'); return { version } }",
          },
        },
      ],
    })
    const info = async () => (await listProjections(wb, designId)).items[0]
    await expect.poll(async () => (await info())?.status).toBe('faulted')
    await actOnProjection(wb, designId, 'counts', { action: 'skip' })
    await expect.poll(async () => (await info())?.lag).toBe(0)
    const { head, previous } = await atPosition(wb, designId, { streams: [], projections: [] })
    await sendCommand(wb, designId, 'Other', 'o', { type: 'Note', payload: {} })
    await expect.poll(async () => (await info())?.checkpoint).toBeGreaterThan(head)
    const at = await atPosition(wb, designId, {
      position: head,
      streams: ['Counter-x', 'Other-1'],
      projections: ['counts'],
    })
    expect(at.projections).toMatchObject([
      {
        source: 'folded',
        foldedTo: previous,
        rows: [{ row: { version: 1 } }],
        problem: { code: 'CODE_THREW' },
      },
    ])
    expect(at.streams).toMatchObject([
      { problem: { code: 'CODE_THREW' } },
      { state: { fine: true }, problem: null },
    ])
  })
})
