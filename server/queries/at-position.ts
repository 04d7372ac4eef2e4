import { aggregateOfStream } from '@/core/aggregate/handle'
import { checkKey, runOfStream } from '@/core/aggregate/stream'
import { isWorkbenchError, WorkbenchError } from '@/core/errors'
import type { AtPosition, RunAnswer, StreamAt } from '@/core/protocol'
import { TRAVEL_LIMITS } from '@/core/travel/limits'
import type { LoadedDesign } from '../engine/loaded-design'
import { versionAt } from '../engine/version-at'
import type { Workbench } from '../workbench'
import { eventAnswer } from './events'
import { type RowsLimits, rowsAt } from './rows-at'
import { designOfRun, readRun } from './runs'

/**
 * Several aggregates, runs and read models of a design at one position of the log, each folded up to it.
 * @param query.position without it, the design's last
 * @throws {WorkbenchError} POSITION_OUT_OF_RANGE, INVALID_QUERY when more is asked for than is shown at once,
 *   AGGREGATE_NOT_FOUND, RUN_NOT_FOUND, PROJECTION_NOT_FOUND
 */
export async function atPosition(
  wb: Workbench,
  designId: string,
  query: {
    readonly position?: number | undefined
    readonly streams: readonly string[]
    readonly projections: readonly string[]
  },
  limits: RowsLimits = TRAVEL_LIMITS,
): Promise<AtPosition> {
  const loaded = await wb.catalogue.load(designId)
  const { streams, projections } = query
  atMost('streams', streams, TRAVEL_LIMITS.atStreams)
  atMost('projections', projections, TRAVEL_LIMITS.atProjections)
  const log = wb.store.events
  const [firstEvent] = await log.readAll(0, { designId, limit: 1 })
  const last = await log.eventBefore(designId, Number.MAX_SAFE_INTEGER)
  const head = last?.position ?? 0
  const position = query.position ?? head
  if (position > head)
    throw new WorkbenchError(
      'POSITION_OUT_OF_RANGE',
      `The last event of this design stands at position ${head}; there is no ${position} yet.`,
      { head },
    )
  const event = await log.eventBefore(designId, position + 1)
  const previous = event && (await log.eventBefore(designId, event.position))
  const [next] = await log.readAll(position, { designId, limit: 1 })
  return {
    position,
    first: firstEvent?.position ?? 0,
    head,
    event: event && eventAnswer(event),
    previous: previous?.position ?? null,
    next: next?.position ?? null,
    streams: await Promise.all(streams.map((streamId) => streamAt(wb, loaded, streamId, position))),
    projections: await Promise.all(projections.map((name) => rowsAt(wb, loaded, name, position, limits))),
  }
}

function atMost(what: string, names: readonly string[], most: number): void {
  if (names.length > most)
    throw new WorkbenchError(
      'INVALID_QUERY',
      `At most ${most} ${what} are shown at once, not ${names.length}.`,
    )
}

async function streamAt(
  wb: Workbench,
  loaded: LoadedDesign,
  streamId: string,
  position: number,
): Promise<StreamAt> {
  const runId = runOfStream(streamId)
  const owner = runId === null ? aggregateOfStream(loaded.design, streamId) : undefined
  if (runId !== null && (await designOfRun(wb, runId)) !== loaded.id)
    throw new WorkbenchError('RUN_NOT_FOUND', `This design has no run "${runId}".`)
  if (runId === null && (!owner || !checkKey(owner.key).ok))
    throw new WorkbenchError(
      'AGGREGATE_NOT_FOUND',
      `"${streamId}" is no stream of an aggregate of this design.`,
    )
  const head = await wb.store.events.streamVersion(loaded.id, streamId)
  const version = await versionAt(wb.store.events, loaded.id, streamId, head, position)
  if (owner) return aggregateAt(wb, loaded, { ...owner, streamId, version, head })
  const run: RunAnswer | null = runId === null || version === 0 ? null : await readRun(wb, runId, version)
  return { kind: 'run', streamId, version, head, run }
}

/** One whose code breaks says so for itself: the others are shown all the same. */
async function aggregateAt(
  wb: Workbench,
  loaded: LoadedDesign,
  of: NonNullable<ReturnType<typeof aggregateOfStream>> & Pick<StreamAt, 'streamId' | 'version' | 'head'>,
): Promise<StreamAt> {
  const { aggregate, key, streamId, version, head } = of
  const about = { kind: 'aggregate', streamId, aggregate: aggregate.id, key, version, head } as const
  try {
    const { state } = await wb.aggregates.stateAt(loaded, aggregate.id, key, { version })
    return { ...about, state, problem: null }
  } catch (error) {
    if (!isWorkbenchError(error) || !error.code.startsWith('CODE_')) throw error
    return { ...about, state: null, problem: { code: error.code, message: error.message } }
  }
}
