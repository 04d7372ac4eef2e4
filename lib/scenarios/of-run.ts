import type { CodeRunner } from '@/core/code/contract'
import type { Design } from '@/core/design/document'
import type { Result } from '@/core/result'
import type { SagaEvent } from '@/core/saga'
import { type ScenarioOfRun, type ScenarioProblem, scenarioFromRun } from '@/core/scenario'
import { runsApi } from '@/lib/api/runs'
import { eventsAfter } from '@/lib/run-store/load-run'
import { scenarioId } from './free-id'
import { readStream } from './read-stream'

/** Reads a run and what its streams held before it, and makes a scenario of it that is tried at once. */
export async function scenarioOfRun(
  design: Design,
  runId: string,
  name: string,
  code: CodeRunner,
): Promise<Result<ScenarioOfRun, ScenarioProblem>> {
  const [run, answers] = await Promise.all([runsApi.get(runId), eventsAfter(runId, 0)])
  // The server wrote them with the same core that reads them here.
  const events = answers.map(
    ({ type, data, position }) =>
      ({ type, data, position }) as unknown as SagaEvent & { readonly position: number },
  )
  const { status, error, data, designId } = run
  return scenarioFromRun(
    design,
    { id: runId, events, status, error, data },
    { id: scenarioId(design, name), name },
    (streamId) => readStream(designId, streamId),
    code,
  )
}
