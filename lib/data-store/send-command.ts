import { ALREADY_ENDED } from '@/core/aggregate/rules'
import type { Issue } from '@/core/errors'
import type { Json } from '@/core/json'
import { type EventAnswer, rejectionSchema } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'
import { ApiError } from '@/lib/api/request'

export interface SentCommand {
  readonly designId: string
  readonly aggregate: string
  readonly key: string
  readonly type: string
  readonly payload: Json
  readonly commandId: string
}

/** What a command came to. */
export type SentAnswer =
  | {
      readonly kind: 'accepted'
      readonly events: readonly EventAnswer[]
      readonly version: number
      /** The state before its events, and after them. */
      readonly before: Json
      readonly state: Json
    }
  /** The aggregate said no: by a rule, in `decide`, or since it has ended. */
  | {
      readonly kind: 'rejected'
      readonly by: 'rule' | 'decide' | 'end'
      readonly code: string
      readonly message: string
      readonly rule?: string
    }
  /** It was not put to the aggregate, or there was no answer. */
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly message: string
      readonly issues: readonly Issue[]
    }

/** Sends a command and says what came of it; never throws. */
export async function sendCommand(sent: SentCommand): Promise<SentAnswer> {
  const { designId, aggregate, key, type, payload, commandId } = sent
  try {
    const answer = await designsApi.sendCommand(designId, aggregate, key, { type, payload, commandId })
    const { events, version, state } = answer
    const { state: before } = await designsApi.state(designId, aggregate, key, {
      version: version - events.length,
    })
    return { kind: 'accepted', events, version, before, state }
  } catch (error) {
    return refusalOf(error instanceof ApiError ? error : new ApiError('INTERNAL', 0, String(error)))
  }
}

/** A rejection by the aggregate says its own code; the problem around it says only that it was one. */
function refusalOf(error: ApiError): SentAnswer {
  const rejection = rejectionSchema.safeParse(error.problem?.rejection)
  if (error.code !== 'COMMAND_REJECTED' || !rejection.success)
    return {
      kind: 'refused',
      code: error.code,
      message: error.message,
      issues: error.problem?.issues ?? [],
    }
  const { code, message, rule } = rejection.data
  if (rule !== undefined) return { kind: 'rejected', by: 'rule', code, message, rule }
  return { kind: 'rejected', by: code === ALREADY_ENDED ? 'end' : 'decide', code, message }
}
