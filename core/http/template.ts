import { isJsonObject, type Json } from '../json'
import { err, ok, type Result } from '../result'

/** A piece of a URL template: text as it stands, or the way to a value of the input. */
export type TemplatePart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'param'; readonly path: readonly string[] }

const PARAM = /^[A-Za-z_$][\w$-]*(\.[\w$-]+)*$/

/**
 * Takes a URL template apart: `https://shop.example/orders/{order.id}`.
 * @returns its parts, or what is wrong with it in words
 */
export function parseTemplate(template: string): Result<readonly TemplatePart[], string> {
  const parts: TemplatePart[] = []
  for (let at = 0; at < template.length; ) {
    const open = template.indexOf('{', at)
    const text = template.slice(at, open < 0 ? template.length : open)
    if (text.includes('}')) return err('a } without its {')
    if (text !== '') parts.push({ type: 'text', text })
    if (open < 0) break
    const close = template.indexOf('}', open)
    if (close < 0) return err('a { without its }')
    const name = template.slice(open + 1, close).trim()
    if (!PARAM.test(name)) return err(`{${name}} is no way to a value of the input, such as {order.id}`)
    parts.push({ type: 'param', path: name.split('.') })
    at = close + 1
  }
  return ok(parts)
}

/** The value at a dotted path, own members only; undefined when there is none. */
export function valueAt(value: Json, path: readonly string[]): Json | undefined {
  let found: Json | undefined = value
  for (const key of path) {
    if (Array.isArray(found) && /^\d+$/.test(key)) found = found[Number(key)]
    else found = isJsonObject(found) && Object.hasOwn(found, key) ? found[key] : undefined
  }
  return found
}

/**
 * Fills a template from an input, percent-encoding every value.
 * @returns the URL, or what is wrong in words. A value that would change the meaning of the path around it is refused:
 *   nothing, `.` and `..`, which no encoding keeps from being taken for a way up.
 */
export function fillTemplate(template: string, input: Json): Result<string, string> {
  const parts = parseTemplate(template)
  if (!parts.ok) return parts
  let url = ''
  for (const part of parts.value) {
    if (part.type === 'text') {
      url += part.text
      continue
    }
    const value = valueAt(input, part.path)
    const name = `{${part.path.join('.')}}`
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      return err(`the input has no text, number or truth value for ${name}`)
    const text = String(value)
    const inPath = !url.includes('?')
    if (inPath && /^\.{0,2}$/.test(text)) return err(`${name} is "${text}", which is no part of a path`)
    if (/\p{Surrogate}/u.test(text)) return err(`${name} is no well-formed text`)
    url += encodeURIComponent(text)
  }
  return ok(url)
}
