import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { deleteDesign } from '../commands/designs'
import { actOnProjection } from '../commands/projections'
import { health } from '../queries/health'
import { listRuns, readRun } from '../queries/runs'
import { openDb } from '../store/sqlite/db'
import {
  addStep,
  chain,
  designOf,
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
  for (const wb of opened.splice(0)) await wb.close()
})

async function open(...args: Parameters<typeof openTestWorkbench>): Promise<TestWorkbench> {
  const wb = await openTestWorkbench(...args)
  opened.push(wb)
  return wb
}

const pause = { id: 'w', type: 'wait' as const, durationMs: 300 }
/** Long enough for a busy machine to fill the disk meanwhile. */
const longer = designOf([{ ...pause, durationMs: 4_000 }, addStep('a', 'k')], chain('start', 'w', 'a'))
const waitsThenAdds = designOf([pause, addStep('a', 'k')], chain('start', 'w', 'a'))
const adds = designOf([addStep('a', 'k')], chain('start', 'a'))

/** Changes the file behind a server's back. */
async function tamper(path: string, sql: string, ...args: readonly string[]): Promise<void> {
  const db = await openDb(`file:${path}`)
  expect(await db.execute(sql, ...args)).toBeGreaterThan(0)
  await db.close()
}

const wholeVersions = async (wb: TestWorkbench, designId: string, runId: string) => {
  const log = await runLog(wb, designId, runId)
  expect(log.map(({ version }) => version)).toEqual(log.map((_, index) => index + 1))
}

describe('a full disk in the middle of a run', () => {
  it('is said by health and refused to callers; the run goes on by itself when there is room', async () => {
    const wb = await open(undefined, { maxPages: 220 })
    const ballast = await storeDesign(wb, designOf([], []))
    const designId = await storeDesign(wb, longer)
    const runId = await start(wb, designId, { mode: 'live' })
    const fill = async (characters: number) => {
      for (let index = 0; ; index += 1) {
        const metadata = {
          messageId: `fill-${characters}-${index}`,
          correlationId: 'c',
          causationId: 'c',
          schemaVersion: 1,
        }
        const events = [{ type: 'Filled', data: 'x'.repeat(characters), metadata }]
        try {
          await wb.store.events.append([
            { designId: ballast, streamId: 'ballast', expectedVersion: 'any', events },
          ])
        } catch (error) {
          return error
        }
      }
    }
    expect(await fill(20_000)).toMatchObject({ code: 'STORE_FULL' })
    expect(await fill(10)).toMatchObject({
      code: 'STORE_FULL',
      message: expect.stringContaining('Free some'),
    })
    expect(await health(wb)).toMatchObject({ status: 'degraded', fault: { code: 'STORE_FULL' } })
    await expect(start(wb, designId)).rejects.toMatchObject({ code: 'STORE_FULL' })
    expect(await readRun(wb, runId)).toMatchObject({ status: 'running' })

    await deleteDesign(wb, ballast, true)
    await until(wb, designId, runId, ofType('SagaCompleted'))
    await wholeVersions(wb, designId, runId)
    expect(await wb.store.events.read(designId, 'Counter-k')).toHaveLength(1)
    expect(await health(wb)).toMatchObject({ status: 'ok', fault: null })
    expect(wb.defects).toEqual([])
  }, 40_000)
})

describe('a database that another program has locked', () => {
  it('is said by health; the run goes on by itself when the lock is gone', async () => {
    const wb = await open()
    const designId = await storeDesign(wb, waitsThenAdds)
    const runId = await start(wb, designId, { mode: 'live' })
    const locker = await openDb(`file:${wb.databasePath}`)
    await locker.execute('BEGIN IMMEDIATE')
    await expect
      .poll(() => health(wb), { timeout: 15_000 })
      .toMatchObject({
        status: 'degraded',
        fault: { code: 'STORE_UNAVAILABLE', message: expect.stringContaining('locked') },
      })
    await locker.execute('ROLLBACK')
    await locker.close()
    await until(wb, designId, runId, ofType('SagaCompleted'))
    await wholeVersions(wb, designId, runId)
    expect(await health(wb)).toMatchObject({ status: 'ok', fault: null })
  }, 40_000)
})

