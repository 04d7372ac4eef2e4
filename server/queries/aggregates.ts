import { checkCommand, handleCall } from '@/core/aggregate/handle'
import { checkKey } from '@/core/aggregate/stream'
import { WorkbenchError } from '@/core/errors'
import type { Json } from '@/core/json'
import type { AggregateState, WhatIfAnswer } from '@/core/protocol'
import { codeError } from '../engine/aggregate-reader'
import type { Workbench } from '../workbench'

/** @throws {WorkbenchError} AGGREGATE_NOT_FOUND, VERSION_OUT_OF_RANGE, INVALID_ID, CODE_* */
export async function aggregateState(
  wb: Workbench,
  designId: string,
  aggregate: string,
  key: string,
  point: { readonly version?: number | undefined; readonly at?: number | undefined },
): Promise<AggregateState> {
  const checked = checkKey(key)
  if (!checked.ok) throw new WorkbenchError('INVALID_ID', checked.error)
  const loaded = await wb.catalogue.load(designId)
  return wb.aggregates.stateAt(loaded, aggregate, key, {
    ...(point.version === undefined ? {} : { version: point.version }),
    ...(point.at === undefined ? {} : { at: point.at }),
  })
}

/** Decides commands one after the other at a past state. Nothing is recorded. */
export async function whatIf(
  wb: Workbench,
  designId: string,
  aggregateId: string,
  key: string,
  request: {
    readonly version?: number | undefined
    readonly commands: readonly { readonly type: string; readonly payload: Json }[]
  },
): Promise<WhatIfAnswer> {
  const from = await aggregateState(wb, designId, aggregateId, key, { version: request.version })
  const loaded = await wb.catalogue.load(designId)
  let point: { readonly version: number; readonly state: Json } = { version: from.version, state: from.state }
  const steps: WhatIfAnswer['steps'][number][] = []
  for (const [index, command] of request.commands.entries()) {
    const checked = checkCommand(loaded.design, aggregateId, command.type, command.payload)
    if (!checked.ok) {
      const { code, message, ...details } = checked.error
      throw new WorkbenchError(code, message, details)
    }
    const { aggregate } = checked.value
    const answer = await wb.code.run(
      loaded.program,
      handleCall(aggregate, point, [], { ...command, at: Date.now(), commandId: `what-if-${index}` }),
    )
    if (!answer.ok) throw codeError(answer.error)
    if (answer.value.kind === 'rejected') {
      const { kind: _kind, before: _before, ...rejection } = answer.value
      steps.push({ type: command.type, events: [], rejection, state: point.state })
      continue
    }
    const { events, state } = answer.value
    point = { version: point.version + events.length, state }
    steps.push({ type: command.type, events: [...events], rejection: null, state })
  }
  return { steps, ...point }
}
