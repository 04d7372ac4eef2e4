import { runStream } from '@/core/aggregate/stream'
import type { RecordedEvent } from '@/core/log/event'
import { createDesign } from '@/server/commands/designs'
import { awaitRun, startRun } from '@/server/commands/runs'
import { inFolder } from '../support/in-folder'
import { INSERT_EVENT, openRaw } from '../support/raw-database'
import { type Round, summarize } from '../support/rounds'
import { benchDesign, startOf, type Variant } from './bench-design'
import { openBench } from './in-process'

/** The events of one real run, one list for each append. */
export type Appends = readonly (readonly RecordedEvent[])[]

/** A run is on disk once for its start and once for every answer, with what follows from it. */
const OPENS_AN_APPEND: ReadonlySet<string> = new Set([
  'SagaStarted',
  'StepCompleted',
  'StepFailed',
  'CompensationCompleted',
])

/** What a run of the variant writes, taken from one. */
export const appendsOf = (variant: Variant): Promise<Appends> =>
  inFolder(async (path) => {
    const wb = await openBench(path)
    const { id } = await createDesign(wb, { document: benchDesign })
    const run = await startRun(wb, id, startOf(variant))
    await awaitRun(wb, id, run.id, 30_000)
    const appends: RecordedEvent[][] = []
    for (const event of await wb.store.events.read(id, runStream(run.id))) {
      if (OPENS_AN_APPEND.has(event.type)) appends.push([event])
      else appends.at(-1)?.push(event)
    }
    await wb.close()
    return appends
  })

/**
 * The ceiling: the same rows in the same table, on disk append by append, from a loop of prepared inserts that
 * interprets nothing. `concurrency` sagas go side by side and share each commit.
 */
export const rawSagas = (appends: Appends, concurrency: number, seconds: number): Promise<Round> =>
  inFolder(async (path) => {
    const db = await openRaw(path)
    const insert = db.prepare(INSERT_EVENT)
    const durations: number[] = []
    let position = 0
    let sagas = 0
    const start = performance.now()
    while (performance.now() - start < seconds * 1_000) {
      const before = performance.now()
      for (const append of appends) {
        db.exec('BEGIN IMMEDIATE')
        for (let saga = sagas; saga < sagas + concurrency; saga += 1) {
          for (const { designId, version, type, data, metadata } of append) {
            position += 1
            insert.run([
              position,
              designId,
              `run-${saga}`,
              version,
              type,
              JSON.stringify(data),
              `${saga}:${version}`,
              `${saga}`,
              metadata.causationId,
              null,
              1,
              Date.now(),
            ])
          }
        }
        db.exec('COMMIT')
      }
      const took = performance.now() - before
      for (let saga = 0; saga < concurrency; saga += 1) durations.push(took)
      sagas += concurrency
    }
    const round = summarize(durations, performance.now() - start)
    db.close()
    return round
  })
