import { foldCall, initialPoint } from '@/core/aggregate/handle'
import type { CodeRunner } from '@/core/code/contract'
import type { Design } from '@/core/design'
import type { Json, JsonObject } from '@/core/json'
import { foldRows } from '@/core/projection/rows'
import {
  type DecidedEvent,
  type FaultInput,
  faultSchema,
  type OperatorAction,
  planOf,
  type SagaState,
} from '@/core/saga'
import { runInWorld } from '@/core/world/run'
import { WorldStreams } from '@/core/world/streams'

/** For tests: what a template does, in memory and in virtual time, run after run on the same streams. */
export class VirtualWorld {
  private readonly streams: WorldStreams
  private now = 1_700_000_000_000
  private sent = 0

  constructor(
    private readonly design: Design,
    private readonly code: CodeRunner,
  ) {
    this.streams = new WorldStreams(design, code)
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
    const { state, events, end } = await runInWorld(this.streams, plan, {
      runId,
      seed: runId,
      input,
      faults: faults.map((fault) => faultSchema.parse(fault)),
      at: this.now,
      told: acts.map((act) => () => ({ act, by: 'ada' })),
      bound: 1000,
    })
    if (end.type !== 'rest') throw new Error(`the run did not come to rest: ${end.type}`)
    this.now = events.at(-1)?.data.at ?? this.now
    return { state, events }
  }

  /** Sends a command by hand. */
  async send(
    aggregate: string,
    key: string,
    type: string,
    payload: Json,
  ): Promise<{ readonly ok: boolean; readonly code?: string; readonly state: Json }> {
    const commandId = `command-${this.sent++}`
    const answer = await this.streams.handle({ aggregate, key, type, payload, commandId, at: this.now })
    return {
      ok: answer.ok,
      ...(answer.ok ? {} : { code: answer.error.code }),
      state: await this.state(aggregate, key),
    }
  }

  async state(aggregateId: string, key: string): Promise<Json> {
    const aggregate = this.design.aggregates.find(({ id }) => id === aggregateId)
    if (!aggregate) throw new Error(`no aggregate ${aggregateId}`)
    const events = this.streams.codeEvents.filter(({ streamId }) => streamId === `${aggregateId}-${key}`)
    const folded = await this.code.run(
      this.streams.program,
      foldCall(aggregate, initialPoint(aggregate), events),
    )
    if (!folded.ok) throw new Error(folded.error.message)
    return folded.value.state
  }

  /** The rows of a read model, folded from everything. */
  async rows(projectionId: string): Promise<Readonly<Record<string, Json>>> {
    const projection = this.design.projections.find(({ id }) => id === projectionId)
    if (!projection) throw new Error(`no projection ${projectionId}`)
    const { program, codeEvents } = this.streams
    const { rows, fault } = await foldRows(this.code, program, this.design, projection, codeEvents)
    if (fault) throw new Error(JSON.stringify(fault))
    return rows
  }
}
