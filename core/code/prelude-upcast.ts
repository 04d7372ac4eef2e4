/**
 * Part of the prelude: an event as its handler is to see it. Each upcaster is given the data and the event as they
 * stand at its version; what it gives is made JSON at once, so that a value that is none is its own fault, not one
 * of the handler behind it.
 */
export const UPCAST_SOURCE = `
function lifted(event) {
  if (event.lift === undefined) return event
  const { lift, ...seen } = event
  for (const id of lift) {
    const data = make(id)(seen.data, { ...seen })
    if (refusals.has(data)) throw new Fault('CODE_RESULT_INVALID', 'an upcaster cannot refuse: what was recorded has happened')
    if (data === undefined) throw new Fault('CODE_RESULT_INVALID', 'an upcaster must return the data')
    seen.data = JSON.parse(toText(data, 'data'))
    seen.schemaVersion = seen.schemaVersion + 1
  }
  return seen
}
`
