import {
  type Decided,
  decideNext,
  type Effect,
  effectsOf,
  evaluate,
  type PerformContext,
  type PerformEffect,
  type Performed,
  perform,
  type Stimulus,
} from '@/core/saga'
import { LIMITS } from '../limits'

/** What a turn came to: what is to be appended, and attempts already worked out whose outcome needs the outside. */
export interface Turn extends Decided {
  readonly workedOut: ReadonlyMap<string, Performed>
}

interface TurnOptions {
  /** Time on the run's clock. */
  readonly now: () => number
  /** Most decisions of one turn. */
  readonly most: number
  /** Whether an effect is under way already: then what it comes to has a turn of its own. */
  readonly isUnderWay: (key: string) => boolean
}

/** What an effect comes to: what follows at once, or an attempt that has to wait for the append. */
type Worked =
  | { readonly type: 'at-once'; readonly stimulus: Stimulus }
  | { readonly type: 'outside'; readonly performed?: Performed }

/**
 * Goes on from a decision as long as what follows can be known without anybody outside: input expressions, guards,
 * scripts, simulated calls that take no time. All of it is one append. A crash before that append loses only what
 * touched nothing and what nobody was told of, and it is worked out again to the same end.
 *
 * It stops where the world is asked: a command, a real call, a wait, an answer that takes time. Those follow from events
 * that are on disk first. The order is the one in which single turns would have come.
 * @see docs/architecture.md#what-is-on-disk-before-what
 */
export async function takeTurn(
  context: PerformContext,
  first: Decided,
  { now, most, isUnderWay }: TurnOptions,
): Promise<Turn> {
  const began = performance.now()
  const events = [...first.events]
  let { state } = first
  let worked = new Map<string, Worked>()
  for (let decisions = 1; decisions < most && performance.now() - began < LIMITS.turnMs; decisions += 1) {
    const owed = effectsOf(context.plan, state)
    if (owed.length === 0 || owed.some(({ type, key }) => type === 'timer' || isUnderWay(key))) break
    worked = await workOut(context, owed, worked, now)
    const next = nextOf(owed, worked)
    const decided = next && decideNext(context.plan, state, next)
    if (!decided?.ok) break
    events.push(...decided.value.events)
    state = decided.value.state
  }
  const workedOut = new Map<string, Performed>()
  for (const [key, one] of worked)
    if (one.type === 'outside' && one.performed) workedOut.set(key, one.performed)
  return { events, state, workedOut }
}

/** Those that are owed, in the order in which they came to be. */
async function workOut(
  context: PerformContext,
  owed: readonly Effect[],
  before: ReadonlyMap<string, Worked>,
  now: () => number,
): Promise<Map<string, Worked>> {
  const keys = new Set(owed.map(({ key }) => key))
  const worked = new Map([...before].filter(([key]) => keys.has(key)))
  const fresh = owed.filter(({ key }) => !worked.has(key))
  const found = await Promise.all(fresh.map((effect) => workOutOne(context, effect, now)))
  for (const [index, { key }] of fresh.entries()) worked.set(key, found[index] ?? { type: 'outside' })
  return worked
}

async function workOutOne(context: PerformContext, effect: Effect, now: () => number): Promise<Worked> {
  if (effect.type === 'timer') return { type: 'outside' }
  if (effect.type !== 'perform') return { type: 'at-once', stimulus: await evaluate(context, effect, now()) }
  return ofAttempt(effect, await perform(context, effect, now()), now)
}

/** Working an attempt out touches nothing: what it asks of the outside is handed back, to be done after the append. */
function ofAttempt(effect: PerformEffect, performed: Performed, now: () => number): Worked {
  const { nodeId, phase, attempt, fault } = effect
  const strikes = fault?.effect.type === 'crash' || fault?.effect.type === 'duplicate'
  if (strikes || performed.type !== 'answered' || performed.afterMs > 0) return { type: 'outside', performed }
  const { outcome } = performed
  return { type: 'at-once', stimulus: { type: 'outcome', nodeId, phase, attempt, outcome, at: now() } }
}

/**
 * The one whose turn would come first: what has been evaluated is put to the run as it comes, an attempt's outcome when
 * nothing else is under way. None while anything needs the outside: that must not wait for the others.
 */
function nextOf(owed: readonly Effect[], worked: ReadonlyMap<string, Worked>): Stimulus | null {
  const attempts = new Set(owed.flatMap(({ type, key }) => (type === 'perform' ? key : [])))
  let attempt: Stimulus | null = null
  let evaluated: Stimulus | null = null
  for (const [key, one] of worked) {
    if (one.type === 'outside') return null
    if (!attempts.has(key)) evaluated ??= one.stimulus
    else attempt ??= one.stimulus
  }
  return evaluated ?? attempt
}
