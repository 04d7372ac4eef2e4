import type { JsonObject } from '../json'
import type { DecidedEvent } from '../saga/events'
import type { SagaPlan } from '../saga/plan'
import { isTerminal, type SagaState } from '../saga/state'
import type { SagaRejection } from '../saga/stimulus'
import { type Choice, PLAIN_WORLD, type World } from './choice'
import { Course } from './course'
import { enabled, type Position } from './transition'

export interface SimulateOptions {
  readonly input: JsonObject
  readonly seed: string
  /**
   * Which of the things that may happen does.
   * @param choices at least one
   * @returns null to stop where the run stands
   */
  readonly choose: (choices: readonly Choice[], position: Position) => Choice | null
  readonly world?: World
  /** Epoch ms at which the run starts; default 0. */
  readonly at?: number
  /** How many choices are taken at most; default 10,000. */
  readonly bound?: number
}

export interface SimulatedRun {
  readonly events: readonly DecidedEvent[]
  readonly state: SagaState
  /** The names of the choices taken: a witness, which `follow` walks again. */
  readonly trace: readonly string[]
  /**
   * `ended`: completed, compensated or failed. `suspended`: it waits for a person. `stuck`: it runs and nothing can
   * ever happen to it; `refused`: a choice was enabled and then refused. The last two are defects of the interpreter.
   */
  readonly end: 'ended' | 'suspended' | 'stuck' | 'stopped' | 'bound' | 'refused'
  readonly refusal?: SagaRejection
}

/**
 * A whole run in virtual time, with every answer of the outside world chosen. Pure: the same choices give the same
 * events. Goes on after the run has ended while outcomes may still arrive late.
 * @param plan a saga that lint has passed
 */
export function simulateRun(plan: SagaPlan, options: SimulateOptions): SimulatedRun {
  const { input, seed, choose, world = PLAIN_WORLD, at = 0, bound = 10_000 } = options
  const course = new Course(plan)
  const { events } = course
  const trace: string[] = []
  const answer = (end: SimulatedRun['end'], refusal?: SagaRejection): SimulatedRun => ({
    events,
    state: course.position.state,
    trace,
    end,
    ...(refusal ? { refusal } : {}),
  })
  const refused = course.happens({
    type: 'start',
    saga: plan.saga.id,
    designVersion: 1,
    input,
    seed,
    mode: 'virtual',
    faults: [],
    at,
  })
  if (refused) return answer('refused', refused)
  for (let taken = 0; taken < bound; taken++) {
    const { position } = course
    const choices = enabled(plan, position, world)
    if (choices.length === 0) return answer(rest(position.state))
    const choice = choose(choices, position)
    if (!choice)
      return answer(choices.every(({ kind }) => kind === 'late') ? rest(position.state) : 'stopped')
    trace.push(choice.name)
    const refusal = course.happens(choice.stimulus)
    if (refusal) return answer('refused', refusal)
  }
  return answer('bound')
}

function rest({ status }: SagaState): SimulatedRun['end'] {
  if (isTerminal(status)) return 'ended'
  return status === 'suspended' ? 'suspended' : 'stuck'
}

/** Chooses everything to go well, in the order of the design; what is due only when nothing else can happen. */
export const allGoesWell: SimulateOptions['choose'] = (choices) =>
  choices.find(({ kind }) => kind === 'succeeds' || kind === 'branches') ??
  choices.find(({ kind }) => kind === 'wakes') ??
  null

/** Chooses the named choices in order and goes well besides: a witness replayed. Stops at a name that is not enabled. */
export function follow(names: readonly string[]): SimulateOptions['choose'] {
  const left = [...names]
  return (choices, position) => {
    const name = left.shift()
    if (name === undefined) return allGoesWell(choices, position)
    return choices.find((choice) => choice.name === name) ?? null
  }
}
