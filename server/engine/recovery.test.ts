import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { listRuns, readRun } from '../queries/runs'
import { recoveryDesign } from './recovery-design'
import {
  brief,
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

const CHILD = fileURLToPath(new URL('recovery-child.ts', import.meta.url))

/** Runs the child until its log has so many events, and kills it outright. */
async function dieAfter(path: string, events: number): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, `file:${path}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let seen = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen += text.split('\n').filter((line) => line.includes('"type"')).length
    if (seen >= events) child.kill('SIGKILL')
  })
  await once(child, 'close')
  expect(child.signalCode).toBe('SIGKILL')
}

async function isWhole(wb: TestWorkbench, designId: string, runId: string): Promise<void> {
  await until(wb, designId, runId, ofType(...ENDED))
  const run = await readRun(wb, runId)
  expect(run.status).toBe('completed')
  const added = await wb.store.events.read(designId, 'Counter-r')
  const commands = added.map(({ data }) => (data as { readonly commandId: string }).commandId)
  expect(commands).toEqual(['a', 'b', 'c', 'e'].map((id) => `${runId}:${id}:0:action`))
  const log = await runLog(wb, designId, runId)
  expect(log.map(({ version }) => version)).toEqual(log.map((_, index) => index + 1))
  expect(brief(log).filter((what) => what.startsWith('StepCompleted'))).toHaveLength(5)
}

describe('a run whose server was killed', () => {
  it.each([1, 4, 8, 12])(
    'after %i events goes on when the server is back, and no command is done twice',
    async (events) => {
      const path = temporaryDatabase()
      await dieAfter(path, events)
      const wb = await openTestWorkbench(path)
      const { items } = await listRuns(wb, { limit: 10 })
      const [run] = items
      expect(items).toHaveLength(1)
      if (run) await isWhole(wb, run.designId, run.id)
      expect(wb.defects).toEqual([])
      await wb.close()
    },
    60_000,
  )
})

describe('a workbench that is closed', () => {
  it('in the middle of a run, and opened again as often as it takes, finishes it', async () => {
    const path = temporaryDatabase()
    const first = await openTestWorkbench(path)
    const designId = await storeDesign(first, recoveryDesign)
    const runId = await start(first, designId, { mode: 'live' })
    await until(first, designId, runId, ofType('TimerSet'))
    await first.close()
    const second = await openTestWorkbench(path)
    await second.engine.recovered
    expect(second.engine.active).toBe(1)
    await until(second, designId, runId, (event) => event.version >= 8)
    await second.close()
    const third = await openTestWorkbench(path)
    await isWhole(third, designId, runId)
    expect([...first.defects, ...second.defects, ...third.defects]).toEqual([])
    await expect(start(second, designId)).rejects.toMatchObject({
      code: expect.stringMatching(/ENGINE_STOPPED|STORE_UNAVAILABLE/),
    })
    await third.close()
  })
})
