import { randomUUID } from 'node:crypto'
import { WorkbenchError } from '@/core/errors'
import type { RunAction, RunAnswer, RunEnding, RunSummary, StartRun } from '@/core/protocol'
import { assertNever } from '@/core/result'
import { type OperatorAction, placeInDesign, type SagaRejection } from '@/core/saga'
import { startablePlan } from '../engine/startable'
import { designOfRun, readRun, runSummary } from '../queries/runs'
import { randomBytesFromPool } from '../random-bytes'
import type { Workbench } from '../workbench'
import { checkFaults } from './runnable'

/**
 * Starts a run of the design's newest version.
 * @throws {WorkbenchError} SAGA_NOT_FOUND, DESIGN_NOT_RUNNABLE with the problems, RUN_INPUT_INVALID with paths,
 *   TOO_MANY_REQUESTS with `retryAfterSeconds`
 */
export async function startRun(
  wb: Workbench,
  designId: string,
  request: StartRun,
): Promise<{ readonly id: string }> {
  const loaded = await wb.catalogue.load(designId)
  const plan = startablePlan(loaded, request.saga, request.input)
  checkFaults(plan, request.faults)
  for (const [index, place] of (request.breakpoints ?? []).entries()) {
    if (!placeInDesign(plan, place))
      throw new WorkbenchError(
        'NODE_NOT_FOUND',
        `Breakpoint ${index + 1} is at "${place}", and saga "${request.saga}" has no such node.`,
        { issues: [{ path: ['breakpoints', index], message: 'no such node' }] },
      )
  }
  const { runId } = await wb.engine.start(loaded, {
    ...request,
    seed: request.seed ?? randomBytesFromPool(6).toString('hex'),
    causationId: randomUUID(),
  })
  return { id: runId }
}

/**
 * How a run that was started has ended, or where it is after `withinMs`.
 * @throws {WorkbenchError} RUN_NOT_FOUND when its design is deleted meanwhile
 */
export async function awaitRun(
  wb: Workbench,
  designId: string,
  runId: string,
  withinMs: number,
): Promise<RunEnding> {
  const { status, data, error, seq } = await wb.engine.ended(designId, runId, withinMs)
  return { id: runId, status, seq, data, error }
}

/**
 * What a person does to a run.
 * @throws {WorkbenchError} RUN_NOT_FOUND, RUN_ENDED, NODE_NOT_FOUND, ACTION_REFUSED with why
 */
export async function actOnRun(wb: Workbench, runId: string, action: RunAction): Promise<RunAnswer> {
  const designId = await designOfRun(wb, runId)
  const { by = 'someone', reason } = action
  const answer = await wb.engine.act(designId, runId, operatorAction(action), {
    by,
    ...(reason === undefined ? {} : { reason }),
    causationId: randomUUID(),
  })
  if ('code' in answer) throw refusal(runId, answer)
  return readRun(wb, runId)
}

/**
 * Takes an ended run out of the list that is shown by itself, or puts it back. Nothing of the run changes.
 * @throws {WorkbenchError} RUN_NOT_FOUND, ACTION_REFUSED when it has not ended
 */
export async function archiveRun(wb: Workbench, runId: string, archived: boolean): Promise<RunSummary> {
  await designOfRun(wb, runId)
  // Its end is in the list: what was shown of it may be older.
  await wb.runs.waitFor(await wb.store.events.head())
  const row = await wb.store.runs.setArchived(runId, archived)
  if (row) return runSummary(row)
  throw new WorkbenchError('ACTION_REFUSED', `Run "${runId}" has not ended: only an ended run is archived.`)
}

function operatorAction(action: RunAction): OperatorAction {
  switch (action.action) {
    case 'pause':
    case 'resume':
    case 'cancel':
    case 'compensate':
      return { action: action.action }
    case 'retry':
    case 'retry-compensation':
    case 'mark-compensated':
    case 'leave-compensation':
      return { action: action.action, nodeId: action.node }
    case 'step':
    case 'lift-faults':
      return { action: action.action, ...at(action.node) }
    case 'skip':
      return { action: 'skip', nodeId: action.node, output: action.output }
    case 'fail':
      return { action: 'fail', nodeId: action.node, code: action.error }
    case 'signal':
      return { action: 'signal', signal: action.signal, data: action.data, ...at(action.node) }
    case 'decide': {
      const { node, approved, comment } = action
      return { action: 'decide', nodeId: node, approved, ...(comment === undefined ? {} : { comment }) }
    }
    case 'set-data': {
      const { data, scope } = action
      return { action: 'set-data', data, ...(scope === undefined ? {} : { scope }) }
    }
    case 'set-speed': {
      const { mode, speed } = action
      return { action: 'set-speed', mode, ...(speed === undefined ? {} : { speed }) }
    }
    case 'set-breakpoints':
      return { action: 'set-breakpoints', breakpoints: action.breakpoints }
    case 'add-fault':
      return { action: 'add-fault', nodeId: action.fault.node, fault: action.fault }
    default:
      return assertNever(action)
  }
}

const at = (node: string | undefined): { readonly nodeId?: string } =>
  node === undefined ? {} : { nodeId: node }

function refusal(runId: string, rejection: SagaRejection): WorkbenchError {
  switch (rejection.code) {
    case 'RUN_ENDED':
      return new WorkbenchError('RUN_ENDED', `Run "${runId}" has ended. Start a new one.`)
    case 'NODE_NOT_FOUND':
      return new WorkbenchError('NODE_NOT_FOUND', `Run "${runId}" has no node "${rejection.nodeId}".`)
    case 'ACTION_REFUSED':
      return new WorkbenchError('ACTION_REFUSED', `This cannot be done now: ${rejection.message}.`)
    default:
      return new WorkbenchError(
        'ACTION_REFUSED',
        'This cannot be done now: the run is not where it would have to be.',
      )
  }
}
