import { foldCall, handleCall, initialPoint } from '@/core/aggregate/handle'
import type { CodeEvent, CodeRunner } from '@/core/code/contract'
import { codeId, type Design, designProgram } from '@/core/design'
import type { Json, JsonObject } from '@/core/json'
import { keysCall, projectCall } from '@/core/projection/fold'
import {
  commandOutcome,
  type DecidedEvent,
  decide,
  type Effect,
  effectsOf,
  evaluate,
  evolve,
  type FaultInput,
  faultSchema,
  INITIAL_STATE,
  isTerminal,
  type OperatorAction,
  type PerformContext,
  perform,
  planOf,
  type SagaState,
  type Stimulus,
} from '@/core/saga'

/** For tests: what a template does, with the real interpreter and the real sandbox, in memory and in virtual time. */
export class VirtualWorld {
  private readonly streams = new Map<string, CodeEvent[]>()
  private position = 0
  private now = 1_700_000_000_000
  private readonly program

  constructor(
    private readonly design: Design,
    private readonly code: CodeRunner,
  ) {
    this.program = designProgram(design)
  }

  /**
   * Runs a saga to where it gets by itself: its end, or a person.
   * @param acts what people do, in order, each as soon as the run takes it
   */
  async run(
    sagaId: string,
    input: JsonObject,
    runId: string,
    faults: readonly FaultInput[] = [],
    acts: readonly OperatorAction[] = [],
  ): Promise<{ readonly state: SagaState; readonly events: readonly DecidedEvent[] }> {
    const plan = planOf(this.design, sagaId)
    if (!plan) throw new Error(`no saga ${sagaId}`)
    const context: PerformContext = {
      design: this.design,
      plan,
      program: this.program,
      code: this.code,
      runId,
      seed: runId,
    }
    const events: DecidedEvent[] = []
    let state = INITIAL_STATE
    const happens = (stimulus: Stimulus): void => {
      const decided = decide(plan, state, stimulus)
      if (!decided.ok) throw new Error(`refused: ${JSON.stringify([stimulus, decided.error])}`)
      events.push(...decided.value)
      state = decided.value.reduce((next, event) => evolve(plan, next, event), state)
    }
    happens({
      type: 'start',
      saga: sagaId,
      designVersion: 1,
      input,
      seed: runId,
      mode: 'virtual',
      faults: faults.map((fault) => faultSchema.parse(fault)),
      at: this.now,
    })
    const left = [...acts]
    for (let turn = 0; turn < 1000 && !isTerminal(state.status); turn++) {
      const [act] = left
      const acted = act && ({ type: 'operator', act, by: 'ada', at: this.now } as const)
      if (acted && decide(plan, state, acted).ok) {
        left.shift()
        happens(acted)
        continue
      }
      const effects = effectsOf(plan, state)
      // What can be done now is done first; then time moves to the next timer.
      const effect =
        effects.find(({ type }) => type !== 'timer') ?? effects.toSorted((a, b) => dueAt(a) - dueAt(b))[0]
      if (!effect) break
      happens(await this.answer(context, effect))
    }
    return { state, events }
  }

  /** Sends a command by hand. */
  async send(
    aggregate: string,
    key: string,
    type: string,
    payload: Json,
  ): Promise<{ readonly ok: boolean; readonly code?: string; readonly state: Json }> {
    const answer = await this.handle({ aggregate, key, type, payload, commandId: `${this.position}` })
    return {
      ok: answer.ok,
      ...(answer.ok ? {} : { code: answer.error.code }),
      state: await this.state(aggregate, key),
    }
  }

  async state(aggregateId: string, key: string): Promise<Json> {
    const aggregate = this.aggregate(aggregateId)
    const answer = await this.code.run(
      this.program,
      foldCall(aggregate, initialPoint(aggregate), this.streams.get(`${aggregateId}-${key}`) ?? []),
    )
    if (!answer.ok) throw new Error(answer.error.message)
    return answer.value.state
  }

  /** The rows of a read model, folded from everything. */
  async rows(projectionId: string): Promise<Readonly<Record<string, Json>>> {
    const projection = this.design.projections.find(({ id }) => id === projectionId)
    if (!projection) throw new Error(`no projection ${projectionId}`)
    const events = [...this.streams.values()].flat().toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0))
    const keys = await this.code.run(this.program, keysCall(this.design, projection, events))
    if (!keys.ok) throw new Error(keys.error.message)
    const folded = await this.code.run(
      this.program,
      projectCall(this.design, projection, {}, events, keys.value.keys),
    )
    if (!folded.ok || folded.value.fault) throw new Error(JSON.stringify(folded))
    return folded.value.rows
  }

  private aggregate(id: string) {
    const found = this.design.aggregates.find((aggregate) => aggregate.id === id)
    if (!found) throw new Error(`no aggregate ${id}`)
    return found
  }

  private async answer(context: PerformContext, effect: Effect): Promise<Stimulus> {
    if (effect.type === 'timer') {
      this.now = Math.max(this.now, effect.at)
      return { type: 'timer', nodeId: effect.nodeId, phase: effect.phase, at: this.now }
    }
    if (effect.type !== 'perform') return evaluate(context, effect, this.now)
    const { nodeId, phase, attempt } = effect
    const performed = await perform(context, effect, this.now)
    const timedOut = (): Stimulus => {
      this.now += effect.timeoutMs ?? 0
      return { type: 'timed-out', nodeId, phase, attempt, at: this.now }
    }
    if (performed.type === 'lost') return timedOut()
    if (performed.type === 'http') throw new Error('this world has no network')
    this.now += performed.afterMs
    if (performed.type === 'answered')
      return { type: 'outcome', nodeId, phase, attempt, outcome: performed.outcome, at: this.now }
    const answer = await this.handle(performed.request)
    if (performed.lost) return timedOut()
    const outcome = await commandOutcome(context, effect, performed.request, answer, this.now)
    return { type: 'outcome', nodeId, phase, attempt, outcome, at: this.now }
  }

  private async handle(request: {
    readonly aggregate: string
    readonly key: string
    readonly type: string
    readonly payload: Json
    readonly commandId: string
  }) {
    const aggregate = this.aggregate(request.aggregate)
    const streamId = `${request.aggregate}-${request.key}`
    const stream = this.streams.get(streamId) ?? []
    const command = {
      type: request.type,
      payload: request.payload,
      at: this.now,
      commandId: request.commandId,
    }
    const answer = await this.code.run(
      this.program,
      handleCall(aggregate, initialPoint(aggregate), stream, command),
    )
    if (!answer.ok)
      throw new Error(`${codeId.decide(request.aggregate, request.type)}: ${answer.error.message}`)
    if (answer.value.kind === 'rejected') {
      const { code, message } = answer.value
      return { ok: false, error: { code, message, kind: 'business' } } as const
    }
    const { events } = answer.value
    const recorded = events.map(
      ({ type, data }, at): CodeEvent => ({
        type,
        data,
        streamId,
        version: stream.length + at + 1,
        position: ++this.position,
        recordedAt: this.now,
      }),
    )
    this.streams.set(streamId, [...stream, ...recorded])
    return { ok: true, version: stream.length + events.length, events } as const
  }
}

const dueAt = (effect: Effect): number => (effect.type === 'timer' ? effect.at : 0)
