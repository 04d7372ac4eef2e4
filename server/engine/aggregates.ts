import { randomUUID } from 'node:crypto'
import {
  type AggregatePoint,
  checkCommand,
  codeEvent,
  deciderHash,
  findAggregate,
  foldCall,
  handleCall,
  initialPoint,
} from '@/core/aggregate/handle'
import { aggregateStream, checkKey } from '@/core/aggregate/stream'
import type { CodeFault, CodeRunner } from '@/core/code/contract'
import type { Aggregate } from '@/core/design/aggregate'
import { WorkbenchError } from '@/core/errors'
import type { Json } from '@/core/json'
import type { RecordedEvent, StreamAppend } from '@/core/log/event'
import { err, ok, type Result } from '@/core/result'
import { LIMITS } from '../limits'
import type { Store } from '../store/contract'
import type { LoadedDesign } from './loaded-design'
import { readStream } from './read-stream'

export interface CommandMessage {
  readonly aggregate: string
  readonly key: string
  readonly type: string
  readonly payload: Json
  readonly commandId: string
  /** Epoch ms. */
  readonly at: number
  readonly correlationId: string
  readonly causationId: string
  readonly userId?: string
}

/** The aggregate said no, under one of its rules, or the command was not one it knows. */
export interface CommandRejection {
  readonly code: string
  readonly message: string
  readonly kind: 'rejected' | 'refused' | 'code'
  readonly details: Readonly<Record<string, unknown>>
}

/** What a command comes to, before it is on disk. `append` null: it was handled before, or there is nothing to write. */
export interface CommandDecision {
  readonly stream: string
  readonly version: number
  readonly events: readonly { readonly type: string; readonly data: Json }[]
  readonly state: Json
  readonly append: StreamAppend | null
}

export interface AcceptedCommand {
  readonly version: number
  readonly events: readonly RecordedEvent[]
  readonly state: Json
}

export interface Aggregates {
  /** Loads and decides; writes nothing. The caller appends, perhaps with something else, and asks again on a conflict. */
  decide(loaded: LoadedDesign, message: CommandMessage): Promise<Result<CommandDecision, CommandRejection>>
  /**
   * Load, decide, append at the loaded version; on a conflict again, a few times.
   * @throws {WorkbenchError} COMMAND_CONFLICT when it never got through
   */
  handle(loaded: LoadedDesign, message: CommandMessage): Promise<Result<AcceptedCommand, CommandRejection>>
  /**
   * The state after `version` events, or after all that were recorded by `at`.
   * @throws {WorkbenchError} AGGREGATE_NOT_FOUND, VERSION_OUT_OF_RANGE, CODE_*
   */
  stateAt(
    loaded: LoadedDesign,
    aggregate: string,
    key: string,
    point: { readonly version?: number; readonly at?: number },
  ): Promise<AggregatePoint & { readonly at: number | null }>
}

/** A fault of user code, for who asked to have it run. */
export function codeError({ code, message, fn, line, column }: CodeFault): WorkbenchError {
  return new WorkbenchError(code, message, { fn, line, column })
}

const codeRejection = (fault: CodeFault): CommandRejection => ({
  code: fault.code,
  message: fault.message,
  kind: 'code',
  details: { fn: fault.fn, line: fault.line, column: fault.column },
})

