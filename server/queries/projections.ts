import { WorkbenchError } from '@/core/errors'
import { isJsonObject, type Json } from '@/core/json'
import type { Page, ProjectionInfo, ProjectionRow } from '@/core/protocol'
import type { LoadedDesign } from '../engine/loaded-design'
import { LIMITS } from '../limits'
import type { Workbench } from '../workbench'

/** Where a projection stands. @throws {WorkbenchError} PROJECTION_NOT_FOUND */
export async function projectionInfo(
  wb: Workbench,
  loaded: LoadedDesign,
  name: string,
): Promise<ProjectionInfo> {
  const progress = (await wb.projections.get(loaded, name)).progress
  if (!progress) throw new WorkbenchError('PROJECTION_NOT_FOUND', `This design has no projection "${name}".`)
  const { state, rebuilding } = progress
  const { lag, head } = await wb.store.events.lag(loaded.id, state.checkpoint)
  return {
    name,
    checkpoint: state.checkpoint,
    head,
    lag,
    status: rebuilding === null ? state.status : 'rebuilding',
    delayMs: state.delayMs,
    fault: state.fault,
    rows: await wb.store.projections.count(loaded.id, name, state.generation),
  }
}

export async function listProjections(wb: Workbench, designId: string): Promise<Page<ProjectionInfo>> {
  const loaded = await wb.catalogue.load(designId)
  const items = await Promise.all(loaded.design.projections.map(({ id }) => projectionInfo(wb, loaded, id)))
  return { items, next: null }
}

/**
 * Rows by key; filtered by `field=value` pairs (comma between, all must hold) and sorted by one field (`-field`: down).
 * @throws {WorkbenchError} INVALID_QUERY when there are too many rows to sort here
 */
export async function projectionRows(
  wb: Workbench,
  designId: string,
  name: string,
  query: {
    readonly filter?: string | undefined
    readonly sort?: string | undefined
    readonly limit: number
    readonly after?: string | undefined
  },
): Promise<Page<ProjectionRow>> {
  const loaded = await wb.catalogue.load(designId)
  const progress = (await wb.projections.get(loaded, name)).progress
  const generation = progress?.state.generation ?? 1
  const { filter, sort, limit, after } = query
  if (filter === undefined && sort === undefined) {
    const rows = await wb.store.projections.rows(loaded.id, name, generation, {
      limit: limit + 1,
      ...(after === undefined ? {} : { after }),
    })
    const shown = rows.slice(0, limit)
    return { items: [...shown], next: rows.length > limit ? (shown.at(-1)?.key ?? null) : null }
  }
  const all = await wb.store.projections.rows(loaded.id, name, generation, { limit: LIMITS.sortedRows + 1 })
  if (all.length > LIMITS.sortedRows)
    throw new WorkbenchError(
      'INVALID_QUERY',
      `"${name}" has more than ${LIMITS.sortedRows} rows: page through it without filter and sort.`,
    )
  const matching = filter === undefined ? [...all] : all.filter(({ row }) => matches(row, filter))
  if (sort !== undefined) matching.sort(byField(sort))
  const from = after === undefined ? 0 : matching.findIndex(({ key }) => key === after) + 1
  const shown = matching.slice(from, from + limit)
  return { items: shown, next: matching.length > from + limit ? (shown.at(-1)?.key ?? null) : null }
}

const fieldOf = (row: Json, field: string): Json => (isJsonObject(row) ? (row[field] ?? null) : null)

function matches(row: Json, filter: string): boolean {
  return filter.split(',').every((pair) => {
    const at = pair.indexOf('=')
    if (at < 0) throw new WorkbenchError('INVALID_QUERY', `A filter reads field=value; "${pair}" does not.`)
    const value = fieldOf(row, pair.slice(0, at).trim())
    return (
      String(typeof value === 'object' ? JSON.stringify(value) : value).toLowerCase() ===
      pair
        .slice(at + 1)
        .trim()
        .toLowerCase()
    )
  })
}

function byField(sort: string): (a: ProjectionRow, b: ProjectionRow) => number {
  const down = sort.startsWith('-') ? -1 : 1
  const field = sort.replace(/^-/, '')
  return (a, b) => {
    const [left, right] = [fieldOf(a.row, field), fieldOf(b.row, field)]
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : String(left) < String(right)
          ? -1
          : String(left) > String(right)
            ? 1
            : 0
    return order * down || (a.key < b.key ? -1 : 1)
  }
}
