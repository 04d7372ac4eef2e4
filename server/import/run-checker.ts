import { runOfStream } from '@/core/aggregate/stream'
import { isWorkbenchError, WorkbenchError } from '@/core/errors'
import type { EventLine } from '@/core/log/file'
import { evolve, INITIAL_STATE, isTerminal, type SagaPlan, type SagaState } from '@/core/saga'
import { readSagaEvent } from '@/core/saga/event-schema'
import { refusal } from './refusal'

const RUN_ID = /^[A-Za-z0-9_-]{1,64}$/

/** Finds the plan that a run was started with; what it throws is why there is none. */
export type PlanOf = (designVersion: number, saga: string, line: number) => Promise<SagaPlan>

interface OpenRun {
  readonly plan: SagaPlan
  readonly state: SagaState
}

/** Folds the runs of a file as it is read: a history that the interpreter cannot follow is none. */
export interface RunChecker {
  /** Ids of the runs so far. */
  readonly runs: ReadonlySet<string>
  /** @throws {WorkbenchError} IMPORT_RUN_INVALID, IMPORT_TOO_LARGE, IMPORT_DESIGN_MISMATCH */
  check(event: EventLine, line: number): Promise<void>
}

/** @param openMost runs that have not ended, all held at once */
export function createRunChecker(openMost: number, planOf: PlanOf): RunChecker {
  const runs = new Set<string>()
  /** Those that have not ended; what may follow an end changes no more than one run's page. */
  const open = new Map<string, OpenRun>()

  async function begin(runId: string, event: EventLine, line: number): Promise<OpenRun> {
    if (!RUN_ID.test(runId)) throw refusal('IMPORT_RUN_INVALID', line, `"${runId}" is no id of a run`)
    const started = readSagaEvent(event.type, event.data)
    if (typeof started === 'string') throw refusal('IMPORT_RUN_INVALID', line, started)
    if (started.type !== 'SagaStarted')
      throw refusal('IMPORT_RUN_INVALID', line, `a run begins with SagaStarted, not with ${event.type}`)
    if (open.size >= openMost)
      throw new WorkbenchError(
        'IMPORT_TOO_LARGE',
        `Line ${line}: more than ${openMost} runs of this log have not ended.`,
        { line },
      )
    const plan = await planOf(started.data.designVersion, started.data.saga, line)
    runs.add(runId)
    return { plan, state: INITIAL_STATE }
  }

  return {
    runs,
    async check(event, line) {
      const runId = runOfStream(event.streamId)
      if (runId === null) return
      const first = event.version === 1
      const run = first ? await begin(runId, event, line) : open.get(runId)
      const read = readSagaEvent(event.type, event.data)
      if (typeof read === 'string') throw refusal('IMPORT_RUN_INVALID', line, read)
      if (!run) return
      const state = fold(run, read, line)
      if (isTerminal(state.status)) open.delete(runId)
      else open.set(runId, { plan: run.plan, state })
    },
  }
}

function fold({ plan, state }: OpenRun, event: Parameters<typeof evolve>[2], line: number): SagaState {
  try {
    return evolve(plan, state, event)
  } catch (error) {
    if (isWorkbenchError(error)) throw error
    throw refusal('IMPORT_RUN_INVALID', line, `${event.type} does not follow from what came before it`)
  }
}