describe('a row that was changed by something else', () => {
  async function twoRuns(): Promise<{
    readonly path: string
    readonly broken: { readonly designId: string; readonly runId: string }
    readonly whole: { readonly designId: string; readonly runId: string }
  }> {
    const path = temporaryDatabase()
    const first = await openTestWorkbench(path)
    const begin = async () => {
      const designId = await storeDesign(first, waitsThenAdds)
      return { designId, runId: await start(first, designId, { mode: 'live' }) }
    }
    const [broken, whole] = [await begin(), await begin()]
    await until(first, broken.designId, broken.runId, ofType('TimerSet'))
    await until(first, whole.designId, whole.runId, ofType('TimerSet'))
    await first.close()
    // They are folded, whatever was known of them.
    await tamper(path, 'DELETE FROM RunRest')
    return { path, broken, whole }
  }

  it('an event, names itself; its run stands, the others go on, and so does the list', async () => {
    const { path, broken, whole } = await twoRuns()
    await tamper(
      path,
      "UPDATE Event SET data = '{\"cut' WHERE streamId = ? AND version = 2",
      `run-${broken.runId}`,
    )
    await tamper(path, "UPDATE Mark SET position = 0 WHERE name = 'runs'")
    const wb = await open(path)
    await until(wb, whole.designId, whole.runId, ofType('SagaCompleted'))
    await wb.engine.recovered
    const named = new RegExp(`CORRUPT_EVENT|run-${broken.runId} version 2.*restore`)
    expect(wb.defects.some((defect) => defect.startsWith(`run ${broken.runId}:`) && named.test(defect))).toBe(
      true,
    )
    await expect(readRun(wb, broken.runId)).rejects.toMatchObject({
      code: 'CORRUPT_EVENT',
      message: expect.stringContaining(`run-${broken.runId} version 2`),
    })
    const { items } = await listRuns(wb, { limit: 10 })
    expect(items.map(({ id, status }) => [id, status])).toEqual(
      expect.arrayContaining([
        [whole.runId, 'completed'],
        [broken.runId, 'running'],
      ]),
    )
  })

  it('a design, names itself; its runs stand, those of others go on', async () => {
    const { path, broken, whole } = await twoRuns()
    await tamper(path, "UPDATE DesignVersion SET document = '[' WHERE designId = ?", broken.designId)
    const wb = await open(path)
    await until(wb, whole.designId, whole.runId, ofType('SagaCompleted'))
    await wb.engine.recovered
    expect(wb.defects.join('\n')).toMatch(
      new RegExp(
        `run ${broken.runId}: WorkbenchError: Design ${broken.designId} version 1 .*restore the row`,
      ),
    )
    await expect(start(wb, broken.designId)).rejects.toMatchObject({ code: 'CORRUPT_EVENT' })
  })

  it('an event that a projection comes to, stops it there; a person can pass over it', async () => {
    const path = temporaryDatabase()
    const first = await openTestWorkbench(path)
    const designId = await storeDesign(first, adds)
    for (let index = 0; index < 3; index += 1)
      await until(first, designId, await start(first, designId), ofType('SagaCompleted'))
    await first.close()
    await tamper(path, "UPDATE Event SET data = 'no' WHERE streamId = 'Counter-k' AND version = 2")
    await tamper(path, 'UPDATE Projection SET checkpoint = 0')
    await tamper(path, 'DELETE FROM ProjectionRow')
    const wb = await open(path)
    const counts = (await wb.projections.of(await wb.catalogue.load(designId))).get('counts')
    const state = () => counts?.progress?.state
    await expect.poll(state).toMatchObject({
      status: 'faulted',
      fault: { code: 'CORRUPT_EVENT', streamId: 'Counter-k', version: 2 },
    })
    await actOnProjection(wb, designId, 'counts', { action: 'skip' })
    await expect.poll(state).toMatchObject({ status: 'running' })
    const rows = async () =>
      await wb.store.projections.rows(designId, 'counts', state()?.generation ?? 0, { limit: 5 })
    await expect.poll(rows).toEqual([{ key: 'k', row: { count: 2 } }])
  })
})

describe('a damaged file', () => {
  const PAGE = 4_096

  async function filled(): Promise<string> {
    const path = temporaryDatabase()
    const wb = await openTestWorkbench(path)
    const designId = await storeDesign(wb, adds)
    for (let index = 0; index < 40; index += 1)
      await until(wb, designId, await start(wb, designId), ofType('SagaCompleted'))
    await wb.close()
    return path
  }

  it.each([
    { what: 'cut short', damage: (path: string) => truncateSync(path, 5 * PAGE) },
    {
      what: 'overwritten from its second page on',
      damage: (path: string) => {
        const bytes = readFileSync(path)
        writeFileSync(path, bytes.fill(0xa5, PAGE, Math.min(bytes.length, 60 * PAGE)))
      },
    },
  ])(
    '$what, is refused with what to do, and served again once it is restored from a copy',
    async ({ damage }) => {
      const path = await filled()
      copyFileSync(path, `${path}.copy`)
      damage(path)
      await expect(openTestWorkbench(path)).rejects.toMatchObject({
        code: 'STORE_DAMAGED',
        message: expect.stringMatching(/damaged.*restore it from a copy.*recover/),
      })
      copyFileSync(`${path}.copy`, path)
      const wb = await open(path)
      expect((await listRuns(wb, { limit: 100 })).items).toHaveLength(40)
      const designId = await storeDesign(wb, adds)
      await until(wb, designId, await start(wb, designId), ofType('SagaCompleted'))
    },
  )
})
