import { WorkbenchError } from '@/core/errors'
import type { ForkRun } from '@/core/protocol'
import {
  beforeFailure,
  type DecidedEvent,
  forkEvents,
  forkPoint,
  rehearse,
  replay,
  type SagaEventData,
  type SagaPlan,
} from '@/core/saga'
import { runClock } from '../engine/clock'
import { newRunId } from '../engine/run-id'
import { decidedEvent, runMessageId } from '../engine/run-messages'
import { shownDivergence } from '../queries/rehearse'
import { designOfRun } from '../queries/runs'
import type { Workbench } from '../workbench'
import { ownStreams } from './own-streams'
import { assertRunnable, checkFaults } from './runnable'

/**
 * Starts a run that has another's history up to an event and goes on from there. The other stays as it is. What it owns
 * (aggregates whose key is the run's id) is copied for the new run as it stood then; what it shares stays shared.
 * @throws {WorkbenchError} RUN_NOT_FOUND, SEQ_OUT_OF_RANGE, RUN_NOT_FAILED, FORK_ENDED, FORK_DIVERGES,
 *   DESIGN_NOT_FOUND, SAGA_NOT_FOUND, DESIGN_NOT_RUNNABLE, NODE_NOT_FOUND, ACTION_REFUSED
 */
export async function forkRun(
  wb: Workbench,
  runId: string,
  request: ForkRun,
): Promise<{ readonly id: string; readonly seq: number }> {
  const designId = await designOfRun(wb, runId)
  const { loaded: pinned, events: recorded, plan: own } = await wb.engine.read(designId, runId)
  const events = recorded.map((event) => decidedEvent(event, runId))
  const seq = forkPoint(events, wantedSeq(runId, own, events, request.seq))
  const loaded =
    request.design === undefined
      ? pinned
      : await wb.catalogue.load(designId, request.design === 'newest' ? undefined : request.design)
  const plan = loaded.version === pinned.version ? own : loaded.plan(own.saga.id)
  assertRunnable(loaded, plan.saga.id)
  if (request.faults) checkFaults(plan, request.faults)
  const diverging = plan === own ? null : rehearse(plan, events.slice(0, seq), true)
  if (diverging)
    throw new WorkbenchError(
      'FORK_DIVERGES',
      `Under version ${loaded.version} this run would have gone another way at its event ${diverging.seq}: ${diverging.why}. Fork before that event.`,
      { divergence: shownDivergence(diverging) },
    )
  const id = newRunId()
  const begun = forkEvents(plan, events, {
    from: runId,
    seq,
    runId: id,
    designVersion: loaded.version,
    changes: changesOf(request, replay(own, events.slice(0, seq)), events[seq - 1]),
  })
  if (!begun.ok) {
    if (begun.error.code === 'RUN_ENDED')
      throw new WorkbenchError(
        'FORK_ENDED',
        `At event ${seq} run "${runId}" had ended: nothing follows. Fork from an earlier event.`,
      )
    const why = 'message' in begun.error ? begun.error.message : begun.error.code
    throw new WorkbenchError('ACTION_REFUSED', `This fork cannot be made: ${why}.`)
  }
  const copies = await ownStreams(wb, designId, runId, id, events.slice(0, seq))
  // What it goes on from led to it.
  await wb.engine.fork(loaded, plan, id, begun.value, runMessageId(runId, seq), copies)
  return { id, seq }
}

function wantedSeq(
  runId: string,
  plan: SagaPlan,
  events: readonly DecidedEvent[],
  seq: number | undefined,
): number {
  const wanted = seq ?? beforeFailure(plan, events)
  if (wanted === null)
    throw new WorkbenchError(
      'RUN_NOT_FAILED',
      `Run "${runId}" has not failed: name the event to fork it at in "seq".`,
    )
  if (wanted > events.length)
    throw new WorkbenchError(
      'SEQ_OUT_OF_RANGE',
      `Run "${runId}" has ${events.length} events; there is no event ${wanted}.`,
    )
  return wanted
}

/** What is other in the fork, and when it begins on its own clock: never before what it takes over. */
function changesOf(
  { data, scopes, faults, mode, seed, by = 'someone', reason }: ForkRun,
  state: { readonly mode: 'live' | 'virtual' | 'manual'; readonly speed?: number },
  last: DecidedEvent | undefined,
): SagaEventData['SagaForked'] {
  return {
    by,
    ...(reason === undefined ? {} : { reason }),
    ...(mode === undefined ? {} : { mode }),
    ...(seed === undefined ? {} : { seed }),
    ...(faults === undefined ? {} : { faults }),
    ...(data === undefined ? {} : { data }),
    ...(scopes === undefined ? {} : { scopes }),
    at: runClock(mode ?? state.mode, state.speed ?? 1, last?.data.at ?? 0).now(),
  }
}
