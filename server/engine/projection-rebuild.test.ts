import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseDesign } from '@/core/design/document'
import { asJson } from '@/core/json'
import { sendCommand } from '../commands/aggregates'
import { saveDesign } from '../commands/designs'
import { actOnProjection } from '../commands/projections'
import { projectionRows } from '../queries/projection-rows'
import { listProjections } from '../queries/projections'
import { openSqliteStore } from '../store/sqlite/open'
import { event } from '../store/testing'
import { designOf, openTestWorkbench, storeDesign, type TestWorkbench, temporaryDatabase } from './testing'

const CHILD = fileURLToPath(new URL('projection-child.ts', import.meta.url))
const EVENTS = 8_000
const KEYS = 40

/** A database with a long log, which no projection has seen yet. */
async function longLog(): Promise<{ readonly path: string; readonly designId: string }> {
  const path = temporaryDatabase()
  const store = await openSqliteStore({ path })
  const design = parseDesign(designOf([], []))
  if (!design.ok) throw new Error('the test design is none')
  await store.designs.create({ id: 'd1', name: 'Long', document: asJson(design.value), at: 1 })
  for (let first = 0; first < EVENTS; first += 1_000) {
    const events = Array.from({ length: 1_000 }, (_, at) => ({
      ...event(`m${first + at}`, 'Added'),
      data: { by: 1 },
    }))
    const streams = Array.from({ length: KEYS }, (_, key) => ({
      designId: 'd1',
      streamId: `Counter-${key}`,
      expectedVersion: 'any' as const,
      events: events.filter((_one, at) => at % KEYS === key),
    }))
    await store.events.append(streams)
  }
  await store.close()
  return { path, designId: 'd1' }
}

const countsOf = async (wb: TestWorkbench, designId: string): Promise<number> =>
  (await projectionRows(wb, designId, 'counts', { limit: 500 })).items.reduce(
    (sum, { row }) => sum + (row as { readonly count: number }).count,
    0,
  )
const infoOf = async (wb: TestWorkbench, designId: string) => {
  const [info] = (await listProjections(wb, designId)).items
  if (!info) throw new Error('the design has no projection')
  return info
}

/** Runs the child until it has told of so many changes, and kills it outright. */
async function dieAfter(path: string, changes: number, ...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, `file:${path}`, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let seen = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen += text.split('\n').length - 1
    if (seen >= changes) child.kill('SIGKILL')
  })
  await once(child, 'close')
  expect(child.signalCode).toBe('SIGKILL')
}

describe('a projection whose server was killed', () => {
  it('has the rows of its checkpoint, and goes on from there; a rebuild cut short has changed nothing', async () => {
    const { path, designId } = await longLog()
    await dieAfter(path, 3)
    const store = await openSqliteStore({ path })
    const state = await store.projections.get(designId, 'counts')
    const rows = await store.projections.rows(designId, 'counts', state?.generation ?? 1, { limit: KEYS })
    await store.close()
    expect(state?.checkpoint).toBeGreaterThan(0)
    expect(rows.reduce((sum, { row }) => sum + (row as { readonly count: number }).count, 0)).toBe(
      state?.checkpoint,
    )
    const wb = await openTestWorkbench(path)
    await projectionRows(wb, designId, 'counts', { limit: 1, atLeast: EVENTS, waitMs: 20_000 })
    expect(await countsOf(wb, designId)).toBe(EVENTS)
    await wb.close()
    await dieAfter(path, 3, 'rebuild')
    const again = await openTestWorkbench(path)
    expect(await infoOf(again, designId)).toMatchObject({ checkpoint: EVENTS, rows: KEYS, rebuilding: null })
    expect(await countsOf(again, designId)).toBe(EVENTS)
    expect([...wb.defects, ...again.defects]).toEqual([])
    await again.close()
  }, 60_000)
})

describe('a rebuild', () => {
  it('shows how far it is, while the old rows follow and whoever wants something has a turn', async () => {
    const { path, designId } = await longLog()
    const wb = await openTestWorkbench(path)
    await projectionRows(wb, designId, 'counts', { limit: 1, atLeast: EVENTS, waitMs: 20_000 })
    const seen: (number | null)[] = []
    let done: () => void = () => undefined
    const swapped = new Promise<void>((resolve) => {
      done = resolve
    })
    wb.projections.onChange(({ rows, progress }) => {
      seen.push(progress.rebuilding)
      if (rows === null) done()
    })
    const info = await actOnProjection(wb, designId, 'counts', { action: 'rebuild' })
    expect(info).toMatchObject({ status: 'rebuilding', rows: KEYS, lag: 0 })
    await expect(actOnProjection(wb, designId, 'counts', { action: 'rebuild' })).rejects.toMatchObject({
      code: 'PROJECTION_ACTION_REFUSED',
    })
    const delayed = await actOnProjection(wb, designId, 'counts', { action: 'set-delay', delayMs: 1 })
    expect(delayed).toMatchObject({ status: 'rebuilding', delayMs: 1 })
    const { events } = await sendCommand(wb, designId, 'Counter', 'x', { type: 'Add', payload: { by: 2 } })
    await projectionRows(wb, designId, 'counts', { limit: 1, atLeast: events[0]?.position })
    expect(await countsOf(wb, designId)).toBe(EVENTS + 2)
    await swapped
    const steps = seen.filter((at) => at !== null)
    expect(steps.length).toBeGreaterThan(4)
    expect(steps).toEqual([...steps].sort((a, b) => a - b))
    expect(await infoOf(wb, designId)).toMatchObject({ status: 'running', rebuilding: null, lag: 0 })
    expect(await countsOf(wb, designId)).toBe(EVENTS + 2)
    await wb.close()
    expect(wb.defects).toEqual([])
  }, 60_000)
})

describe('the delay of a projection', () => {
  it('set live stays until the definition asks for another than it did', async () => {
    const wb = await openTestWorkbench()
    const design = (delayMs: number, name: string) => {
      const made = designOf([], [], { name })
      return { ...made, projections: made.projections?.map((one) => ({ ...one, delayMs })) ?? [] }
    }
    const designId = await storeDesign(wb, design(100, 'One'))
    expect(await infoOf(wb, designId)).toMatchObject({ delayMs: 100 })
    await actOnProjection(wb, designId, 'counts', { action: 'set-delay', delayMs: 700 })
    await saveDesign(wb, designId, 1, design(100, 'Two'))
    expect(await infoOf(wb, designId)).toMatchObject({ delayMs: 700 })
    await saveDesign(wb, designId, 2, design(0, 'Three'))
    expect(await infoOf(wb, designId)).toMatchObject({ delayMs: 0 })
    await wb.close()
  })
})
