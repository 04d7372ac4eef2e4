import type { Json } from '../json'
import { assertNever, err, ok, type Result } from '../result'
import { pathText, type RowPath, readPath, valueAt } from './row-path'

export const ROW_OPERATORS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'contains'] as const
export type RowOperator = (typeof ROW_OPERATORS)[number]
export type FilterValue = null | boolean | number | string

/** What a row must be like. */
export interface RowCondition {
  readonly path: RowPath
  readonly operator: RowOperator
  readonly value: FilterValue
}

const GRAMMAR =
  'A filter reads "path operator value", several joined by "and": status eq Confirmed and total ge 100. ' +
  `Operators: ${ROW_OPERATORS.join(', ')}. A value is a number, true, false, null, a word, or a text in double quotes.`

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * Reads a filter: conditions that must all hold.
 * @returns why it is none, with what is allowed
 */
export function parseFilter(text: string): Result<readonly RowCondition[], string> {
  const conditions: RowCondition[] = []
  let rest = text.trim()
  for (;;) {
    const path = readPath(rest)
    if (!path.ok) return err(`${path.error}. ${GRAMMAR}`)
    const operator = /^\s+([a-z]+)(?=\s)/.exec(path.value.rest)
    const named = ROW_OPERATORS.find((one) => one === operator?.[1])
    if (!operator || !named)
      return err(
        `After "${pathText(path.value.path)}" an operator is missing, or is none we know. ${GRAMMAR}`,
      )
    const value = readValue(path.value.rest.slice(operator[0].length).trimStart())
    if (!value.ok) return err(`${value.error} ${GRAMMAR}`)
    const condition = { path: path.value.path, operator: named, value: value.value.value }
    const refused = refusedCondition(condition)
    if (refused !== null) return err(refused)
    conditions.push(condition)
    rest = value.value.rest.trimStart()
    if (rest === '') return ok(conditions)
    const and = /^and\s+/.exec(rest)
    if (!and) return err(`"${rest.slice(0, 40)}" comes after a condition where "and" should. ${GRAMMAR}`)
    rest = rest.slice(and[0].length)
  }
}

function readValue(text: string): Result<{ readonly value: FilterValue; readonly rest: string }, string> {
  const quoted = /^"(?:[^"\\]|\\.)*"/.exec(text)
  if (quoted) {
    try {
      return ok({ value: String(JSON.parse(quoted[0])), rest: text.slice(quoted[0].length) })
    } catch {
      return err(`${quoted[0].slice(0, 60)} is no JSON text.`)
    }
  }
  const word = /^[^\s"]+/.exec(text)?.[0]
  if (word === undefined) return err('A value is missing, or its closing quote is.')
  const rest = text.slice(word.length)
  if (word === 'true' || word === 'false') return ok({ value: word === 'true', rest })
  if (word === 'null') return ok({ value: null, rest })
  return ok({ value: NUMBER.test(word) && Number.isFinite(Number(word)) ? Number(word) : word, rest })
}

/** Why a condition makes no sense; null when it does. */
export function refusedCondition({ path, operator, value }: RowCondition): string | null {
  // SQLite ends a text there, and JavaScript does not.
  if (typeof value === 'string' && value.includes('\0')) return 'A value may not hold the character U+0000.'
  const ordered = operator === 'lt' || operator === 'le' || operator === 'gt' || operator === 'ge'
  if (ordered && typeof value !== 'number' && typeof value !== 'string')
    return `"${pathText(path)} ${operator} ${value}": ${operator} compares numbers with numbers and texts with texts.`
  return null
}

/** The filter as `parseFilter` reads it. */
export function filterText(conditions: readonly RowCondition[]): string {
  return conditions
    .map(({ path, operator, value }) => `${pathText(path)} ${operator} ${valueText(value)}`)
    .join(' and ')
}

function valueText(value: FilterValue): string {
  if (typeof value !== 'string') return String(value)
  const read = readValue(value)
  return read.ok && read.value.value === value && read.value.rest === '' ? value : JSON.stringify(value)
}

/** Whether a row meets every condition. The law that SQLite is tested against. */
export function matchesAll(key: string, row: Json, conditions: readonly RowCondition[]): boolean {
  return conditions.every((condition) => matches(valueAt(key, row, condition.path), condition))
}

function matches(found: Json | undefined, { operator, value }: RowCondition): boolean {
  switch (operator) {
    case 'eq':
      return isEqual(found, value)
    case 'ne':
      return !isEqual(found, value)
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge': {
      const order = compared(found, value)
      if (order === null) return false
      if (order === 0) return operator === 'le' || operator === 'ge'
      return order < 0 === (operator === 'lt' || operator === 'le')
    }
    case 'contains':
      if (Array.isArray(found)) return found.some((item) => isEqual(item, value))
      return typeof found === 'string' && typeof value === 'string' && lower(found).includes(lower(value))
    default:
      return assertNever(operator)
  }
}

/** A missing value is as null. Nothing equals a value of another type. */
const isEqual = (found: Json | undefined, value: FilterValue): boolean => (found ?? null) === value

/** Null when the two cannot be compared: they are of two types, or neither numbers nor texts. */
function compared(found: Json | undefined, value: FilterValue): number | null {
  if (typeof found === 'number' && typeof value === 'number') return found - value
  if (typeof found === 'string' && typeof value === 'string') return compareTexts(found, value)
  return null
}

/** A to Z as a to z, and nothing else: what SQLite's `lower` does. */
const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** Texts by code point, as SQLite compares them; JavaScript's `<` goes by UTF-16 units. */
export function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    if (a[at] === b[at]) continue
    // The first unit that differs: where it is the second half of a pair, so is the other.
    return order(a.charCodeAt(at)) - order(b.charCodeAt(at))
  }
  return a.length - b.length
}

/** Halves of pairs stand for code points above every other unit. */
const order = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)
