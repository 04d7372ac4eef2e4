import { asJson, isJsonObject, type Json } from '@/core/json'
import { differencesBetween } from '@/core/json-differences'
import { renamed } from '@/core/saga'
import { nodeOf, type RunEvent } from './history'

/** A line of two runs beside each other; an event that has no like stands alone. */
export interface ComparedLine {
  readonly left: RunEvent | null
  readonly right: RunEvent | null
  /** Both say the same. That a fork was made says nothing of what happened: it is no difference. */
  readonly same: boolean
  /** Of two events of one kind: where what they carry differs, `output.paymentId`. */
  readonly differing: readonly string[]
}

/** One of two runs that are compared. */
export interface ComparedRun {
  readonly id: string
  readonly events: readonly RunEvent[]
}

export interface Comparison {
  readonly lines: readonly ComparedLine[]
  /** Where they part; null when they do the same. */
  readonly first: ComparedLine | null
}

/** Pairs of events, beyond which likes are not looked for: a table of so many entries is made in a moment. */
const MOST_PAIRS = 4_000_000

/**
 * Two runs event by event, like beside like: the longest order of events of the same kind at the same node that both
 * have, and between these what only one of them has.
 */
export function compareRuns(left: ComparedRun, right: ComparedRun): Comparison {
  const lines: ComparedLine[] = []
  const [a, b] = [left.events, right.events]
  let [fromA, fromB] = [0, 0]
  for (const [atA, atB] of [...likes(a, b), [a.length, b.length] as const]) {
    lines.push(...between(a.slice(fromA, atA), b.slice(fromB, atB)))
    const [one, other] = [a[atA], b[atB]]
    if (one && other) lines.push(beside(one, other, left.id, right.id))
    fromA = atA + 1
    fromB = atB + 1
  }
  return { lines, first: lines.find(({ same }) => !same) ?? null }
}

/** What only one run has, and what the other has there. */
function between(a: readonly RunEvent[], b: readonly RunEvent[]): readonly ComparedLine[] {
  const forks = [
    ...a.filter(isFork).map((left): ComparedLine => ({ left, right: null, same: true, differing: [] })),
    ...b.filter(isFork).map((right): ComparedLine => ({ left: null, right, same: true, differing: [] })),
  ]
  const [lefts, rights] = [a.filter((entry) => !isFork(entry)), b.filter((entry) => !isFork(entry))]
  const pairs = Array.from({ length: Math.max(lefts.length, rights.length) }, (_, at): ComparedLine => {
    return { left: lefts[at] ?? null, right: rights[at] ?? null, same: false, differing: [] }
  })
  return [...forks, ...pairs]
}

const isFork = ({ event }: RunEvent): boolean => event.type === 'SagaForked'

/** Indices of the events that stand beside each other, ascending in both. */
function likes(a: readonly RunEvent[], b: readonly RunEvent[]): readonly (readonly [number, number])[] {
  const [kindsA, kindsB] = [a.map(kindOf), b.map(kindOf)]
  const shorter = Math.min(a.length, b.length)
  let begun = 0
  while (begun < shorter && kindsA[begun] === kindsB[begun]) begun += 1
  const first = Array.from({ length: begun }, (_, at) => [at, at] as const)
  const [restA, restB] = [kindsA.slice(begun), kindsB.slice(begun)]
  if (restA.length * restB.length > MOST_PAIRS)
    return [
      ...first,
      ...Array.from({ length: shorter - begun }, (_, at) => [begun + at, begun + at] as const),
    ]
  return [...first, ...longestInBoth(restA, restB).map(([x, y]) => [begun + x, begun + y] as const)]
}

/** What an event is, but for what it carries. */
function kindOf(entry: RunEvent): string {
  const { type, data } = entry.event
  const what =
    'action' in data ? data.action : 'signal' in data ? data.signal : 'fault' in data ? data.fault : ''
  return `${type} ${nodeOf(entry) ?? ''} ${'attempt' in data ? data.attempt : ''} ${what}`
}

/** The longest common subsequence, as indices into both. */
function longestInBoth(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  const width = b.length + 1
  // Of the lists from x and y on, the length of what is common.
  const lengths = new Uint32Array((a.length + 1) * width)
  const length = (x: number, y: number): number => lengths[x * width + y] ?? 0
  for (let x = a.length - 1; x >= 0; x -= 1)
    for (let y = b.length - 1; y >= 0; y -= 1)
      lengths[x * width + y] =
        a[x] === b[y] ? length(x + 1, y + 1) + 1 : Math.max(length(x + 1, y), length(x, y + 1))
  const found: (readonly [number, number])[] = []
  for (let x = 0, y = 0; x < a.length && y < b.length; )
    if (a[x] === b[y]) found.push([x++, y++])
    else if (length(x + 1, y) >= length(x, y + 1)) x += 1
    else y += 1
  return found
}

/** Places that are named of one event: what a person can take in. */
const MOST_PLACES = 3

function beside(left: RunEvent, right: RunEvent, leftId: string, rightId: string): ComparedLine {
  if (left.event.type !== right.event.type) return { left, right, same: false, differing: [] }
  // The start says what was other from the beginning: seed, faults, version. That is told above the list.
  if (left.event.type === 'SagaStarted') return { left, right, same: true, differing: [] }
  const found = differencesBetween(renamed(said(left), leftId, rightId), said(right), MOST_PLACES)
  return { left, right, same: found.length === 0, differing: found.map(({ path }) => path.join('.')) }
}

/** What an event says, but for when: two runs do not happen at one time, and what is due is as far away in both. */
function said({ event }: RunEvent): Json {
  const { at, ...data } = event.data
  const json = asJson(data)
  if (!isJsonObject(json)) return json
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [
      key,
      DUE.has(key) && typeof value === 'number' ? value - at : value,
    ]),
  )
}

const DUE: ReadonlySet<string> = new Set(['fireAt', 'retryAt', 'expiresAt'])