export function createAggregates(store: Store, code: CodeRunner): Aggregates {
  const messageId = (loaded: LoadedDesign, stream: string, commandId: string, index: number) =>
    `${loaded.id}/${stream}/${commandId}/${index}`

  async function load(
    loaded: LoadedDesign,
    aggregate: Aggregate,
    stream: string,
  ): Promise<{ readonly from: AggregatePoint; readonly tail: readonly RecordedEvent[] }> {
    const snapshot = await store.snapshots.load(loaded.id, stream, deciderHash(aggregate))
    const from = snapshot ?? initialPoint(aggregate)
    return { from, tail: await readStream(store.events, loaded.id, stream, from.version + 1) }
  }

  /** Every `snapshotEvery` events, beside the append: a snapshot is a cache and may be lost. */
  function snapshotAfter(
    loaded: LoadedDesign,
    aggregate: Aggregate,
    stream: string,
    before: number,
    point: AggregatePoint,
  ): void {
    const { snapshotEvery } = aggregate
    if (Math.floor(before / snapshotEvery) === Math.floor(point.version / snapshotEvery)) return
    store.snapshots.save(loaded.id, stream, deciderHash(aggregate), point).catch(() => undefined)
  }

  async function decide(
    loaded: LoadedDesign,
    message: CommandMessage,
  ): Promise<Result<CommandDecision & { readonly aggregate?: Aggregate }, CommandRejection>> {
    const key = checkKey(message.key)
    if (!key.ok)
      return err({ code: 'COMMAND_PAYLOAD_INVALID', message: key.error, kind: 'refused', details: {} })
    const checked = checkCommand(loaded.design, message.aggregate, message.type, message.payload)
    if (!checked.ok) {
      const { code: refusal, message: text, ...details } = checked.error
      return err({ code: refusal, message: text, kind: 'refused', details })
    }
    const { aggregate } = checked.value
    const stream = aggregateStream(aggregate.id, message.key)
    const { from, tail } = await load(loaded, aggregate, stream)
    const first = await store.events.findMessage(messageId(loaded, stream, message.commandId, 0))
    if (first) return ok(await repeated(loaded, aggregate, stream, message.commandId, first))
    const { type, payload, at, commandId } = message
    const answer = await code.run(
      loaded.program,
      handleCall(aggregate, from, tail.map(codeEvent), { type, payload, at, commandId }),
    )
    if (!answer.ok) return err(codeRejection(answer.error))
    if (answer.value.kind === 'rejected')
      return err({ code: answer.value.code, message: answer.value.message, kind: 'rejected', details: {} })
    const { events, state } = answer.value
    const before = from.version + tail.length
    const append: StreamAppend | null =
      events.length === 0
        ? null
        : {
            designId: loaded.id,
            streamId: stream,
            expectedVersion: before === 0 ? 'no-stream' : before,
            events: events.map((event, index) => ({
              type: event.type,
              data: event.data,
              metadata: {
                messageId: messageId(loaded, stream, commandId, index),
                correlationId: message.correlationId,
                causationId: message.causationId,
                ...(message.userId === undefined ? {} : { userId: message.userId }),
                schemaVersion: aggregate.events.find(({ name }) => name === event.type)?.version ?? 1,
              },
            })),
          }
    return ok({ stream, version: before + events.length, events, state, append, aggregate })
  }

  /** The first answer again: the events that this command led to, and the state after them. */
  async function repeated(
    loaded: LoadedDesign,
    aggregate: Aggregate,
    stream: string,
    commandId: string,
    first: RecordedEvent,
  ): Promise<CommandDecision> {
    const events: RecordedEvent[] = [first]
    for (const event of await readStream(store.events, loaded.id, stream, first.version + 1)) {
      if (event.metadata.messageId !== messageId(loaded, stream, commandId, events.length)) break
      events.push(event)
    }
    const version = first.version + events.length - 1
    const { state } = await stateAt(loaded, aggregate.id, stream.slice(aggregate.id.length + 1), { version })
    return { stream, version, events, state, append: null }
  }

  async function stateAt(
    loaded: LoadedDesign,
    aggregateId: string,
    key: string,
    point: { readonly version?: number; readonly at?: number },
  ): Promise<AggregatePoint & { readonly at: number | null }> {
    const aggregate = findAggregate(loaded.design, aggregateId)
    if (!aggregate)
      throw new WorkbenchError('AGGREGATE_NOT_FOUND', `This design has no aggregate "${aggregateId}".`)
    const stream = aggregateStream(aggregate.id, key)
    const all = await readStream(store.events, loaded.id, stream, 1, point.version)
    const events = point.at === undefined ? all : all.filter((event) => event.recordedAt <= (point.at ?? 0))
    if (point.version !== undefined && point.version > events.length && point.at === undefined) {
      throw new WorkbenchError(
        'VERSION_OUT_OF_RANGE',
        `${stream} has ${events.length} events; there is no version ${point.version}.`,
      )
    }
    const answer = await code.run(
      loaded.program,
      foldCall(aggregate, initialPoint(aggregate), events.map(codeEvent)),
    )
    if (!answer.ok) throw codeError(answer.error)
    return { state: answer.value.state, version: events.length, at: events.at(-1)?.recordedAt ?? null }
  }

  return {
    decide,
    stateAt,
    async handle(loaded, message) {
      for (let attempt = 1; ; attempt++) {
        const decision = await decide(loaded, message)
        if (!decision.ok) return decision
        const { append, stream, version, events, state, aggregate } = decision.value
        if (!append)
          return ok({
            version,
            state,
            events:
              events.length === 0
                ? []
                : await readStream(store.events, loaded.id, stream, version - events.length + 1, version),
          })
        try {
          const answer = await store.events.append([append])
          // The same command came twice at once and the other was first: what stands in the log is the answer.
          if (answer.repeated) continue
          if (aggregate) snapshotAfter(loaded, aggregate, stream, version - events.length, { version, state })
          return ok({ version, state, events: answer.events })
        } catch (error) {
          if (!(error instanceof WorkbenchError && error.code === 'WRONG_EXPECTED_VERSION')) throw error
          if (attempt >= LIMITS.commandRetries)
            throw new WorkbenchError(
              'COMMAND_CONFLICT',
              `${stream} was changed by others ${attempt} times while this command was decided. Send it again.`,
              {},
              { cause: error },
            )
        }
      }
    },
  }
}

/** An id for a command that came without one. */
export const newCommandId = (): string => randomUUID()
