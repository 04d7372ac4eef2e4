import { randomUUID } from 'node:crypto'
import { aggregateStream } from '@/core/aggregate/stream'
import { blockingProblems } from '@/core/design/lint'
import { WorkbenchError } from '@/core/errors'
import { isJsonObject } from '@/core/json'
import type { RecordedEvent, StreamAppend } from '@/core/log/event'
import type { ForkRun } from '@/core/protocol'
import { forkEvents, forkPoint, isTerminal, rehearse, renamed, replay, type SagaEvent } from '@/core/saga'
import { newRunId } from '../engine/engine'
import { readStream } from '../engine/read-stream'
import { sagaEvent } from '../engine/run-messages'
import { designOfRun } from '../queries/runs'
import type { Workbench } from '../workbench'

/**
 * Starts a run that has another's history up to an event and goes on from there. The other stays as it is. What it owns
 * (aggregates whose key is the run's id) is copied for the new run as it stood then; what it shares stays shared.
 * @throws {WorkbenchError} RUN_NOT_FOUND, SEQ_OUT_OF_RANGE, FORK_ENDED, FORK_DIVERGES, DESIGN_NOT_RUNNABLE
 */
export async function forkRun(
  wb: Workbench,
  runId: string,
  request: ForkRun,
): Promise<{ readonly id: string; readonly seq: number }> {
  const designId = await designOfRun(wb, runId)
  const { loaded: pinned, events: recorded, plan: own } = await wb.engine.read(designId, runId)
  const events = recorded.map(sagaEvent)
  const wanted = request.seq ?? beforeFailure(events)
  if (wanted > events.length)
    throw new WorkbenchError(
      'SEQ_OUT_OF_RANGE',
      `Run "${runId}" has ${events.length} events; there is no event ${wanted}.`,
    )
  const seq = forkPoint(events, wanted)
  const loaded =
    request.design === undefined
      ? pinned
      : await wb.catalogue.load(designId, request.design === 'newest' ? undefined : request.design)
  const plan = loaded === pinned ? own : loaded.plan(own.saga.id)
  const blocking = blockingProblems(loaded.design, loaded.problems(), plan.saga.id)
  if (blocking.length > 0)
    throw new WorkbenchError(
      'DESIGN_NOT_RUNNABLE',
      `Version ${loaded.version} cannot run: ${blocking[0]?.message ?? ''}`,
    )
  const diverging = loaded === pinned ? null : rehearse(plan, events.slice(0, seq))
  if (diverging)
    throw new WorkbenchError(
      'FORK_DIVERGES',
      `Under version ${loaded.version} this run would have gone another way at its event ${diverging.seq}: ${diverging.why}. Fork before that event.`,
      { seq: diverging.seq },
    )
  const id = newRunId()
  const { data, faults, mode, seed, by = 'someone', reason } = request
  const taken = forkEvents(events, runId, seq, {
    runId: id,
    designVersion: loaded.version,
    by,
    ...(data === undefined ? {} : { data }),
    ...(faults === undefined ? {} : { faults }),
    ...(mode === undefined ? {} : { mode }),
    ...(seed === undefined ? {} : { seed }),
    ...(reason === undefined ? {} : { reason }),
  })
  if (isTerminal(replay(plan, taken).status))
    throw new WorkbenchError(
      'FORK_ENDED',
      `At event ${seq} run "${runId}" had ended: nothing follows. Fork from an earlier event.`,
    )
  await wb.engine.fork(
    loaded,
    plan,
    id,
    taken,
    randomUUID(),
    await ownStreams(wb, designId, runId, id, events, seq),
  )
  return { id, seq }
}

/** The event before the first that failed for good: there the fixed design has its chance. */
function beforeFailure(events: readonly SagaEvent[]): number {
  const failed = events.findIndex(
    ({ type, data }) => type === 'StepFailed' || (type === 'StepTimedOut' && data.retryAt === null),
  )
  return Math.max(1, failed < 0 ? events.length - 1 : failed)
}

/** Copies of the aggregates whose key is the run's id, as far as the run had brought them at `seq`. */
async function ownStreams(
  wb: Workbench,
  designId: string,
  runId: string,
  newId: string,
  events: readonly SagaEvent[],
  seq: number,
): Promise<readonly StreamAppend[]> {
  const versions = new Map<string, number>()
  for (const { type, data } of events.slice(0, seq)) {
    if (type !== 'StepCompleted' && type !== 'CompensationCompleted') continue
    const { output } = data
    if (!isJsonObject(output) || output.key !== runId || typeof output.version !== 'number') continue
    const aggregate = String(output.aggregate)
    versions.set(aggregate, Math.max(versions.get(aggregate) ?? 0, output.version))
  }
  return Promise.all(
    [...versions]
      .filter(([, version]) => version > 0)
      .map(async ([aggregate, version]) => {
        const copied = await readStream(
          wb.store.events,
          designId,
          aggregateStream(aggregate, runId),
          1,
          version,
        )
        return {
          designId,
          streamId: aggregateStream(aggregate, newId),
          expectedVersion: 'no-stream' as const,
          events: copied.map((event) => copyOf(event, runId, newId)),
        }
      }),
  )
}

const copyOf = ({ type, data, metadata, ...event }: RecordedEvent, runId: string, newId: string) => ({
  type,
  data: renamed(data, runId, newId),
  metadata: {
    ...metadata,
    messageId: `${newId}:copy:${event.streamId}:${event.version}`,
    correlationId: newId,
    causationId: metadata.messageId,
  },
})
