import { runStream } from '@/core/aggregate/stream'
import { WorkbenchError } from '@/core/errors'
import type { RecordedEvent } from '@/core/log/event'
import type { EventAnswer, Page, RunAnswer, RunSummary } from '@/core/protocol'
import { attentionOf, needsPerson, viewRun } from '@/core/saga'
import { sagaEvent } from '../engine/run-messages'
import type { RunRow } from '../store/contract'
import type { Workbench } from '../workbench'
import { eventAnswer, type ListQuery, noSuchCursor, page } from './events'

/** @throws {WorkbenchError} INVALID_QUERY when `after` is no run */
export async function listRuns(
  wb: Workbench,
  query: ListQuery & {
    readonly design?: string | undefined
    readonly saga?: string | undefined
    readonly status?: RunRow['status'] | undefined
    readonly archived?: boolean | undefined
    readonly needs?: 'person' | undefined
  },
): Promise<Page<RunSummary>> {
  // What a caller has been told is on disk is in the list.
  await wb.runs.waitFor(await wb.store.events.head())
  const { design, saga, status, archived, needs, limit, after } = query
  const rows = await wb.store.runs.list({
    limit: limit + 1,
    ...(design === undefined ? {} : { designId: design }),
    ...(saga === undefined ? {} : { saga }),
    ...(status === undefined ? {} : { status }),
    ...(archived === undefined ? {} : { archived }),
    ...(needs === undefined ? {} : { needsPerson: true }),
    ...(after === undefined ? {} : { after }),
  })
  if (rows.length === 0 && after !== undefined && !(await wb.store.runs.get(after))) throw noSuchCursor(after)
  return page(rows, limit, (row) => row.id, runSummary)
}

/** A row as it is told: without what only the list itself goes by. */
export const runSummary = ({ watched: _watched, position: _position, ...row }: RunRow): RunSummary => ({
  ...row,
  attention: [...row.attention],
})

/**
 * A run now, or as of its event `seq`: folded from the log by the same interpreter that runs it.
 * @throws {WorkbenchError} RUN_NOT_FOUND, SEQ_OUT_OF_RANGE
 */
export async function readRun(wb: Workbench, runId: string, seq?: number): Promise<RunAnswer> {
  const designId = await designOfRun(wb, runId)
  const { loaded, plan, events, state } = await wb.engine.read(designId, runId, seq)
  const attention = attentionOf(plan, state)
  return {
    id: runId,
    designId,
    designVersion: loaded.version,
    saga: plan.saga.id,
    mode: state.mode,
    seed: state.seed,
    faults: [...state.faults],
    head: events.length,
    ...viewRun(plan, state),
    attention: [...attention],
    needsPerson: attention.filter(needsPerson).length,
    startedAt: begunAt(events.slice(0, state.seq)),
    ...((events[0]?.position ?? 0) <= wb.store.imports.importedTo(designId) ? { imported: true } : {}),
  }
}

/** As the list has it: a fork began when it was made. */
function begunAt(events: readonly RecordedEvent[]): number {
  const first = events.findLast(({ type }) => type === 'SagaForked') ?? events[0]
  return first === undefined ? 0 : sagaEvent(first).data.at
}

export async function runEvents(
  wb: Workbench,
  runId: string,
  query: { readonly after: number; readonly limit: number },
): Promise<Page<EventAnswer>> {
  const designId = await designOfRun(wb, runId)
  const events = await wb.store.events.read(designId, runStream(runId), {
    from: query.after + 1,
    limit: query.limit + 1,
  })
  if (events.length === 0 && query.after === 0)
    throw new WorkbenchError('RUN_NOT_FOUND', `There is no run "${runId}".`)
  return page(events, query.limit, (event) => String(event.version), eventAnswer)
}

/** @throws {WorkbenchError} RUN_NOT_FOUND */
export async function designOfRun(wb: Workbench, runId: string): Promise<string> {
  let row = await wb.store.runs.get(runId)
  if (!row) {
    await wb.runs.waitFor(await wb.store.events.head())
    row = await wb.store.runs.get(runId)
  }
  if (!row) throw new WorkbenchError('RUN_NOT_FOUND', `There is no run "${runId}".`)
  return row.designId
}
