import fc from 'fast-check'
import { arbitrarySaga } from '../design/arbitrary'
import type { DecidedEvent } from '../saga/events'
import { planSaga, type SagaPlan } from '../saga/plan'
import type { Stimulus } from '../saga/stimulus'
import type { Choice } from './choice'
import { allGoesWell, type SimulateOptions } from './simulate-run'
import { enabled, type Position, START, take } from './transition'

/** One thing that happened on a walk, with the run before and after it. */
export interface WalkStep {
  readonly stimulus: Stimulus
  readonly before: Position
  readonly after: Position
  /** Empty when it was refused. */
  readonly events: readonly DecidedEvent[]
  readonly refused: boolean
}

export interface Walk {
  readonly plan: SagaPlan
  readonly steps: readonly WalkStep[]
  readonly events: readonly DecidedEvent[]
  readonly last: Position
}

/** A number source that wells up from a finite list: `null` once it is used up. */
export type Draws = () => number | null

/** At most so many draws, each number as likely: left to itself fast-check draws few and small ones, and 0 most of all. */
export const arbitraryDraws = (most: number): fc.Arbitrary<readonly number[]> =>
  fc.noBias(fc.array(fc.nat({ max: 100_000 }), { maxLength: most, size: 'max' }))

export const drawsFrom = (numbers: readonly number[]): Draws => {
  let at = 0
  return () => numbers[at++] ?? null
}

/**
 * Chooses at random while the draws last, then well: shrinking the draws shrinks towards the happy path. Three draws of
 * four pick among what goes well, or no walk would get far.
 */
export function randomChooser(draws: Draws): SimulateOptions['choose'] {
  return (choices, position) => {
    const draw = draws()
    if (draw === null) return allGoesWell(choices, position)
    const well = choices.filter(({ kind }) => kind === 'succeeds' || kind === 'branches' || kind === 'wakes')
    const pool = draw % 4 > 0 && well.length > 0 ? well : choices
    return pool[Math.floor(draw / 4) % pool.length] ?? null
  }
}

/** A random runnable saga with the sagas it runs, and the draws for one run of it. */
export const arbitraryCase: fc.Arbitrary<{ readonly plan: SagaPlan; readonly draws: readonly number[] }> = fc
  .record({
    saga: arbitrarySaga({ acyclic: true, runs: ['inner', 'other'] }),
    inner: arbitrarySaga({ acyclic: true, maxNodes: 3, id: 'inner', runs: ['other'] }),
    other: arbitrarySaga({ acyclic: true, maxNodes: 2, id: 'other' }),
    draws: arbitraryDraws(60),
  })
  .map(({ saga, inner, other, draws }) => ({ plan: planSaga(saga, [inner, other]), draws }))

/** What may be done to a run besides what it is owed; `null` for nothing this time. */
export type Disturb = (position: Position, plan: SagaPlan) => Stimulus | null

/**
 * A walk through a run, at most `bound` things long, with disturbances between the choices.
 * Ends when nothing is enabled and nothing disturbs.
 */
export function walk(
  plan: SagaPlan,
  choose: SimulateOptions['choose'],
  disturb: Disturb = () => null,
  bound = 5_000,
): Walk {
  const steps: WalkStep[] = []
  let position = START
  const happen = (stimulus: Stimulus): void => {
    const next = take(plan, position, stimulus)
    const after = next.ok ? next.value.position : position
    steps.push({
      stimulus,
      before: position,
      after,
      events: next.ok ? next.value.events : [],
      refused: !next.ok,
    })
    position = after
  }
  happen({
    type: 'start',
    saga: plan.saga.id,
    designVersion: 1,
    input: { order: 1 },
    seed: 's',
    mode: 'virtual',
    faults: [],
    at: 0,
  })
  while (steps.length < bound) {
    const disturbance = disturb(position, plan)
    if (disturbance) happen(disturbance)
    const choices: readonly Choice[] = enabled(plan, position)
    const choice = choices.length > 0 ? choose(choices, position) : null
    if (choice) happen(choice.stimulus)
    else if (!disturbance) break
  }
  return { plan, steps, events: steps.flatMap(({ events }) => events), last: position }
}
