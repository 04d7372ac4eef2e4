import { isJsonObject, type Json, type JsonObject } from './json'

const MOST_CHARS = 80

/**
 * Some data in one line, to tell one from another by: `customer ada · amount 25000 · items [2]`. What is nested is told
 * by how much of it there is.
 * @returns at most 80 characters, whole ones; empty when there are no data
 */
export function gistOf(data: JsonObject): string {
  let gist = ''
  for (const [name, value] of Object.entries(data)) {
    gist += `${gist === '' ? '' : ' · '}${name} ${brief(value)}`
    if (gist.length > MOST_CHARS) return `${[...gist].slice(0, MOST_CHARS - 1).join('')}…`
  }
  return gist
}

function brief(value: Json): string {
  if (typeof value === 'string')
    return [...value.slice(0, 2 * MOST_CHARS)].slice(0, MOST_CHARS).join('').replace(/\s+/g, ' ')
  if (Array.isArray(value)) return `[${value.length}]`
  return isJsonObject(value) ? '{…}' : String(value)
}
