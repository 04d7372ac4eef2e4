import { z } from 'zod'
import { STREAM_ID_CHAR } from '../aggregate/stream'
import { jsonSchema, nameSchema, typeNameSchema } from '../design/primitives'
import { HALF_A_PAIR } from '../half-a-pair'
import type { Json } from '../json'
import type { LogFilter } from './filter'
import { STREAM_ID_CHARS } from './stream-id'

export const LOG_FORMAT = 'saga-workbench-log'
export const LOG_FORMAT_VERSION = 1

/** Names have a column of text, which would replace half of a surrogate pair; data are JSON, which keeps it. */
const storedText = (schema: z.ZodString) =>
  schema.refine((text) => !HALF_A_PAIR.test(text), 'has half of a surrogate pair, which is no character')
const storedNameSchema = storedText(nameSchema)

/**
 * The first line of a log as a file. What follows is one JSON value a line: the design's newest version, then the
 * events, oldest first; another version of the design stands before the first run that was started with it.
 */
export const logHeaderSchema = z.strictObject({
  format: z.literal(LOG_FORMAT),
  formatVersion: z.number().int(),
  design: z.strictObject({
    id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    name: storedNameSchema,
    version: z.number().int().min(1),
  }),
  /** How many events follow; null when they were filtered while they were written. */
  events: z.number().int().min(0).nullable(),
  filter: z.record(z.string(), jsonSchema).optional(),
})

const id = z
  .string()
  .min(1)
  .max(400)
  .regex(/^[\x21-\x7e]+$/, 'printable characters without spaces')

export const designLineSchema = z.strictObject({
  design: z.strictObject({ version: z.number().int().min(1), name: storedNameSchema, document: z.unknown() }),
})

/** An event of a file. Its data are JSON, since they were parsed as such. */
export const eventLineSchema = z.strictObject({
  position: z.number().int().min(1),
  streamId: z.string().regex(new RegExp(`^${STREAM_ID_CHAR}{1,${STREAM_ID_CHARS}}$`), 'a stream id'),
  version: z.number().int().min(1),
  type: typeNameSchema,
  data: z.custom<Json>((data) => data !== undefined, 'data are needed'),
  metadata: z.strictObject({
    messageId: id,
    correlationId: id,
    causationId: id,
    userId: storedText(z.string().min(1).max(200)).optional(),
    schemaVersion: z.number().int().min(1),
  }),
  recordedAt: z.number().int().min(0),
})

export type LogHeader = z.infer<typeof logHeaderSchema>
export type EventLine = z.infer<typeof eventLineSchema>

/** The first line of an export. */
export const logHeader = (
  design: LogHeader['design'],
  events: number | null,
  filter: LogFilter | null,
): LogHeader => ({
  format: LOG_FORMAT,
  formatVersion: LOG_FORMAT_VERSION,
  design,
  events,
  ...(filter === null ? {} : { filter: JSON.parse(JSON.stringify(filter)) }),
})
