/**
 * How an event stands in a decider: `{ type: 'Name', data`, `{ type: 'Name' }` or `event('Name'`. An object with a type
 * that is the value of something, as in `data: { type: 'card' }`, is none.
 */
const DECIDED =
  /(?<!:\s{0,4})\{\s*type:\s*(?:'([\w.]+)'|"([\w.]+)")\s*(?:,\s*data\b|,\s*\}|\})|\bevent\(\s*['"]([\w.]+)['"]/g

/**
 * The events that a `decide` is seen to emit, each once, in the order they stand in.
 * Read from the text: a name that is put together while it runs is not found.
 */
export function emittedEvents(decide: string): readonly string[] {
  const names = [...decide.matchAll(DECIDED)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
  return [...new Set(names)]
}
