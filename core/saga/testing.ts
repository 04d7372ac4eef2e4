import { enabled, type Position, START, take } from '../check/transition'
import { type Saga, type SagaEdge, sagaSchema } from '../design/saga'
import type { Json, JsonObject } from '../json'
import { effectsOf, type PerformEffect } from './effects'
import type { DecidedEvent, RunMode } from './events'
import { planSaga, type SagaPlan } from './plan'
import { nodeState } from './state'
import type { OperatorAction, SagaRejection, Stimulus } from './stimulus'

/** A node as a test writes it: a step unless it says otherwise; its action is a script unless it says otherwise. */
export type NodeParts = JsonObject

const script = { type: 'script', code: '() => ({})' }
/** A compensation, for `{ compensation: undo }`. */
export const undo: JsonObject = { action: script }
/** A step that can be undone. */
export const undoable: NodeParts = { compensation: undo }

/**
 * A saga from its nodes and its ways: `sagaOf({ a: undoable, b: {} }, ['start>a>end', 'start>b>end'])`. A choice's edge
 * names its branch: `pick:left>a`. `start` and `end` are there by themselves.
 */
export function sagaOf(
  nodes: Readonly<Record<string, NodeParts>>,
  ways: readonly string[],
  options: JsonObject = {},
): Saga {
  const edges = new Map<string, SagaEdge>()
  for (const way of ways) {
    const stops = way.split('>')
    stops.slice(1).forEach((to, at) => {
      const [from = '', branch] = (stops[at] ?? '').split(':')
      const id = `${stops[at]}-${to}`.replace(':', '-')
      edges.set(id, { id, from, to: to.split(':')[0] ?? '', ...(branch === undefined ? {} : { branch }) })
    })
  }
  return sagaSchema.parse({
    id: 'saga',
    ...options,
    nodes: [
      { id: 'start', type: 'start' },
      ...Object.entries(nodes).map(([id, parts]) =>
        parts.type === undefined ? { id, type: 'step', action: script, ...parts } : { id, ...parts },
      ),
      { id: 'end', type: 'end' },
    ],
    edges: [...edges.values()],
  })
}

/** A run on the bench: a test says what happens, and looks at what follows. */
export class Bench {
  readonly plan: SagaPlan
  readonly events: DecidedEvent[] = []
  private position: Position = START

  constructor(saga: Saga, input: JsonObject = {}, mode: RunMode = 'virtual', inner: readonly Saga[] = []) {
    this.plan = planSaga(saga, inner)
    this.send({
      type: 'start',
      saga: saga.id,
      designVersion: 1,
      input,
      seed: 'bench',
      mode,
      faults: [],
      at: 0,
    })
  }

  get state() {
    return this.position.state
  }
  get now(): number {
    return this.position.now
  }
  /** `StepStarted a`, `SagaCompensating`: what happened, in order. */
  get story(): readonly string[] {
    return this.events.map(({ type, data }) =>
      'nodeId' in data && data.nodeId !== undefined ? `${type} ${data.nodeId}` : type,
    )
  }
  /** Names of what may happen next. */
  get enabled(): readonly string[] {
    return enabled(this.plan, this.position).map(({ name }) => name)
  }
  /** What is owed under this key. */
  effect(key: string): PerformEffect | undefined {
    const found = effectsOf(this.plan, this.state).find((effect) => effect.key === key)
    return found?.type === 'perform' ? found : undefined
  }
  /** The data that what is owed under this key is told. */
  effectData(key: string): Json | undefined {
    const found = effectsOf(this.plan, this.state).find((effect) => effect.key === key)
    return found && 'data' in found ? found.data : undefined
  }
  node(id: string) {
    return nodeState(this.state, id)
  }

  /** @returns why it was refused, or undefined */
  send(stimulus: Stimulus): SagaRejection | undefined {
    const next = take(this.plan, this.position, stimulus)
    if (!next.ok) return next.error
    this.position = next.value.position
    this.events.push(...next.value.events)
    return undefined
  }

  /** Something that is enabled happens: `happens('action:a:1=succeeds')`. */
  happens(...names: readonly string[]): this {
    for (const name of names) {
      const choice = enabled(this.plan, this.position).find((candidate) => candidate.name === name)
      if (!choice) throw new Error(`${name} cannot happen; what can: ${this.enabled.join(', ')}`)
      const refused = this.send(choice.stimulus)
      if (refused) throw new Error(`${name} was refused: ${refused.code}`)
    }
    return this
  }
  /** The attempt under way at each of these steps succeeds. */
  succeed(...ids: readonly string[]): this {
    return this.answer('action', ids, 'succeeds')
  }
  /** The attempt under way at the step comes to `what`: `Refused` (business), `Unreachable` (technical), `unknown`. */
  comesTo(what: string, ...ids: readonly string[]): this {
    return this.answer('action', ids, what)
  }
  undone(...ids: readonly string[]): this {
    return this.answer('compensation', ids, 'succeeds')
  }
  undoingComesTo(what: string, ...ids: readonly string[]): this {
    return this.answer('compensation', ids, what)
  }
  private answer(phase: 'action' | 'compensation', ids: readonly string[], what: string): this {
    for (const id of ids) {
      const half = phase === 'action' ? this.node(id) : this.node(id).compensation
      this.happens(`${phase}:${id}:${half?.attempts}=${what}`)
    }
    return this
  }

  act(act: OperatorAction, reason?: string): SagaRejection | undefined {
    return this.send({
      type: 'operator',
      act,
      by: 'ada',
      at: this.now,
      ...(reason === undefined ? {} : { reason }),
    })
  }
  /** @throws when it is refused */
  does(act: OperatorAction): this {
    const refused = this.act(act)
    if (refused) throw new Error(`${act.action} was refused: ${JSON.stringify(refused)}`)
    return this
  }
  /** Data of the last event of this type. */
  last(type: DecidedEvent['type']): Json | undefined {
    return this.events.findLast((event) => event.type === type)?.data as Json | undefined
  }
}
