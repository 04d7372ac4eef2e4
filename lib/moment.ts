/** Every moment that is shown is written here: one way of telling the time on every page. Epoch ms come in. */
const LOCALE = 'en-GB'
const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
const DAY = { day: '2-digit', month: 'short' } as const

const timeOfDay = new Intl.DateTimeFormat(LOCALE, TIME)
const dayAndTime = new Intl.DateTimeFormat(LOCALE, { ...DAY, ...TIME })
const yearAndTime = new Intl.DateTimeFormat(LOCALE, { ...DAY, year: 'numeric', ...TIME })
const dayAndMs = new Intl.DateTimeFormat(LOCALE, { ...DAY, ...TIME, fractionalSecondDigits: 3 })

/** `26 Nov, 11:40:11`, with the year when it is another than this. */
export const formatMoment = (at: number): string =>
  (new Date(at).getFullYear() === new Date().getFullYear() ? dayAndTime : yearAndTime).format(at)

/** `26 Nov, 11:40:11.042`: to tell apart what happened within a second. */
export const formatMomentMs = (at: number): string => dayAndMs.format(at)

/** `11:40:11` */
export const formatTimeOfDay = (at: number): string => timeOfDay.format(at)

/** A field that says it is a time, and a number that is one of our age in epoch ms. */
const TIME_FIELD = /^at$|(?:At|Time|Date)$/
const OUR_AGE_MS = [1_000_000_000_000, 5_000_000_000_000] as const

/** The moment that a field of some data holds, in words; null when it holds none. */
export function momentIn(field: string, value: unknown): string | null {
  if (typeof value !== 'number' || !TIME_FIELD.test(field)) return null
  return value > OUR_AGE_MS[0] && value < OUR_AGE_MS[1] ? formatMoment(value) : null
}
