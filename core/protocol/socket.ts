import { z } from 'zod'
import { STREAM_ID_CHAR } from '../aggregate/stream'
import { STREAM_ID_CHARS } from '../log/stream-id'

const id = '[A-Za-z0-9_-]{1,64}'

/**
 * Topics of the socket: `run:{id}`, `stream:{designId}/{streamId}`, `projection:{designId}/{name}`, `runs:{designId}`,
 * `log:{designId}`. Positions: a run's sequence number, a stream's version, and for the others the log's position.
 */
export const topicSchema = z
  .string()
  .max(300)
  .regex(
    new RegExp(
      `^(run:${id}|runs:${id}|log:${id}|projection:${id}/${id}|stream:${id}/${STREAM_ID_CHAR}{1,${STREAM_ID_CHARS}})$`,
    ),
    'unknown topic',
  )

export const subscribeSchema = z.strictObject({
  topic: topicSchema,
  after: z.number().int().min(0).default(0),
})
export const unsubscribeSchema = z.strictObject({ topic: topicSchema })

/** What the server sends as `events`: ascending, no gap and no repeat after the subscriber's position. */
export interface TopicEvents<E = unknown> {
  readonly topic: string
  readonly events: readonly E[]
  /** The position the client has now; what it says as `after` when it comes back. */
  readonly position: number
}

/** The answer to `subscribe`: the position it starts after, or a problem. */
export type SubscribeAck =
  | { readonly position: number }
  | { readonly error: { readonly code: string; readonly message: string } }

/** What the server sends as `closed`: the topic is no more, and a new `subscribe` would be answered with the same error. */
export interface TopicClosed {
  readonly topic: string
  readonly error: { readonly code: string; readonly message: string }
}

/** One event of the topic `projection:…`: rows that changed (null: deleted) and where the read side stands. */
export interface ProjectionChange {
  readonly rows: Readonly<Record<string, unknown>>
  readonly checkpoint: number
  readonly head: number
  readonly status: string
  /** The position a rebuild has got to, beside the rows that are shown; null when there is none. */
  readonly rebuilding: number | null
  readonly delayMs: number
  /** More was missed than is worth sending: read the rows again. */
  readonly reload?: boolean
}
