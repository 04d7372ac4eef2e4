import type { CodeCall, CodeCommand, CodeEvent } from '../code/contract'
import type { Aggregate, CommandDefinition } from '../design/aggregate'
import { codeId } from '../design/code-id'
import type { Design } from '../design/document'
import { evolveHandlers } from '../design/program'
import type { Issue } from '../errors'
import { hashText } from '../hash'
import type { Json } from '../json'
import { checkAgainstSchema } from '../json-schema'
import { err, ok, type Result } from '../result'
import { rulesBefore, terminalGuard } from './rules'
import { aggregateStream, checkKey } from './stream'
import { liftEvent } from './upcast'

/** Where an aggregate stands: after `version` events of its stream. */
export interface AggregatePoint {
  readonly version: number
  readonly state: Json
}

/** Why a command is not even put to the aggregate. */
export type CommandRefusal =
  | { readonly code: 'AGGREGATE_NOT_FOUND'; readonly message: string }
  | { readonly code: 'COMMAND_NOT_FOUND'; readonly message: string }
  | { readonly code: 'COMMAND_PAYLOAD_INVALID'; readonly message: string; readonly issues: readonly Issue[] }

export function findAggregate(design: Design, id: string): Aggregate | undefined {
  return design.aggregates.find((aggregate) => aggregate.id === id)
}

/** Checks that the design knows the command and that its payload fits the command's schema. */
export function checkCommand(
  design: Design,
  aggregateId: string,
  type: string,
  payload: Json,
): Result<{ readonly aggregate: Aggregate; readonly command: CommandDefinition }, CommandRefusal> {
  const aggregate = findAggregate(design, aggregateId)
  if (!aggregate)
    return err({
      code: 'AGGREGATE_NOT_FOUND',
      message: `This design has no aggregate "${aggregateId}". It has: ${list(design.aggregates.map(({ id }) => id))}.`,
    })
  const command = aggregate.commands.find(({ name }) => name === type)
  if (!command)
    return err({
      code: 'COMMAND_NOT_FOUND',
      message: `${aggregateId} has no command "${type}". It has: ${list(aggregate.commands.map(({ name }) => name))}.`,
    })
  const checked = checkAgainstSchema(command.schema, payload)
  if (!checked.ok)
    return err({
      code: 'COMMAND_PAYLOAD_INVALID',
      message: `The payload of ${type} does not fit its schema.`,
      issues: checked.error,
    })
  return ok({ aggregate, command })
}

const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '))

/** The state before any event. */
export const initialPoint = (aggregate: Aggregate): AggregatePoint => ({
  version: 0,
  state: aggregate.initialState,
})

/**
 * The one crossing into the sandbox that a command takes: fold the tail, ask the command's rules in order, decide, see
 * that it has not ended where events came of it, fold them.
 */
export function handleCall(
  aggregate: Aggregate,
  from: AggregatePoint,
  tail: readonly CodeEvent[],
  command: CodeCommand,
): Extract<CodeCall, { kind: 'handle' }> {
  const terminal = terminalGuard(aggregate)
  return {
    kind: 'handle',
    evolve: evolveHandlers(aggregate),
    ...(terminal === undefined ? {} : { terminal }),
    rules: rulesBefore(aggregate, command.type),
    decide: codeId.decide(aggregate.id, command.type),
    state: from.state,
    events: tail.map((event) => liftEvent(aggregate, event)),
    command,
  }
}

/** Folds `tail` onto a point; with `every`, the state after each event. */
export function foldCall(
  aggregate: Aggregate,
  from: AggregatePoint,
  tail: readonly CodeEvent[],
  every = false,
): Extract<CodeCall, { kind: 'fold' }> {
  const events = tail.map((event) => liftEvent(aggregate, event))
  return { kind: 'fold', evolve: evolveHandlers(aggregate), state: from.state, events, every }
}

/** What user code sees of a recorded event. */
export function codeEvent(event: {
  readonly type: string
  readonly data: Json
  readonly version: number
  readonly position: number
  readonly recordedAt: number
  readonly streamId: string
  readonly metadata: { readonly schemaVersion: number }
}): CodeEvent {
  const { type, data, version, position, recordedAt, streamId } = event
  return {
    type,
    data,
    version,
    position,
    recordedAt,
    streamId,
    schemaVersion: event.metadata.schemaVersion,
  }
}

/** How `evolve` is called. Where that changes, snapshots of before count no more. */
const FOLD = 'type and data'

/** Tells versions of a decider's fold apart, so that an edit invalidates its snapshots. */
export function deciderHash(aggregate: Aggregate): string {
  const known = hashes.get(aggregate)
  if (known !== undefined) return known
  const hash = hashText(
    JSON.stringify([
      FOLD,
      aggregate.initialState,
      aggregate.events.map(({ name, version, upcasters, evolve }) => [name, version, upcasters, evolve]),
    ]),
  )
  hashes.set(aggregate, hash)
  return hash
}

/** Definitions never change in place, and every command asks. */
const hashes = new WeakMap<Aggregate, string>()

/** Whether the aggregate may have an instance under this key. Two aggregates are never given one stream. */
export function checkInstance(design: Design, aggregateId: string, key: string): Result<string, string> {
  const checked = checkKey(key)
  if (!checked.ok) return checked
  const owner = aggregateOfStream(design, aggregateStream(aggregateId, key))?.aggregate.id ?? aggregateId
  if (owner === aggregateId) return checked
  return err(
    `${aggregateId} can have no "${key}": that stream is ${owner}'s. Rename one of the two, or choose another key.`,
  )
}

/** The aggregate a stream belongs to: of two whose names begin alike, the longer. */
export function aggregateOfStream(
  design: Design,
  streamId: string,
): { readonly aggregate: Aggregate; readonly key: string } | undefined {
  const aggregate = design.aggregates
    .filter(({ id }) => streamId.startsWith(`${id}-`))
    .sort((a, b) => b.id.length - a.id.length)[0]
  return aggregate && { aggregate, key: streamId.slice(aggregate.id.length + 1) }
}
