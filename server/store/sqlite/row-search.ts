import type { FilterValue, RowCondition } from '@/core/projection/row-filter'
import { type RowSort, SORTED_CHARS, type SortValue } from '@/core/projection/row-order'
import type { RowPath } from '@/core/projection/row-path'
import { assertNever } from '@/core/result'
import type { RowSearch } from '../contract'
import type { SqlValue } from './db'

/** A piece of SQL with what is bound in it, in its order. Nothing a caller wrote is ever part of `sql`. */
interface Piece {
  readonly sql: string
  readonly args: readonly SqlValue[]
}

/**
 * Rows that meet conditions, in an order, after a place in it. Says in SQL what core/projection/row-filter.ts and
 * row-order.ts say in JavaScript: a property test holds the two together.
 */
export function searchSql(
  designId: string,
  name: string,
  generation: number,
  { conditions, sort, after, limit }: RowSearch,
): Piece {
  const columns = sort.map((one, at) => sortColumns(one, at))
  const where = conditions.map(conditionSql)
  const beyond = after === undefined ? null : afterSql(sort, after.values, after.key)
  const order = sort.flatMap(({ down }, at) =>
    [`r${at}`, `v${at}`].map((one) => (down ? `${one} DESC` : one)),
  )
  return {
    sql: `SELECT key, row FROM (
  SELECT key, row${columns.map(({ sql }) => `, ${sql}`).join('')} FROM ProjectionRow
  WHERE designId = ? AND name = ? AND generation = ?${where.map(({ sql }) => ` AND (${sql})`).join('')}
)${beyond ? ` WHERE ${beyond.sql}` : ''} ORDER BY ${[...order, 'key'].join(', ')} LIMIT ?`,
    args: [
      ...columns.flatMap(({ args }) => args),
      ...[designId, name, generation],
      ...where.flatMap(({ args }) => args),
      ...(beyond?.args ?? []),
      limit,
    ],
  }
}

/** `$."customer"."name"[0]`: a path allows no quotes and no backslashes in names. */
const sqlitePath = (steps: readonly (string | number)[]): string =>
  `$${steps.map((step) => (typeof step === 'number' ? `[${step}]` : `."${step}"`)).join('')}`

/** Type and value of what stands at a path. A type is never NULL: what is missing is as null. */
function typeOf(path: RowPath): Piece {
  if (path.of === 'key') return { sql: "'text'", args: [] }
  return { sql: "coalesce(json_type(row, ?), 'null')", args: [sqlitePath(path.steps)] }
}

function foundAt(path: RowPath): Piece {
  if (path.of === 'key') return { sql: 'key', args: [] }
  return { sql: 'json_extract(row, ?)', args: [sqlitePath(path.steps)] }
}

/** A value as SQLite reads the same from a row: bound as JSON text, for one reader makes one number of a text. */
const bound = (value: FilterValue): Piece => ({ sql: "json_extract(?, '$')", args: [JSON.stringify(value)] })

const IS_NUMBER = "IN ('integer', 'real')"
const COMPARISONS = { lt: '<', le: '<=', gt: '>', ge: '>=' } as const

function conditionSql(condition: RowCondition): Piece {
  const { path, operator, value } = condition
  const [type, found] = [typeOf(path), foundAt(path)]
  switch (operator) {
    case 'eq':
      return equalSql(type, found, value)
    case 'ne': {
      const equal = equalSql(type, found, value)
      return { sql: `NOT (${equal.sql})`, args: equal.args }
    }
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge': {
      const same = typeof value === 'number' ? IS_NUMBER : "= 'text'"
      return joined(type, ` ${same} AND `, found, ` ${COMPARISONS[operator]} `, bound(value))
    }
    case 'contains': {
      const item = equalSql({ sql: 'item.type', args: [] }, { sql: 'item.atom', args: [] }, value)
      const inText =
        typeof value !== 'string'
          ? { sql: 'false', args: [] }
          : joined(type, " = 'text' AND instr(lower(", found, '), lower(', bound(value), ')) > 0')
      if (path.of === 'key') return inText
      const inList = joined(
        type,
        " = 'array' AND EXISTS (SELECT 1 FROM json_each(row, ",
        { sql: '?', args: [sqlitePath(path.steps)] },
        `) AS item WHERE ${item.sql})`,
      )
      return joined(inText, ' OR ', { ...inList, args: [...inList.args, ...item.args] })
    }
    default:
      return assertNever(operator)
  }
}

function equalSql(type: Piece, found: Piece, value: FilterValue): Piece {
  if (value === null || typeof value === 'boolean') return joined(type, ` = '${String(value)}'`)
  const same = typeof value === 'number' ? IS_NUMBER : "= 'text'"
  return joined(type, ` ${same} AND `, found, ' = ', bound(value))
}

/** Rank and value of a field, as core/projection/row-order.ts has them. */
function sortColumns({ path }: RowSort, at: number): Piece {
  const [type, found] = [typeOf(path), foundAt(path)]
  const rank = joined(
    'CASE ',
    type,
    " WHEN 'null' THEN 0 WHEN 'false' THEN 1 WHEN 'true' THEN 2 WHEN 'integer' THEN 3 WHEN 'real' THEN 3",
    ` WHEN 'text' THEN 4 ELSE 5 END AS r${at}, `,
  )
  const value = joined(
    'CASE ',
    type,
    " WHEN 'integer' THEN ",
    found,
    " WHEN 'real' THEN ",
    found,
    " WHEN 'text' THEN substr(",
    found,
    `, 1, ${SORTED_CHARS}) END AS v${at}`,
  )
  return joined(rank, value)
}

/** Everything behind a place: later in the first field; or alike in it and later in the second; and so on to the key. */
function afterSql(sort: readonly RowSort[], values: readonly SortValue[], key: string): Piece {
  const steps: Piece[] = []
  const alike: Piece[] = []
  for (const [at, { down }] of sort.entries()) {
    const { rank, value } = values[at] ?? { rank: 0, value: null }
    const than = down ? '<' : '>'
    const later = joined(
      `(r${at} ${than} `,
      { sql: '?', args: [rank] },
      ` OR r${at} = `,
      { sql: '?', args: [rank] },
      ` AND v${at} ${than} `,
      bound(value),
      ')',
    )
    steps.push(allOf([...alike, later]))
    alike.push(joined(`r${at} = `, { sql: '?', args: [rank] }), joined(`v${at} IS `, bound(value)))
  }
  steps.push(allOf([...alike, { sql: 'key > ?', args: [key] }]))
  return {
    sql: steps.map(({ sql }) => `(${sql})`).join(' OR '),
    args: steps.flatMap(({ args }) => args),
  }
}

const allOf = (pieces: readonly Piece[]): Piece => ({
  sql: pieces.map(({ sql }) => sql).join(' AND '),
  args: pieces.flatMap(({ args }) => args),
})

const joined = (...parts: readonly (Piece | string)[]): Piece => ({
  sql: parts.map((part) => (typeof part === 'string' ? part : part.sql)).join(''),
  args: parts.flatMap((part) => (typeof part === 'string' ? [] : part.args)),
})
