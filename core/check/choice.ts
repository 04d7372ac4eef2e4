import type { Json, JsonObject } from '../json'
import { err, ok } from '../result'
import type { Effect, PerformEffect } from '../saga/effects'
import type { StepError } from '../saga/events'
import type { SagaPlan } from '../saga/plan'
import type { Outcome, Stimulus } from '../saga/stimulus'

/** What kind of answer a choice is: what the failure explorer counts and colours by. */
export type ChoiceKind = 'succeeds' | 'fails' | 'unknown' | 'times-out' | 'wakes' | 'branches' | 'late'

/** One thing that may happen next. */
export interface Choice {
  /** Unique at its position, and the same in every run of the same design: `action:reserve:1=times-out`. */
  readonly name: string
  readonly kind: ChoiceKind
  /** Its `at` is when it happens, epoch ms: now, or the next moment at which something is due. */
  readonly stimulus: Stimulus
}

/** What the outside world may answer. Nothing here performs anything: these are the answers to choose from. */
export interface World {
  /** What a success returns. */
  readonly output: (effect: PerformEffect) => Json
  /** What the output expression merges, for steps that have one. */
  readonly patch: (effect: PerformEffect) => JsonObject
  /** The errors an attempt may end with: those its contract names, say. */
  readonly errors: (effect: PerformEffect) => readonly StepError[]
}

/** A world where every success says which attempt it was, and every attempt may be refused or not get through. */
export const PLAIN_WORLD: World = {
  output: ({ nodeId, phase, attempt }) => (phase === 'action' ? { [nodeId]: attempt } : { undone: nodeId }),
  patch: ({ nodeId }) => ({ [nodeId]: 'merged' }),
  errors: () => [
    { code: 'Refused', message: 'the service said no', kind: 'business' },
    { code: 'Unreachable', message: 'no connection', kind: 'technical' },
  ],
}

const CODE_THREW: StepError = { code: 'CODE_THREW', message: 'the expression threw', kind: 'business' }
const CONNECTION_LOST: StepError = {
  code: 'ConnectionLost',
  message: 'the connection was lost',
  kind: 'technical',
}
const HOUR_MS = 3_600_000

/** The answers to an effect that take no time of their own. Timers and timeouts are the clock's: see `enabled`. */
export function answersTo(
  plan: SagaPlan,
  effect: Exclude<Effect, { type: 'timer' }>,
  world: World,
  at: number,
): readonly Choice[] {
  const { key, nodeId } = effect
  switch (effect.type) {
    case 'prepare': {
      const { phase, args } = effect
      return [
        {
          name: `${key}=evaluates`,
          kind: 'succeeds',
          stimulus: { type: 'prepared', nodeId, phase, result: ok({ from: args }), at },
        },
        {
          name: `${key}=throws`,
          kind: 'fails',
          stimulus: { type: 'prepared', nodeId, phase, result: err(CODE_THREW), at },
        },
      ]
    }
    case 'choose':
      return [
        ...[...effect.branches, 'default'].map(
          (branch): Choice => ({
            name: `${key}=${branch}`,
            kind: 'branches',
            stimulus: { type: 'chosen', nodeId, result: ok(branch), at },
          }),
        ),
        {
          name: `${key}=throws`,
          kind: 'fails',
          stimulus: { type: 'chosen', nodeId, result: err(CODE_THREW), at },
        },
      ]
    case 'schedule':
      return [
        {
          name: `${key}=evaluates`,
          kind: 'succeeds',
          stimulus: { type: 'scheduled', nodeId, result: ok(at + HOUR_MS), at },
        },
        {
          name: `${key}=throws`,
          kind: 'fails',
          stimulus: { type: 'scheduled', nodeId, result: err(CODE_THREW), at },
        },
      ]
    case 'perform':
      return outcomesOf(plan, effect, world).map(({ name, kind, outcome }) => ({
        name: `${key}=${name}`,
        kind,
        stimulus: outcomeStimulus(effect, outcome, at),
      }))
  }
}

interface NamedOutcome {
  readonly name: string
  readonly kind: ChoiceKind
  readonly outcome: Outcome
}

function outcomesOf(plan: SagaPlan, effect: PerformEffect, world: World): readonly NamedOutcome[] {
  const output = world.output(effect)
  const expression = effect.phase === 'action' && plan.step(effect.nodeId)?.output !== undefined
  return [
    {
      name: 'succeeds',
      kind: 'succeeds',
      outcome: { type: 'succeeded', output, ...patchOf(effect, expression, world) },
    },
    ...world
      .errors(effect)
      .map(
        (error): NamedOutcome => ({ name: error.code, kind: 'fails', outcome: { type: 'failed', error } }),
      ),
    ...(expression
      ? [
          {
            name: 'output-throws',
            kind: 'fails',
            outcome: { type: 'failed', error: CODE_THREW, output },
          } as const,
        ]
      : []),
    { name: 'unknown', kind: 'unknown', outcome: { type: 'unknown', error: CONNECTION_LOST } },
  ]
}

/** A command's result is merged only when an expression says so. */
function patchOf(effect: PerformEffect, expression: boolean, world: World): { readonly patch?: JsonObject } {
  if (expression) return { patch: world.patch(effect) }
  return effect.phase === 'action' && effect.action.type === 'command' ? { patch: {} } : {}
}

/** What may still come of an attempt that was given up: the work was done after all, or it was refused. */
export function lateAnswersTo(effect: PerformEffect, world: World, at: number): readonly Choice[] {
  const refused = world.errors(effect)[0] ?? CONNECTION_LOST
  const outcomes: readonly (readonly [string, Outcome])[] = [
    ['late-success', { type: 'succeeded', output: world.output(effect) }],
    ['late-failure', { type: 'failed', error: refused }],
  ]
  return outcomes.map(([name, outcome]) => ({
    name: `${effect.key}=${name}`,
    kind: 'late',
    stimulus: outcomeStimulus(effect, outcome, at),
  }))
}

const outcomeStimulus = (
  { nodeId, phase, attempt }: PerformEffect,
  outcome: Outcome,
  at: number,
): Stimulus => ({ type: 'outcome', nodeId, phase, attempt, outcome, at })
