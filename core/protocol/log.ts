import { z } from 'zod'
import { STREAM_ID_CHAR } from '../aggregate/stream'
import type { LogFilter } from '../log/filter'
import { STREAM_ID_CHARS } from '../log/stream-id'
import { recordedEventSchema } from './designs'
import { wholeQuery } from './number-query'

const whole = wholeQuery()

/** The filter of a log, as an address has it: `?stream=Order-*&type=Placed,Paid&text=glass`. */
export const logFilterQuery = z.strictObject({
  /** One stream, or with `*` at the end all that begin so. */
  stream: z
    .string()
    .regex(new RegExp(`^${STREAM_ID_CHAR}{0,${STREAM_ID_CHARS}}\\*?$`), 'a stream id, or its beginning and *')
    .optional(),
  /** Types of events, with commas. */
  type: z
    .string()
    .max(2_000)
    .regex(/^[A-Za-z0-9_.]+(,[A-Za-z0-9_.]+)*$/, 'names with commas between them')
    .optional(),
  correlation: z.string().min(1).max(400).optional(),
  /** Anywhere in the data as JSON text; A to Z as a to z. */
  text: z.string().min(1).max(200).optional(),
  /** Recorded then or later, epoch ms. */
  from: whole.optional(),
  /** Recorded then or earlier, epoch ms. */
  to: whole.optional(),
})

export type LogFilterQuery = z.infer<typeof logFilterQuery>

/** The filter that an address asks for. */
export function filterOf({ stream, type, correlation, text, from, to }: LogFilterQuery): LogFilter {
  return {
    ...(stream === undefined ? {} : { stream }),
    ...(type === undefined ? {} : { types: type.split(',') }),
    ...(correlation === undefined ? {} : { correlationId: correlation }),
    ...(text === undefined ? {} : { text }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}

/** The same as an address says it. */
export function queryOfFilter({ stream, types, correlationId, text, from, to }: LogFilter): LogFilterQuery {
  return {
    ...(stream === undefined ? {} : { stream }),
    ...(types === undefined ? {} : { type: types.join(',') }),
    ...(correlationId === undefined ? {} : { correlation: correlationId }),
    ...(text === undefined ? {} : { text }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}

/** How far a design's log reaches. Positions and times are 0 in an empty one. */
export const logExtentSchema = z.object({
  events: z.number().int(),
  first: z.number().int(),
  last: z.number().int(),
  firstAt: z.number(),
  lastAt: z.number(),
  /** Of the place asked for: how many events of the design come before it, and the position of the one there. */
  rank: z.number().int().nullable(),
  position: z.number().int().nullable(),
})

/** A part of the log by place: the `rank`-th event, from 0, and what follows. */
export const rankedEventsSchema = z.object({ rank: z.number().int(), items: z.array(recordedEventSchema) })

/** Positions of the events that a filter takes, in a part of the log; `next` is the `after` of the part behind it. */
export const logMatchesSchema = z.object({
  positions: z.array(z.number().int()),
  next: z.number().int().nullable(),
})

/** What came of a log that was imported. `ids`: whether its runs kept theirs. */
export const importAnswerSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  name: z.string(),
  events: z.number().int(),
  streams: z.number().int(),
  runs: z.number().int(),
  ids: z.enum(['kept', 'new']),
})

export type ImportAnswer = z.infer<typeof importAnswerSchema>
export type LogExtent = z.infer<typeof logExtentSchema>
export type RankedEvents = z.infer<typeof rankedEventsSchema>
export type LogMatches = z.infer<typeof logMatchesSchema>
