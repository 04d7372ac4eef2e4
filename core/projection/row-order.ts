import type { Json } from '../json'
import { err, ok, type Result } from '../result'
import { compareTexts } from './row-filter'
import { pathText, type RowPath, readPath, valueAt } from './row-path'

/** One field that rows are ordered by. */
export interface RowSort {
  readonly path: RowPath
  readonly down: boolean
}

/** Texts are ordered by so many of their first code points: a cursor holds them, and a cursor is short. */
export const SORTED_CHARS = 100

/**
 * Where a value stands in the order of all values: nothing (null or missing), false, true, numbers, texts, and last
 * lists and objects, which are not ordered among themselves.
 */
export interface SortValue {
  readonly rank: number
  readonly value: number | string | null
}

const GRAMMAR =
  'A sort is a path, or several with commas between; a minus before one turns it round: -total,status'

export function parseSort(text: string): Result<readonly RowSort[], string> {
  const sorts: RowSort[] = []
  let rest = text.trim()
  for (;;) {
    const down = rest.startsWith('-')
    const path = readPath(down ? rest.slice(1) : rest)
    if (!path.ok) return err(`${path.error}. ${GRAMMAR}.`)
    sorts.push({ path: path.value.path, down })
    rest = path.value.rest.trimStart()
    if (rest === '') return ok(sorts)
    if (!rest.startsWith(',')) return err(`"${rest.slice(0, 40)}" comes after a path. ${GRAMMAR}.`)
    rest = rest.slice(1).trimStart()
  }
}

export const sortText = (sorts: readonly RowSort[]): string =>
  sorts.map(({ path, down }) => `${down ? '-' : ''}${pathText(path)}`).join(',')

export function sortValue(found: Json | undefined): SortValue {
  if (found === undefined || found === null) return { rank: 0, value: null }
  if (typeof found === 'boolean') return { rank: found ? 2 : 1, value: null }
  if (typeof found === 'number') return { rank: 3, value: found }
  if (typeof found === 'string') return { rank: 4, value: firstChars(found) }
  return { rank: 5, value: null }
}

function firstChars(text: string): string {
  return text.length <= SORTED_CHARS
    ? text
    : [...text.slice(0, 2 * SORTED_CHARS)].slice(0, SORTED_CHARS).join('')
}

/** The place of a row in an order. */
export const sortValues = (key: string, row: Json, sorts: readonly RowSort[]): readonly SortValue[] =>
  sorts.map(({ path }) => sortValue(valueAt(key, row, path)))

interface KeyedRow {
  readonly key: string
  readonly row: Json
}

/** Orders rows; those that are alike, by their keys, upwards. The law that SQLite is tested against. */
export function compareRows(sorts: readonly RowSort[]): (a: KeyedRow, b: KeyedRow) => number {
  return (a, b) => {
    for (const { path, down } of sorts) {
      const order = compareValues(
        sortValue(valueAt(a.key, a.row, path)),
        sortValue(valueAt(b.key, b.row, path)),
      )
      if (order !== 0) return down ? -order : order
    }
    return compareTexts(a.key, b.key)
  }
}

function compareValues(a: SortValue, b: SortValue): number {
  if (a.rank !== b.rank) return a.rank - b.rank
  if (typeof a.value === 'number' && typeof b.value === 'number') return a.value - b.value
  if (typeof a.value === 'string' && typeof b.value === 'string') return compareTexts(a.value, b.value)
  return 0
}
