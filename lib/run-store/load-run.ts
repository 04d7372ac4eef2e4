import type { EventAnswer } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'
import { ApiError } from '@/lib/api/request'
import { runsApi } from '@/lib/api/runs'
import type { RunSeed } from './run-store'

/** Events of a run behind `after`, page by page. */
export async function eventsAfter(runId: string, after: number): Promise<readonly EventAnswer[]> {
  const all: EventAnswer[] = []
  for (let from = after; ; ) {
    const { items, next } = await runsApi.events(runId, from)
    all.push(...items)
    const last = items.at(-1)
    if (next === null || last === undefined) return all
    from = last.version
  }
}

/**
 * Everything a run's page starts from.
 * @throws {ApiError} `RUN_NOT_FOUND`; `SAGA_NOT_FOUND` when the pinned design has no such saga
 */
export async function loadRun(runId: string): Promise<RunSeed> {
  const run = await runsApi.get(runId)
  const [pinned, events] = await Promise.all([
    designsApi.get(run.designId, run.designVersion),
    eventsAfter(runId, 0),
  ])
  const saga = pinned.document.sagas.find(({ id }) => id === run.saga)
  if (!saga)
    throw new ApiError(
      'SAGA_NOT_FOUND',
      404,
      `Version ${run.designVersion} of the design has no saga ${run.saga}.`,
    )
  return { run, design: pinned.document, saga, events }
}
