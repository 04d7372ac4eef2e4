import type { CommandAccepted, CommandRejected } from '@/core/aggregate/recorded-command'
import { aggregateStream, commandsStream } from '@/core/aggregate/stream'
import type { Aggregate } from '@/core/design/aggregate'
import type { Json } from '@/core/json'
import type { StreamAppend } from '@/core/log/event'

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
  /** Given by whoever asks again under the same id after a refusal: then a refusal answers this attempt alone. */
  readonly attempt?: number
}

/** The message under which a command is recorded: there is one, so it has one answer. */
export const commandMessageId = (
  designId: string,
  { aggregate, key, commandId }: Pick<CommandMessage, 'aggregate' | 'key' | 'commandId'>,
): string => `${designId}/${commandsStream(aggregate, key)}/${commandId}`

/**
 * A run's step asks again under the same id, and after a refusal a person may have made room for it: what was refused
 * is the attempt, what is accepted is the command. Ids of commands hold no space.
 */
const rejectedMessageId = (designId: string, message: CommandMessage): string =>
  message.attempt === undefined
    ? commandMessageId(designId, message)
    : `${commandMessageId(designId, message)} ${message.attempt}`

type Answer =
  | { readonly kind: 'accepted'; readonly atVersion: number; readonly events: number }
  | {
      readonly kind: 'rejected'
      readonly atVersion: number
      readonly code: string
      readonly message: string
      readonly rule?: string
    }

/** A command and its answer, as they are recorded: at the end of their stream, wherever that is. */
export function commandRecord(designId: string, message: CommandMessage, answer: Answer): StreamAppend {
  const { aggregate, key, type, payload, commandId, at, correlationId, causationId, userId } = message
  const { kind, ...said } = answer
  const data: CommandAccepted | CommandRejected = { type, payload, commandId, at, ...said }
  return {
    designId,
    streamId: commandsStream(aggregate, key),
    expectedVersion: 'any',
    events: [
      {
        type: kind === 'accepted' ? 'CommandAccepted' : 'CommandRejected',
        data,
        metadata: {
          messageId:
            kind === 'accepted' ? commandMessageId(designId, message) : rejectedMessageId(designId, message),
          correlationId,
          causationId,
          ...(userId === undefined ? {} : { userId }),
          schemaVersion: 1,
        },
      },
    ],
  }
}

/** The events that a command led to, at the version it was decided at. */
export function commandEvents(
  designId: string,
  aggregate: Aggregate,
  message: CommandMessage,
  atVersion: number,
  events: readonly { readonly type: string; readonly data: Json }[],
): StreamAppend {
  const streamId = aggregateStream(aggregate.id, message.key)
  const { commandId, correlationId, causationId, userId } = message
  return {
    designId,
    streamId,
    expectedVersion: atVersion === 0 ? 'no-stream' : atVersion,
    events: events.map(({ type, data }, index) => ({
      type,
      data,
      metadata: {
        messageId: `${designId}/${streamId}/${commandId}/${index}`,
        correlationId,
        causationId,
        ...(userId === undefined ? {} : { userId }),
        schemaVersion: aggregate.events.find(({ name }) => name === type)?.version ?? 1,
      },
    })),
  }
}
