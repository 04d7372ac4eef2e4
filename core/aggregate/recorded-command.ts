import { z } from 'zod'
import { jsonSchema } from '../design/primitives'
import type { Json } from '../json'

/** The command as it was put to the aggregate: enough to decide it again. */
const asked = {
  type: z.string(),
  payload: jsonSchema,
  commandId: z.string(),
  /** Epoch ms, the time that `decide` was told: that of the run's clock when a run sent it. */
  at: z.number(),
  /** Version of the aggregate that it was decided at. */
  atVersion: z.number().int(),
} as const

/** It led to the events `atVersion + 1` to `atVersion + events` of the aggregate's stream, in the same append. */
export const commandAcceptedSchema = z.object({ ...asked, events: z.number().int() })

/** It was refused: by a rule of that id; without one by `decide`, or since the aggregate has ended. */
export const commandRejectedSchema = z.object({
  ...asked,
  rule: z.string().optional(),
  code: z.string(),
  message: z.string(),
})

export type CommandAccepted = z.infer<typeof commandAcceptedSchema>
export type CommandRejected = z.infer<typeof commandRejectedSchema>

/** What stands in a stream of commands. */
export type RecordedCommand =
  | { readonly type: 'CommandAccepted'; readonly data: CommandAccepted }
  | { readonly type: 'CommandRejected'; readonly data: CommandRejected }

/**
 * Reads an event of a stream of commands.
 * @returns null when it is none: somebody has appended something else there
 */
export function recordedCommand(event: {
  readonly type: string
  readonly data: Json
}): RecordedCommand | null {
  switch (event.type) {
    case 'CommandAccepted': {
      const parsed = commandAcceptedSchema.safeParse(event.data)
      return parsed.success ? { type: event.type, data: parsed.data } : null
    }
    case 'CommandRejected': {
      const parsed = commandRejectedSchema.safeParse(event.data)
      return parsed.success ? { type: event.type, data: parsed.data } : null
    }
    default:
      return null
  }
}
