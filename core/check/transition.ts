import type { Result } from '../result'
import { ok } from '../result'
import { decide } from '../saga/decide'
import { effectsOf, type PerformEffect } from '../saga/effects'
import type { DecidedEvent } from '../saga/events'
import { evolve } from '../saga/evolve'
import type { NodePath } from '../saga/path'
import type { SagaPlan } from '../saga/plan'
import { INITIAL_STATE, nodeState, type SagaState } from '../saga/state'
import type { SagaRejection, Stimulus } from '../saga/stimulus'
import { nodesOf } from '../saga/unfold'
import { answersTo, type Choice, lateAnswersTo, PLAIN_WORLD, type World, wordsFor } from './choice'

/**
 * A run and the world around it, at one moment. JSON: positions can be compared, hashed and kept.
 * Together with `enabled` and `take` it is a transition system: what a failure explorer walks.
 */
export interface Position {
  readonly state: SagaState
  /** Epoch ms on the run's virtual clock. */
  readonly now: number
  /** When each attempt under way times out, epoch ms, by the key of its effect. */
  readonly deadlines: Readonly<Record<string, number>>
  /** Attempts given up with no answer: one may still come, late. */
  readonly unanswered: readonly PerformEffect[]
}

export interface Transition {
  readonly position: Position
  /** What was decided on the way. */
  readonly events: readonly DecidedEvent[]
}

/** A run that has not been started. */
export const START: Position = { state: INITIAL_STATE, now: 0, deadlines: {}, unanswered: [] }

/**
 * Everything that may happen next, in the order of the design's nodes. Attempts are answered in any order; the clock
 * moves only to the next moment at which a timer or a timeout is due, so nothing that is due is passed over.
 * @returns nothing when the run waits for nobody but, perhaps, a person
 */
export function enabled(plan: SagaPlan, position: Position, world: World = PLAIN_WORLD): readonly Choice[] {
  const { state, now, deadlines, unanswered } = position
  const effects = effectsOf(plan, state)
  const due = effects.flatMap((effect): readonly { readonly at: number; readonly choice: Choice }[] => {
    const { key, nodeId } = effect
    if (effect.type === 'timer') {
      const at = Math.max(now, effect.at)
      return [
        {
          at,
          choice: {
            name: `${key}=fires`,
            kind: 'wakes',
            stimulus: { type: 'timer', nodeId, phase: effect.phase, at },
          },
        },
      ]
    }
    const at = deadlines[key]
    if (effect.type !== 'perform' || at === undefined) return []
    const { phase, attempt } = effect
    return [
      {
        at,
        choice: {
          name: `${key}=times-out`,
          kind: 'times-out',
          stimulus: { type: 'timed-out', nodeId, phase, attempt, at },
        },
      },
    ]
  })
  const next = Math.min(...due.map(({ at }) => at))
  return [
    ...effects.flatMap((effect) => (effect.type === 'timer' ? [] : answersTo(plan, effect, world, now))),
    ...waitingForWord(plan, state).flatMap((nodeId) => wordsFor(plan, nodeId, world, now)),
    ...due.filter(({ at }) => at === next).map(({ choice }) => choice),
    ...unanswered.flatMap((effect) => lateAnswersTo(effect, world, now)),
  ]
}

/** Nodes that wait for a person or a signal while the saga goes forward. */
function waitingForWord(plan: SagaPlan, state: SagaState): readonly NodePath[] {
  if (state.status !== 'running' || state.error) return []
  return nodesOf(plan, state).filter((path) => nodeState(state, path).status === 'waiting')
}

/** What follows from a choice, or from anything else that happens to a run: an operator's action, say. */
export function take(
  plan: SagaPlan,
  position: Position,
  stimulus: Stimulus,
): Result<Transition, SagaRejection> {
  const decided = decide(plan, position.state, stimulus)
  if (!decided.ok) return decided
  const state = decided.value.reduce<SagaState>((next, event) => evolve(plan, next, event), position.state)
  const now = Math.max(position.now, stimulus.at)
  return ok({
    events: decided.value,
    position: {
      state,
      now,
      deadlines: deadlinesOf(plan, state, position, now),
      unanswered: unansweredOf(plan, state, position),
    },
  })
}

function deadlinesOf(
  plan: SagaPlan,
  state: SagaState,
  { deadlines }: Position,
  now: number,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    effectsOf(plan, state).flatMap((effect) =>
      effect.type === 'perform' && effect.timeoutMs !== null
        ? [[effect.key, deadlines[effect.key] ?? now + effect.timeoutMs]]
        : [],
    ),
  )
}

/** Attempts the run says are unanswered. The effect of one that is new among them was owed until now. */
function unansweredOf(plan: SagaPlan, state: SagaState, before: Position): readonly PerformEffect[] {
  const open = [...before.unanswered, ...effectsOf(plan, before.state)]
  return open.filter(
    (effect): effect is PerformEffect =>
      effect.type === 'perform' &&
      effect.phase === 'action' &&
      nodeState(state, effect.nodeId).unanswered.includes(effect.attempt),
  )
}
