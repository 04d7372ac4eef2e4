import { runStream } from '@/core/aggregate/stream'
import type { RecordedEvent } from '@/core/log/event'
import { createDesign } from '@/server/commands/designs'
import { awaitRun, startRun } from '@/server/commands/runs'
import { newRunId } from '@/server/engine/run-id'
import { INSERT_EVENTS } from '@/server/store/sqlite/event-rows'
import { inFolder } from '../support/in-folder'
import { INSERT_EVENT, openRaw } from '../support/raw-database'
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

const RUN_ID_LENGTH = newRunId().length

export type RawRow = readonly (string | number | null)[]

/** A row of the log, in the order of `insertRow`: the real run's, under an id of another that is as long. */
export function rawRow(
  { designId, version, type, data, metadata }: RecordedEvent,
  saga: number,
  position: number,
): RawRow {
  const id = String(saga).padStart(RUN_ID_LENGTH, '0')
  return [
    position,
    designId,
    `run-${id}`,
    version,
    type,
    JSON.stringify(data),
    `${id}:${version}`,
    id,
    metadata.causationId,
    null,
    1,
    Date.now(),
  ]
}

/** Rows from which one statement for all of them, out of JSON, takes less time than one for each. */
const MANY_ROWS = 10

/** Puts the rows of a commit on disk before it returns, by the fastest way there is here. */
export interface RawLog {
  write(rows: readonly RawRow[]): void
  close(): void
}

export async function openRawLog(path: string): Promise<RawLog> {
  const db = await openRaw(path)
  const one = db.prepare(INSERT_EVENT)
  const many = db.prepare(INSERT_EVENTS)
  return {
    write(rows) {
      db.exec('BEGIN IMMEDIATE')
      if (rows.length < MANY_ROWS) for (const row of rows) one.run(row)
      else many.run([JSON.stringify(rows)])
      db.exec('COMMIT')
    },
    close: () => db.close(),
  }
}
