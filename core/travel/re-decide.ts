import type { AggregatePoint } from '../aggregate/handle'
import { recordedCommand } from '../aggregate/recorded-command'
import type { CodeCommand } from '../code/contract'
import { type Json, sameJson } from '../json'
import { assertNever } from '../result'
import { type DecidedStep, type Deciders, decideOne } from './decide-in-turn'

/** What a command was answered, when it was put to the aggregate. */
export type RecordedAnswer =
  | { readonly kind: 'accepted'; readonly events: readonly { readonly type: string; readonly data: Json }[] }
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string; readonly rule?: string }

/** A command that was recorded, and the version of the aggregate that it was decided at. */
export interface RecordedDecision {
  readonly command: CodeCommand
  readonly atVersion: number
  readonly answer: RecordedAnswer
}

interface Happened {
  readonly type: string
  readonly data: Json
}

/**
 * Reads the commands to one instance, each with the events it led to.
 * @param commands its stream of commands
 * @param events its own stream from version 1
 * @returns those that can be decided again: not one whose events are not all among these
 */
export function recordedDecisions(
  commands: readonly Happened[],
  events: readonly Happened[],
): readonly RecordedDecision[] {
  return commands.flatMap((event): readonly RecordedDecision[] => {
    const record = recordedCommand(event)
    if (record === null) return []
    const { type, payload, at, commandId, atVersion } = record.data
    const decided = { command: { type, payload, at, commandId }, atVersion }
    if (atVersion > events.length) return []
    if (record.type === 'CommandRejected') {
      const { code, message, rule } = record.data
      const by = rule === undefined ? {} : { rule }
      return [{ ...decided, answer: { kind: 'rejected', code, message, ...by } }]
    }
    const led = events.slice(atVersion, atVersion + record.data.events)
    if (led.length < record.data.events) return []
    return [
      {
        ...decided,
        answer: { kind: 'accepted', events: led.map(({ type: of, data }) => ({ type: of, data })) },
      },
    ]
  })
}

/** How the answer differs from the recorded one. */
export type AnswerChange = 'refused-now' | 'accepted-now' | 'other-events' | 'other-refusal' | 'breaks'

/**
 * Decides a recorded command again, at the state it was decided at, at its time and under its id.
 * @param point the aggregate at `decision.atVersion`, folded by the same definition
 */
export const decideAgain = (
  parts: Deciders,
  aggregateId: string,
  point: AggregatePoint,
  decision: RecordedDecision,
): Promise<DecidedStep> => decideOne(parts, aggregateId, point, decision.command)

/** Null when it is the same answer. A refusal is the same when its code is: the words may be others. */
export function answerChange(recorded: RecordedAnswer, now: DecidedStep): AnswerChange | null {
  switch (now.outcome) {
    case 'fault':
      return 'breaks'
    case 'accepted':
      if (recorded.kind === 'rejected') return 'accepted-now'
      return sameEvents(recorded.events, now.events) ? null : 'other-events'
    case 'rejected':
    case 'refused':
      if (recorded.kind === 'accepted') return 'refused-now'
      return recorded.code === now.code ? null : 'other-refusal'
    default:
      return assertNever(now)
  }
}

const sameEvents = (a: readonly Happened[], b: readonly Happened[]): boolean =>
  a.length === b.length &&
  a.every(({ type, data }, at) => type === b[at]?.type && sameJson(data, b[at]?.data))
