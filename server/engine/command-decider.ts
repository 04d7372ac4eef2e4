import { checkCommand, checkInstance, codeEvent, handleCall } from '@/core/aggregate/handle'
import { recordedCommand } from '@/core/aggregate/recorded-command'
import { aggregateStream } from '@/core/aggregate/stream'
import type { CodeFault, CodeRunner } from '@/core/code/contract'
import type { Json } from '@/core/json'
import type { StreamAppend } from '@/core/log/event'
import { err, ok, type Result } from '@/core/result'
import type { EventStore } from '../store/contract'
import { endOf } from './aggregate-cache'
import type { AggregateReader } from './aggregate-reader'
import { type CommandMessage, commandEvents, commandMessageId, commandRecord } from './command-records'
import type { LoadedDesign } from './loaded-design'
import { readStream } from './read-stream'

/** The aggregate said no, under one of its rules, or the command was not one it knows. */
export interface CommandRejection {
  readonly code: string
  readonly message: string
  readonly kind: 'rejected' | 'refused' | 'code'
  /** The rule that refused it. */
  readonly rule?: string
  readonly details: Readonly<Record<string, unknown>>
  /** What there is to write: the rejection as it is recorded. Empty when it is recorded, or was none of the aggregate's. */
  readonly appends: readonly StreamAppend[]
}

/** What a command comes to, before it is on disk. */
export interface CommandDecision {
  readonly stream: string
  readonly version: number
  readonly events: readonly { readonly type: string; readonly data: Json }[]
  readonly state: Json
  /** What there is to write, together: the command as it is recorded, and its events. Empty: it was handled before. */
  readonly appends: readonly StreamAppend[]
}

type Decided = Result<CommandDecision, CommandRejection>

export interface CommandDecider {
  /** Decides on what stands in the log, whether or not the command came before. Writes nothing. */
  judge(loaded: LoadedDesign, message: CommandMessage): Promise<Decided>
  /** What this command was answered when it first came; null when it never did. */
  firstAnswer(loaded: LoadedDesign, message: CommandMessage): Promise<Decided | null>
}

export function createCommandDecider(
  events: EventStore,
  code: CodeRunner,
  reader: AggregateReader,
): CommandDecider {
  return {
    async judge(loaded, message) {
      const key = checkInstance(loaded.design, message.aggregate, message.key)
      if (!key.ok) return err(refused('COMMAND_PAYLOAD_INVALID', key.error))
      const checked = checkCommand(loaded.design, message.aggregate, message.type, message.payload)
      if (!checked.ok) {
        const { code: refusal, message: text, ...details } = checked.error
        return err(refused(refusal, text, details))
      }
      const { aggregate } = checked.value
      const stream = aggregateStream(aggregate.id, message.key)
      const point = await reader.load(loaded, aggregate, stream)
      const { type, payload, at, commandId } = message
      const sent = { type, payload, at, commandId }
      const call = handleCall(aggregate, point.from, point.tail.map(codeEvent), sent)
      const answer = await code.run(loaded.program, call)
      if (!answer.ok) return err(brokenCode(answer.error))
      const atVersion = endOf(point)
      const { before, ...said } = answer.value
      reader.folded(loaded, aggregate, stream, point, before)
      if (said.kind === 'rejected') {
        const record = commandRecord(loaded.id, message, { ...said, atVersion })
        return err({ ...said, details: {}, appends: [record] })
      }
      const { kind, events: decided, state } = said
      const record = commandRecord(loaded.id, message, { kind, atVersion, events: decided.length })
      const own = commandEvents(loaded.id, aggregate, message, atVersion, decided)
      const appends = decided.length === 0 ? [record] : [record, own]
      return ok({ stream, version: atVersion + decided.length, events: decided, state, appends })
    },

    async firstAnswer(loaded, message) {
      const found = await events.findMessage(commandMessageId(loaded.id, message))
      const record = found && recordedCommand(found)
      if (!record) return null
      if (record.type === 'CommandRejected') {
        const { code: refusal, message: text, rule } = record.data
        const by = rule === undefined ? {} : { rule }
        return err({ kind: 'rejected', code: refusal, message: text, ...by, details: {}, appends: [] })
      }
      const { atVersion, events: count } = record.data
      const version = atVersion + count
      const stream = aggregateStream(message.aggregate, message.key)
      const { state } = await reader.stateAt(loaded, message.aggregate, message.key, { version })
      const led = await readStream(events, loaded.id, stream, atVersion + 1, version)
      return ok({ stream, version, events: led, state, appends: [] })
    },
  }
}

const brokenCode = ({ code, message, fn, line, column }: CodeFault): CommandRejection => ({
  code,
  message,
  kind: 'code',
  details: { fn, line, column },
  appends: [],
})

const refused = (code: string, message: string, details = {}): CommandRejection => ({
  code,
  message,
  kind: 'refused',
  details,
  appends: [],
})
