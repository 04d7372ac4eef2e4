import { asJson, sameJson } from '@/core/json'
import type { RunEvent } from './history'

/** A line of two runs beside each other. */
export interface ComparedLine {
  readonly seq: number
  readonly left: RunEvent | null
  readonly right: RunEvent | null
  readonly same: boolean
}

/** What an event says, but for when: two runs do not happen at one time. */
const said = ({ event }: RunEvent) => {
  const { at: _at, ...data } = event.data
  return asJson(data)
}

/** Two runs event by event. `first`: where they part; null when one is the other's beginning. */
export function compareRuns(
  left: readonly RunEvent[],
  right: readonly RunEvent[],
): { readonly lines: readonly ComparedLine[]; readonly first: number | null } {
  const lines = Array.from({ length: Math.max(left.length, right.length) }, (_, index): ComparedLine => {
    const [a = null, b = null] = [left[index], right[index]]
    // The start says what was other from the beginning: seed, faults, version. That is told above the list.
    const same =
      a !== null && b !== null && a.event.type === b.event.type && (index === 0 || sameJson(said(a), said(b)))
    return { seq: index + 1, left: a, right: b, same }
  })
  const first = lines.find(({ same }) => !same)?.seq ?? null
  return { lines, first }
}
