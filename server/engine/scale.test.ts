import { afterEach, describe, expect, it } from 'vitest'
import { actOnRun } from '../commands/runs'
import { readRun } from '../queries/runs'
import { openDb } from '../store/sqlite/db'
import {
  chain,
  designOf,
  ENDED,
  ofType,
  openTestWorkbench,
  runLog,
  start,
  storeDesign,
  type TestWorkbench,
  temporaryDatabase,
  until,
} from './testing'

const opened: TestWorkbench[] = []
afterEach(async () => {
  for (const wb of opened.splice(0)) {
    await wb.close()
    expect(wb.defects).toEqual([])
  }
})

async function open(...args: Parameters<typeof openTestWorkbench>): Promise<TestWorkbench> {
  const wb = await openTestWorkbench(...args)
  opened.push(wb)
  return wb
}

const DAY_MS = 24 * 60 * 60 * 1000
const wait = (durationMs: number) => ({ id: 'w', type: 'wait' as const, durationMs })
const waits = (durationMs: number) => designOf([wait(durationMs)], chain('start', 'w'))
const asks = designOf([{ id: 'ask', type: 'approval' }], chain('start', 'ask'))

async function startMany(wb: TestWorkbench, designId: string, count: number): Promise<readonly string[]> {
  const runs = await Promise.all(Array.from({ length: count }, () => start(wb, designId, { mode: 'live' })))
  await wb.runs.waitFor(await wb.store.events.head())
  return runs
}

const heldRuns = (wb: TestWorkbench) => () => wb.engine.active
const pollTo = (read: () => number, value: number) => expect.poll(read, { timeout: 15_000 }).toBe(value)

describe('a run that has nothing to do', () => {
  it('is let go of after a while, and is there again for who acts on it', async () => {
    const wb = await open(undefined, { limits: { idleRunMs: 50 } })
    const designId = await storeDesign(wb, asks)
    const [runId = ''] = await startMany(wb, designId, 5)
    await pollTo(heldRuns(wb), 0)
    expect(wb.engine.pressure).toMatchObject({ held: 0, due: 0 })
    await actOnRun(wb, runId, { action: 'decide', node: 'ask', approved: true })
    await until(wb, designId, runId, ofType('SagaCompleted'))
    await pollTo(heldRuns(wb), 0)
  })

  it('is taken up by itself when its time has come', async () => {
    const wb = await open(undefined, { limits: { idleRunMs: 50 } })
    const designId = await storeDesign(wb, waits(700))
    const [runId = ''] = await startMany(wb, designId, 1)
    await pollTo(heldRuns(wb), 0)
    expect(wb.engine.pressure.due).toBe(1)
    await until(wb, designId, runId, ofType('SagaCompleted'))
    const { startedAt, endedAt } = await readRun(wb, runId)
    expect((endedAt ?? 0) - startedAt).toBeGreaterThanOrEqual(700)
    expect(wb.engine.pressure.due).toBe(0)
  })

  it('stays while its time is not that of the clock on the wall', async () => {
    const wb = await open(undefined, { limits: { idleRunMs: 50 } })
    const designId = await storeDesign(wb, waits(DAY_MS))
    const [slow = ''] = await startMany(wb, designId, 2)
    await actOnRun(wb, slow, { action: 'set-speed', mode: 'live', speed: 10 })
    await pollTo(heldRuns(wb), 1)
    await actOnRun(wb, slow, { action: 'cancel' })
    await until(wb, designId, slow, ofType(...ENDED))
  })
})

