import { z } from 'zod'

/** An event in a causation graph. Its data is read where it stands: a graph has hundreds. */
export const causationNodeSchema = z.object({
  position: z.number().int(),
  streamId: z.string(),
  version: z.number().int(),
  type: z.string(),
  /** What it is called: its type; of a recorded command, what was asked and why it was refused. */
  title: z.string(),
  recordedAt: z.number(),
  messageId: z.string(),
  correlationId: z.string(),
  userId: z.string().optional(),
  /** What it is to the event that was asked about. */
  part: z.enum(['cause', 'self', 'effect']),
  /** Position of the event that led to it; null when something outside the log did, or it stands beyond the limit. */
  causedBy: z.number().int().nullable(),
  /** The policy whose reaction led from there to here. */
  policy: z.string().nullable(),
  /** Projections that listen for it. One whose checkpoint is at or behind the event has taken it up. */
  projections: z.array(z.string()),
})

export const causationSchema = z.object({
  position: z.number().int(),
  /** Ascending by position: causes before what they led to. */
  events: z.array(causationNodeSchema),
  projections: z.array(
    z.object({
      name: z.string(),
      checkpoint: z.number().int(),
      status: z.enum(['running', 'paused', 'faulted', 'rebuilding']),
    }),
  ),
  /** Message id of what led to the first of them, when that is no event of the log: a command, a request. */
  origin: z.string().nullable(),
  /** Whether there is more than the limit let in. */
  cut: z.object({ causes: z.boolean(), effects: z.boolean() }),
  limit: z.number().int(),
})

export type CausationNode = z.infer<typeof causationNodeSchema>
export type CausationAnswer = z.infer<typeof causationSchema>
