import { findAggregate } from '@/core/aggregate/handle'
import { WorkbenchError } from '@/core/errors'
import type { WhatIf, WhatIfAnswer } from '@/core/protocol'
import { assertNever } from '@/core/result'
import { type DecidedStep, decideOne } from '@/core/travel'
import { codeError } from '../engine/aggregate-reader'
import type { Workbench } from '../workbench'
import { aggregateState } from './aggregates'

/**
 * Decides commands one after the other at a past state. Nothing is recorded.
 * @throws {WorkbenchError} AGGREGATE_NOT_FOUND, VERSION_OUT_OF_RANGE, INVALID_ID; and for a command that is not one
 *   or whose code breaks COMMAND_NOT_FOUND, COMMAND_PAYLOAD_INVALID, CODE_*, with its place as `command`
 */
export async function whatIf(
  wb: Workbench,
  designId: string,
  aggregateId: string,
  key: string,
  request: {
    readonly version?: number | undefined
    readonly commands: readonly (Pick<WhatIf['commands'][number], 'type' | 'payload'> & {
      readonly at?: number | undefined
      readonly commandId?: string | undefined
    })[]
  },
): Promise<WhatIfAnswer> {
  const { version, state } = await aggregateState(wb, designId, aggregateId, key, {
    version: request.version,
  })
  const { program, design } = await wb.catalogue.load(designId)
  // an aggregate that is gone is known by then
  const aggregate = findAggregate(design, aggregateId)?.id ?? aggregateId
  const now = Date.now()
  let point = { version, state }
  const steps: WhatIfAnswer['steps'] = []
  for (const [index, { type, payload, at, commandId }] of request.commands.entries()) {
    const command = { type, payload, at: at ?? now, commandId: commandId ?? `what-if-${index + 1}` }
    const step = await decideOne({ code: wb.code, program, design }, aggregate, point, command)
    steps.push(stepAnswer(step, index))
    point = { version: step.version, state: step.state }
  }
  return { from: { version, state }, steps, ...point }
}

function stepAnswer(step: DecidedStep, index: number): WhatIfAnswer['steps'][number] {
  const { version, state } = step
  const said = { type: step.command.type, version, state }
  switch (step.outcome) {
    case 'accepted':
      return { ...said, events: step.events.map(({ type, data }) => ({ type, data })), rejection: null }
    case 'rejected': {
      const { code, message, rule } = step
      const by = rule === undefined ? {} : { rule }
      return { ...said, events: [], rejection: { code, message, ...by } }
    }
    case 'refused':
      throw new WorkbenchError(step.code, `Command ${index + 1}: ${step.message}`, {
        command: index,
        issues: step.issues.map(({ path, ...issue }) => ({
          ...issue,
          path: ['commands', index, 'payload', ...path],
        })),
      })
    case 'fault': {
      const { code, message, details } = codeError(step.fault)
      throw new WorkbenchError(code, `Command ${index + 1}: ${message}`, { ...details, command: index })
    }
    default:
      return assertNever(step)
  }
}
