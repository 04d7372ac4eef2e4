import { ERROR_STATUS, type ErrorCode, WorkbenchError } from '@/core/errors'
import type { Json } from '@/core/json'
import type { CommandAnswer } from '@/core/protocol'
import { newCommandId } from '../engine/aggregates'
import { eventAnswer } from '../queries/events'
import type { Workbench } from '../workbench'

/**
 * Sends a command to one aggregate.
 * @throws {WorkbenchError} COMMAND_REJECTED with the rule's own code, COMMAND_NOT_FOUND, COMMAND_PAYLOAD_INVALID, COMMAND_CONFLICT, CODE_*
 */
export async function sendCommand(
  wb: Workbench,
  designId: string,
  aggregate: string,
  key: string,
  body: { readonly type: string; readonly payload: Json; readonly commandId?: string | undefined },
): Promise<CommandAnswer> {
  const loaded = await wb.catalogue.load(designId)
  const commandId = body.commandId ?? newCommandId()
  const answer = await wb.aggregates.handle(loaded, {
    aggregate,
    key,
    type: body.type,
    payload: body.payload,
    commandId,
    at: Date.now(),
    // It begins a story of its own, and is itself the cause of what it leads to.
    correlationId: commandId,
    causationId: commandId,
  })
  if (answer.ok)
    return {
      version: answer.value.version,
      events: answer.value.events.map(eventAnswer),
      state: answer.value.state,
    }
  const { code, message, kind, rule, details } = answer.error
  if (kind === 'rejected') {
    const by = rule === undefined ? {} : { rule }
    throw new WorkbenchError('COMMAND_REJECTED', message, { rejection: { code, message, ...by } })
  }
  throw new WorkbenchError(code in ERROR_STATUS ? (code as ErrorCode) : 'COMMAND_REJECTED', message, details)
}
