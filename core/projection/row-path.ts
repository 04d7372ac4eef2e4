import { isJsonObject, type Json } from '../json'
import { err, ok, type Result } from '../result'

/** A place in a row: its key, or a value in it (no steps: the row itself). */
export type RowPath =
  | { readonly of: 'key' }
  | { readonly of: 'row'; readonly steps: readonly (string | number)[] }

/**
 * How a path is written: `status`, `customer.name`, `items[0].price`, `["a name"]`; `$key` is the row's key and `$` the
 * row itself. Names are letters, digits, `_` and `-`; others stand in quotes, and hold neither quotes nor backslashes.
 */
const NAME = /^[\p{L}_][\p{L}\p{N}_-]*/u
const INDEX = /^\[(0|[1-9]\d{0,8})\]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a name may not hold
const QUOTED = /^\["([^"\\\u0000-\u001f\ud800-\udfff]{1,200})"\]/u

const refusal = (text: string): string =>
  `"${text}" is no path into a row: write status, customer.name, items[0].price, ["a name"], or $key`

/** Reads the path a text begins with, and gives what comes after it. */
export function readPath(text: string): Result<{ readonly path: RowPath; readonly rest: string }, string> {
  if (/^\$key(?![\p{L}\p{N}_.[-])/u.test(text)) return ok({ path: { of: 'key' }, rest: text.slice(4) })
  const whole = text.startsWith('$')
  const steps: (string | number)[] = []
  let rest = whole ? text.slice(1) : text
  for (;;) {
    const dotted = rest.startsWith('.') && (whole || steps.length > 0)
    const name = NAME.exec(dotted ? rest.slice(1) : steps.length === 0 && !whole ? rest : '')
    const index = INDEX.exec(rest)
    const quoted = QUOTED.exec(rest)
    if (name) {
      steps.push(name[0])
      rest = rest.slice(name[0].length + (dotted ? 1 : 0))
    } else if (index) {
      steps.push(Number(index[1]))
      rest = rest.slice(index[0].length)
    } else if (quoted) {
      steps.push(quoted[1] ?? '')
      rest = rest.slice(quoted[0].length)
    } else break
  }
  if ((steps.length === 0 && !whole) || /^[^\s,]/.test(rest)) return err(refusal(text.slice(0, 60)))
  return ok({ path: { of: 'row', steps }, rest })
}

export function parsePath(text: string): Result<RowPath, string> {
  const read = readPath(text)
  if (!read.ok) return read
  return read.value.rest === '' ? ok(read.value.path) : err(refusal(text.slice(0, 60)))
}

/** The path as `readPath` reads it. */
export function pathText(path: RowPath): string {
  if (path.of === 'key') return '$key'
  const text = path.steps.map((step, at) => {
    if (typeof step === 'number') return `[${step}]`
    if (NAME.exec(step)?.[0] !== step) return `["${step}"]`
    return at === 0 ? step : `.${step}`
  })
  return text.join('') || '$'
}

/** The field of a row as a path; null when its name can stand in none. */
export function fieldPath(field: string): RowPath | null {
  const path = { of: 'row', steps: [field] } as const
  return parsePath(pathText(path)).ok ? path : null
}

/** What stands there; undefined when the row has no such place. */
export function valueAt(key: string, row: Json, path: RowPath): Json | undefined {
  if (path.of === 'key') return key
  let value: Json | undefined = row
  for (const step of path.steps) {
    if (typeof step === 'number') value = Array.isArray(value) ? value[step] : undefined
    else value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
    if (value === undefined) return undefined
  }
  return value
}
