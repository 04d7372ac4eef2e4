import { codeEvent } from '@/core/aggregate/handle'
import type { Projection } from '@/core/design/aggregate'
import { WorkbenchError } from '@/core/errors'
import { createRowsFolding } from '@/core/projection/folding'
import type { ProjectionAt } from '@/core/protocol'
import { TRAVEL_LIMITS } from '@/core/travel/limits'
import type { LoadedDesign } from '../engine/loaded-design'
import { LIMITS } from '../limits'
import type { Workbench } from '../workbench'

export type RowsLimits = Readonly<Record<'atRows' | 'atFoldEvents', number>>

/**
 * The rows of a read model at a position of the log. Where it has not got beyond that yet, they are the present ones,
 * which is what a query was answered with; otherwise they are folded anew, as far as the limits allow.
 * @throws {WorkbenchError} PROJECTION_NOT_FOUND
 */
export async function rowsAt(
  wb: Workbench,
  loaded: LoadedDesign,
  name: string,
  position: number,
  limits: RowsLimits = TRAVEL_LIMITS,
): Promise<ProjectionAt> {
  const projection = loaded.design.projections.find(({ id }) => id === name)
  if (!projection)
    throw new WorkbenchError('PROJECTION_NOT_FOUND', `This design has no projection "${name}".`)
  return (
    (await presentRows(wb, loaded, name, position, limits)) ??
    foldedRows(wb, loaded, projection, position, limits)
  )
}

/** Null when it is beyond the position, or got there while it was read. */
async function presentRows(
  wb: Workbench,
  loaded: LoadedDesign,
  name: string,
  position: number,
  { atRows }: RowsLimits,
): Promise<ProjectionAt | null> {
  const runner = await wb.projections.get(loaded, name)
  const state = runner.progress?.state
  if (!state || runner.progress?.rebuilding !== null || state.checkpoint > position) return null
  const { generation, checkpoint } = state
  const rows = await wb.store.projections.rows(loaded.id, name, generation, { limit: atRows })
  const count = await wb.store.projections.count(loaded.id, name, generation)
  const now = runner.progress?.state
  if (!now || now.generation !== generation || now.checkpoint > position) return null
  return { name, source: 'present', foldedTo: checkpoint, rows: [...rows], count, problem: null }
}

async function foldedRows(
  wb: Workbench,
  loaded: LoadedDesign,
  projection: Projection,
  position: number,
  { atRows, atFoldEvents }: RowsLimits,
): Promise<ProjectionAt> {
  const folding = createRowsFolding(wb.code, { program: loaded.program, design: loaded.design, projection })
  const types = Object.keys(projection.on)
  let [after, events] = [0, 0]
  let problem: ProjectionAt['problem'] = null
  for (;;) {
    const page = await wb.store.events.readAll(after, { designId: loaded.id, types, limit: LIMITS.readMost })
    const upTo = page.filter((event) => event.position <= position)
    events += upTo.length
    if (events > atFoldEvents) {
      problem = {
        code: 'FOLD_TOO_LONG',
        message: `More than ${atFoldEvents} events lead to its rows at position ${position}: choose an earlier one, or the latest.`,
      }
      break
    }
    await folding.feed(upTo.map(codeEvent))
    after = page.at(-1)?.position ?? after
    if (folding.fault || upTo.length < page.length || page.length < LIMITS.readMost) break
  }
  const { fault } = folding
  if (fault) problem = { code: fault.code, message: fault.message }
  // half of a fold is no state that ever was
  const rows = problem?.code === 'FOLD_TOO_LONG' ? [] : [...folding.rows].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    name: projection.id,
    source: 'folded',
    foldedTo: fault?.event?.position === undefined ? position : fault.event.position - 1,
    rows: rows.slice(0, atRows).map(([key, row]) => ({ key, row })),
    count: rows.length,
    problem,
  }
}
