/** The place in a log that somebody typed: digits are a position, anything else a time as the browser reads it. */
export function placeOf(text: string): { readonly position: number } | { readonly time: number } | null {
  const said = text.trim().replaceAll(/[ .,_](?=\d{3}\b)/g, '')
  if (/^\d{1,15}$/.test(said)) return { position: Number(said) }
  if (!/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?$/.test(text.trim())) return null
  const time = Date.parse(text.trim())
  return Number.isNaN(time) || time < 0 ? null : { time }
}

/** A moment as an `<input type="datetime-local">` has it: on this machine's clock. */
export function localOf(time: number | undefined): string {
  if (time === undefined) return ''
  const at = new Date(time)
  return new Date(time - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

export function timeOf(local: string): number | null {
  const time = Date.parse(local)
  return Number.isNaN(time) ? null : time
}
