import { z } from 'zod'
import { WorkbenchError } from '@/core/errors'
import { hashText } from '@/core/hash'
import { parseFilter, type RowCondition } from '@/core/projection/row-filter'
import { parseSort, type RowSort, sortValues } from '@/core/projection/row-order'
import type { ProjectionRow, RowsAnswer } from '@/core/protocol'
import type { Result } from '@/core/result'
import type { LoadedDesign } from '../engine/loaded-design'
import { LIMITS } from '../limits'
import type { ProjectionState, RowSearch } from '../store/contract'
import type { Workbench } from '../workbench'
import { type AtLeast, waitFor } from './at-least'

interface RowsQuery extends AtLeast {
  readonly filter?: string | undefined
  readonly sort?: string | undefined
  readonly limit: number
  readonly after?: string | undefined
}

/**
 * Rows of a projection: those that meet the filter, in the order of the sort and then of their keys.
 * @throws {WorkbenchError} INVALID_QUERY saying what is allowed, PROJECTION_NOT_FOUND, PROJECTION_BEHIND
 */
export async function projectionRows(
  wb: Workbench,
  designId: string,
  name: string,
  query: RowsQuery,
): Promise<RowsAnswer> {
  const { filter, sort, limit, after } = query
  const conditions = filter === undefined ? [] : readFilter(filter)
  const sorts = sort === undefined ? [] : readSort(sort)
  const asked = hashText(JSON.stringify([conditions, sorts]))
  const place = after === undefined ? undefined : readCursor(after, asked)
  const loaded = await wb.catalogue.load(designId)
  await waitFor(wb, loaded, name, query)
  return readVisible(wb, loaded, name, async ({ generation, checkpoint }) => {
    const searches = conditions.length > 0 || sorts.length > 0
    if (searches) await checkSize(wb, loaded, name, generation)
    const search = { conditions, sort: sorts, limit: limit + 1, ...(place ? { after: place } : {}) }
    const { projections } = wb.store
    const rows = searches
      ? await projections.search(loaded.id, name, generation, search)
      : await projections.rows(loaded.id, name, generation, {
          limit: limit + 1,
          ...(place ? { after: place.key } : {}),
        })
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? writeCursor(last, sorts, asked) : null, checkpoint }
  })
}

/** Reads the generation that is shown; again, when a rebuild has put another in its place meanwhile. */
export async function readVisible<T>(
  wb: Workbench,
  loaded: LoadedDesign,
  name: string,
  read: (state: Pick<ProjectionState, 'generation' | 'checkpoint'>) => Promise<T>,
): Promise<T> {
  const now = async () =>
    (await wb.projections.get(loaded, name)).progress?.state ?? { generation: 1, checkpoint: 0 }
  for (;;) {
    const state = await now()
    const answer = await read(state)
    if ((await now()).generation === state.generation) return answer
  }
}

async function checkSize(
  wb: Workbench,
  loaded: LoadedDesign,
  name: string,
  generation: number,
): Promise<void> {
  const rows = await wb.store.projections.count(loaded.id, name, generation)
  if (rows > LIMITS.searchedRows)
    throw new WorkbenchError(
      'INVALID_QUERY',
      `"${name}" has ${rows} rows; at most ${LIMITS.searchedRows} are filtered and sorted. Page through it without filter and sort.`,
    )
}

const readFilter = (text: string): readonly RowCondition[] =>
  few(given(parseFilter(text)), LIMITS.filterConditions, 'conditions')

const readSort = (text: string): readonly RowSort[] =>
  few(given(parseSort(text)), LIMITS.sortFields, 'fields')

function given<T>(parsed: Result<T, string>): T {
  if (parsed.ok) return parsed.value
  throw new WorkbenchError('INVALID_QUERY', parsed.error)
}

function few<T>(list: readonly T[], most: number, what: string): readonly T[] {
  if (list.length <= most) return list
  throw new WorkbenchError('INVALID_QUERY', `These are ${list.length} ${what}; at most ${most} are taken.`)
}

/** What a cursor holds: the place of the last row, and which question it belongs to. */
const cursorSchema = z.tuple([
  z.string(),
  z.string(),
  z.array(z.object({ rank: z.number().int(), value: z.union([z.number(), z.string(), z.null()]) })),
])

const writeCursor = ({ key, row }: ProjectionRow, sorts: readonly RowSort[], asked: string): string =>
  Buffer.from(JSON.stringify([asked, key, sortValues(key, row, sorts)])).toString('base64url')

function readCursor(text: string, asked: string): NonNullable<RowSearch['after']> {
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    json = null
  }
  const cursor = cursorSchema.safeParse(json)
  if (!cursor.success || cursor.data[0] !== asked)
    throw new WorkbenchError(
      'INVALID_QUERY',
      'after is no cursor of this question: take `next` of the answer before, with the same filter and sort.',
    )
  const [, key, values] = cursor.data
  return { key, values }
}