describe('a server that starts with many unfinished runs', () => {
  it('folds none of those that only wait, and goes on with them when they are due', async () => {
    const path = temporaryDatabase()
    const first = await openTestWorkbench(path)
    const far = await storeDesign(first, waits(30 * DAY_MS))
    const asking = await storeDesign(first, asks)
    const near = await storeDesign(first, waits(1_500))
    await startMany(first, far, 150)
    await startMany(first, asking, 150)
    const [soon = ''] = await startMany(first, near, 1)
    await first.close()

    const second = await open(path)
    expect(await second.store.runs.unfinished()).toHaveLength(301)
    await second.engine.recovered
    expect(second.engine.pressure).toMatchObject({ due: 151, loadsWaiting: 0 })
    expect(second.engine.active).toBe(0)
    await until(second, near, soon, ofType('SagaCompleted'))
  })

  it('folds those whose rest it cannot be sure of, and lets go of them again', async () => {
    const path = temporaryDatabase()
    const first = await openTestWorkbench(path)
    const far = await storeDesign(first, waits(30 * DAY_MS))
    const [stirred = '', ...others] = await startMany(first, far, 40)
    await first.close()
    const second = await openTestWorkbench(path)
    // It has one more event than when it was let go of, and two are not known to rest at all.
    await actOnRun(second, stirred, { action: 'pause' })
    await second.close()
    const db = await openDb(`file:${path}`)
    const rest = 'UPDATE RunRest SET seq = seq - 1 WHERE runId = ?'
    await db.execute(rest, stirred)
    await db.execute('DELETE FROM RunRest WHERE runId IN (?, ?)', others[0] ?? '', others[1] ?? '')
    const unsure = (await open(path)).store.runs.toTakeUp()
    expect(
      (await unsure)
        .filter(({ resting }) => !resting)
        .map(({ runId }) => runId)
        .sort(),
    ).toEqual([stirred, others[0], others[1]].sort())
    await db.close()
    const [third] = opened
    await third?.engine.recovered
    expect(third?.engine.pressure).toMatchObject({ held: 0, due: 39 })
  })
})

describe('designs that share an engine', () => {
  it('take turns: one with hundreds of runs to do does not hold up another', async () => {
    const wb = await open(undefined, { limits: { effectsAtOnce: 2, effectsAtOncePerDesign: 2 } })
    const busy = '() => { let n = 0; for (let i = 0; i < 100000; i++) n += i; return { n } }'
    const work = designOf(
      [{ id: 'a', type: 'step', action: { type: 'script', code: busy } }],
      chain('start', 'a'),
    )
    const [greedy, modest] = [await storeDesign(wb, work), await storeDesign(wb, work)]
    const many = await startMany(wb, greedy, 150)
    const one = await start(wb, modest)
    await until(wb, modest, one, ofType('SagaCompleted'))
    const ended = await Promise.all(many.map(async (id) => (await runLog(wb, greedy, id)).length === 4))
    expect(ended.filter((whole) => !whole).length).toBeGreaterThan(75)
    const last = many.at(-1) ?? ''
    await until(wb, greedy, last, ofType('SagaCompleted'))
  })
})

describe('a run that ended long ago', () => {
  it('is archived: out of the list, still read and listed when asked for', async () => {
    const path = temporaryDatabase()
    const first = await openTestWorkbench(path)
    const designId = await storeDesign(first, designOf([], []))
    const [old = '', young = ''] = await startMany(first, designId, 2)
    for (const id of [old, young]) await until(first, designId, id, ofType('SagaCompleted'))
    await first.runs.waitFor(await first.store.events.head())
    await first.close()
    const db = await openDb(`file:${path}`)
    await db.execute('UPDATE Run SET endedAt = endedAt - ? WHERE id = ?', 31 * DAY_MS, old)
    await db.close()

    const wb = await open(path)
    const listed = async (archived: boolean) =>
      (await wb.store.runs.list({ limit: 10, archived })).map(({ id }) => id)
    await expect.poll(() => listed(false)).toEqual([young])
    expect(await listed(true)).toEqual([old])
    expect(await readRun(wb, old)).toMatchObject({ status: 'completed' })
    expect(await runLog(wb, designId, old)).toHaveLength(2)
  })

  it('is in the list again once somebody takes it up', async () => {
    const wb = await open()
    const broken = { action: { type: 'script', code: "() => fail('No', 'never')" } } as const
    const step = {
      id: 'a',
      type: 'step',
      action: { type: 'script', code: '() => ({})' },
      compensation: broken,
    } as const
    const stop = { id: 'f', type: 'fail', error: 'Stop' } as const
    const designId = await storeDesign(wb, designOf([step, stop], chain('start', 'a', 'f')))
    const [runId = ''] = await startMany(wb, designId, 1)
    await expect(wb.store.runs.setArchived(runId, true)).resolves.toBeNull()
    await until(wb, designId, runId, ofType('SagaFailed'))
    await wb.runs.waitFor(await wb.store.events.head())
    expect(await wb.store.runs.setArchived(runId, true)).toMatchObject({ status: 'failed', archived: true })
    await actOnRun(wb, runId, { action: 'retry-compensation', node: 'a' })
    await wb.runs.waitFor(await wb.store.events.head())
    expect(await wb.store.runs.get(runId)).toMatchObject({ archived: false })
  })
})
