import type { SagaNodeOf } from '../design/saga'
import type { Json, JsonObject } from '../json'
import { checkAgainstSchema } from '../json-schema'
import { assertNever, err, ok } from '../result'
import type { Effect, PerformEffect } from '../saga/effects'
import type { StepError } from '../saga/events'
import type { NodePath } from '../saga/path'
import type { SagaPlan } from '../saga/plan'
import type { Outcome, Stimulus } from '../saga/stimulus'

/** What kind of answer a choice is: what the failure explorer counts and colours by. */
export type ChoiceKind =
  | 'succeeds'
  | 'fails'
  | 'unknown'
  | 'times-out'
  | 'wakes'
  | 'branches'
  /** A person decides, or a signal comes. */
  | 'comes'
  | 'late'

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
  /** A map's items, when there are so many of them. */
  readonly items: (nodeId: NodePath, count: number) => readonly Json[]
  /** What comes with a signal. When it does not fit the node's schema, the signal cannot come. */
  readonly signal: (node: SagaNodeOf<'signal'>) => Json
  /** The errors an attempt may end with: those its contract names, say. */
  readonly errors: (effect: PerformEffect) => readonly StepError[]
}

/** A world where every success says which attempt it was, and every attempt may be refused or not get through. */
export const PLAIN_WORLD: World = {
  output: ({ nodeId, phase, attempt }) => (phase === 'action' ? { [nodeId]: attempt } : { undone: nodeId }),
  patch: ({ nodeId }) => ({ [nodeId]: 'merged' }),
  items: (nodeId, count) => Array.from({ length: count }, (_, item) => ({ [nodeId]: item })),
  signal: ({ schema: { default: usual, examples } }) =>
    usual ?? (Array.isArray(examples) ? examples[0] : undefined) ?? {},
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
  const answers = (
    asked: readonly (readonly [string, ChoiceKind, Stimulus])[],
    throws: Stimulus,
  ): readonly Choice[] => [
    ...asked.map(([name, kind, stimulus]) => ({ name: `${key}=${name}`, kind, stimulus })),
    { name: `${key}=throws`, kind: 'fails', stimulus: throws },
  ]
  const threw = err(CODE_THREW)
  switch (effect.type) {
    case 'prepare': {
      const { phase, args } = effect
      const [from = null] = args
      return answers(
        [['evaluates', 'succeeds', { type: 'prepared', nodeId, phase, result: ok({ from }), at }]],
        { type: 'prepared', nodeId, phase, result: threw, at },
      )
    }
    case 'choose':
      return answers(
        [...effect.branches, 'default'].map((branch) => [
          branch,
          'branches',
          { type: 'chosen', nodeId, result: ok(branch), at },
        ]),
        { type: 'chosen', nodeId, result: threw, at },
      )
    case 'schedule':
      return answers(
        [['evaluates', 'succeeds', { type: 'scheduled', nodeId, result: ok(at + HOUR_MS), at }]],
        { type: 'scheduled', nodeId, result: threw, at },
      )
    case 'list':
      return answers(
        [2, 0, 1, 3].map((items) => [
          `${items}-items`,
          items === 2 ? 'succeeds' : 'branches',
          { type: 'listed', nodeId, result: ok(world.items(nodeId, items)), at },
        ]),
        { type: 'listed', nodeId, result: threw, at },
      )
    case 'judge':
      return answers(
        [true, false].map((done) => [
          done ? 'done' : 'again',
          done ? 'succeeds' : 'branches',
          { type: 'judged', nodeId, round: effect.round, result: ok(done), at },
        ]),
        { type: 'judged', nodeId, round: effect.round, result: threw, at },
      )
    case 'collect':
      return answers(
        [['evaluates', 'succeeds', { type: 'collected', nodeId, result: ok({ [nodeId]: 'collected' }), at }]],
        { type: 'collected', nodeId, result: threw, at },
      )
    case 'perform':
      return outcomesOf(plan, effect, world).map(({ name, kind, outcome }) => ({
        name: `${key}=${name}`,
        kind,
        stimulus: outcomeStimulus(effect, outcome, at),
      }))
    default:
      return assertNever(effect)
  }
}

/** What a node that waits for a person or for a signal may be told. */
export function wordsFor(plan: SagaPlan, nodeId: NodePath, world: World, at: number): readonly Choice[] {
  const node = plan.node(nodeId)
  const by = 'somebody'
  if (node?.type === 'approval')
    return [true, false].map((approved) => ({
      name: `decide:${nodeId}=${approved ? 'yes' : 'no'}`,
      kind: approved ? 'succeeds' : 'comes',
      stimulus: { type: 'operator', act: { action: 'decide', nodeId, approved }, by, at },
    }))
  if (node?.type !== 'signal') return []
  const data = world.signal(node)
  if (!checkAgainstSchema(node.schema, data).ok) return []
  const act = { action: 'signal', signal: node.signal, data, nodeId } as const
  return [{ name: `signal:${nodeId}=comes`, kind: 'succeeds', stimulus: { type: 'operator', act, by, at } }]
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
