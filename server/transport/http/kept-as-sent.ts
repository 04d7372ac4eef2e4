import type { Issue } from '@/core/errors'
import { HALF_A_PAIR } from '@/core/half-a-pair'
import { LIMITS } from '../../limits'

/** Only text that has one of these can hold what `notKeptAsSent` looks for: a half of a pair has to be escaped. */
const SUSPICIOUS = /__proto__|\\u/

/**
 * What of a body would not come back as it was sent: the key `__proto__`, which parsing leaves out, and halves of
 * surrogate pairs, which are no characters and which a column of text replaces.
 * @param text the body, of which `value` was parsed; it nests no deeper than a body may
 * @returns the places, as many as are told of
 */
export function notKeptAsSent(text: string, value: unknown): readonly Issue[] {
  return SUSPICIOUS.test(text) ? [...placesIn(value, [])].slice(0, LIMITS.issuesMost) : []
}

function* placesIn(value: unknown, path: Issue['path']): Generator<Issue> {
  if (typeof value === 'string') {
    if (HALF_A_PAIR.test(value)) yield { path, message: NO_CHARACTER }
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* placesIn(item, [...path, index])
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      const here = [...path, key]
      if (key === '__proto__') yield { path: here, message: 'no member can be called that' }
      else if (HALF_A_PAIR.test(key)) yield { path: here, message: NO_CHARACTER }
      else yield* placesIn(member, here)
    }
  }
}

const NO_CHARACTER = 'has half of a surrogate pair, which is no character'
