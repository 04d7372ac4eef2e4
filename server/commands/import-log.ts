import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isWorkbenchError, WorkbenchError } from '@/core/errors'
import type { EventLine } from '@/core/log/file'
import { type IdsInLog, renamedId } from '@/core/log/rename'
import type { ImportAnswer } from '@/core/protocol'
import { type CheckedLog, createLogChecker } from '../import/log-checker'
import { refusal } from '../import/refusal'
import { stagedEvents, stageLog } from '../import/stage-log'
import { LIMITS } from '../limits'
import type { LogImport, Store } from '../store/contract'
import { logNotEmpty } from '../store/log-not-empty'
import type { Workbench } from '../workbench'
import { newDesignId } from './designs'

const underWay = new WeakMap<Store, number>()

/**
 * Takes a log from a file, all of it or nothing: into a design in which nothing has happened yet, or with the design
 * that it brings along.
 * @param designId null: a new design
 * @throws {WorkbenchError} IMPORT_* with the line, LOG_NOT_EMPTY, DESIGN_NOT_FOUND, UNSUPPORTED_FORMAT_VERSION,
 *   TOO_MANY_REQUESTS, MESSAGE_ID_REUSED, STORE_*
 */
export async function importLog(
  wb: Workbench,
  designId: string | null,
  upload: AsyncIterable<Buffer>,
): Promise<ImportAnswer> {
  if (designId !== null) {
    await wb.catalogue.load(designId)
    const { events } = await wb.store.events.count(designId, { after: 0, most: 1 })
    if (events > 0) throw logNotEmpty()
  }
  const others = underWay.get(wb.store) ?? 0
  if (others >= LIMITS.importsAtOnce)
    throw new WorkbenchError(
      'TOO_MANY_REQUESTS',
      'Other logs are being imported. Try again when they are through.',
    )
  underWay.set(wb.store, others + 1)
  const folder = await mkdtemp(join(tmpdir(), 'saga-import-'))
  try {
    return await importStaged(wb, designId, upload, join(folder, 'events.ndjson'))
  } finally {
    underWay.set(wb.store, (underWay.get(wb.store) ?? 1) - 1)
    await rm(folder, { recursive: true, force: true })
  }
}

async function importStaged(
  wb: Workbench,
  designId: string | null,
  upload: AsyncIterable<Buffer>,
  path: string,
): Promise<ImportAnswer> {
  const to = designId ?? newDesignId()
  const versionHere = async (version: number) =>
    designId === null ? null : loadVersion(wb, designId, version)
  const checker = createLogChecker(versionHere, Date.now())
  let taken = false
  /** The header is known before the first event. */
  const lookUp = async (events: readonly EventLine[]) => {
    if (taken) return
    const { from } = checker
    const kept = events.map(({ metadata }) => renamedId(metadata.messageId, keptIds(from, to)))
    taken = (await wb.store.imports.taken(kept)).length > 0
  }
  const log = await stageLog(upload, path, checker, lookUp)
  taken ||= await anyRunTaken(wb, [...log.runs])
  const from = log.header.design.id
  const ids = taken ? newIds(from, to, log.runs) : keptIds(from, to)
  const written = await wb.store.imports.run({
    designId: to,
    at: Date.now(),
    events: () => stagedEvents(path, ids),
    ...(designId === null ? { create: designOf(log) } : {}),
  })
  // What it shows is on disk: the runs are in the list, and the projections are under way.
  const loaded = await wb.catalogue.load(to)
  await wb.projections.of(loaded)
  await wb.runs.waitFor(written.last)
  return {
    id: to,
    version: loaded.version,
    name: loaded.design.name,
    events: log.events,
    streams: log.streams,
    runs: log.runs.size,
    ids: taken ? 'new' : 'kept',
  }
}

async function loadVersion(wb: Workbench, designId: string, version: number) {
  try {
    return await wb.catalogue.load(designId, version)
  } catch (error) {
    if (isWorkbenchError(error) && error.code === 'DESIGN_NOT_FOUND') return null
    throw error
  }
}

/** Run ids are looked up so many at a time. */
const RUNS_AT_ONCE = 1_000

async function anyRunTaken(wb: Workbench, runs: readonly string[]): Promise<boolean> {
  await wb.runs.waitFor(await wb.store.events.head())
  for (let from = 0; from < runs.length; from += RUNS_AT_ONCE)
    if ((await wb.store.runs.find(runs.slice(from, from + RUNS_AT_ONCE))).length > 0) return true
  return false
}

const keptIds = (from: string, to: string): IdsInLog => ({ from, to, runs: new Map(), others: false })

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** New ids follow from the old and from the design they go to; as those of other runs they begin with the time. */
function newIds(from: string, to: string, runs: ReadonlySet<string>): IdsInLog {
  const time = Date.now().toString(36)
  const renamed = [...runs].map((run) => {
    const digest = createHash('sha256').update(`${to}\0${run}`).digest()
    const letters = [...digest.subarray(0, 12)].map((byte) => LETTERS[byte % LETTERS.length])
    return [run, time + letters.join('')] as const
  })
  return { from, to, runs: new Map(renamed), others: true }
}

function designOf({ header, versions }: CheckedLog): NonNullable<LogImport['create']> {
  if (versions.size === 0)
    throw refusal(
      'IMPORT_DESIGN_MISMATCH',
      1,
      'the file has no design with it. Import it into a design that you have made',
    )
  return { name: header.design.name, versions: [...versions.values()] }
}
