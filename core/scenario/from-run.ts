import type { CodeRunner } from '../code/contract'
import type { Design } from '../design/document'
import { DESIGN_LIMITS } from '../design/limits'
import type { GivenEvent, SagaScenario } from '../design/scenario'
import type { JsonObject } from '../json'
import type { EventMetadata, RecordedEvent } from '../log/event'
import { err, ok, type Result } from '../result'
import type { SagaEvent } from '../saga/events'
import type { SagaStatus } from '../saga/state'
import { whatHappens } from './happen'
import { happened, type ScenarioProblem, type ScenarioResult } from './result'
import { runScenario } from './run'

/** Of an event of the log, what a scenario needs. */
export interface LoggedEvent
  extends Pick<RecordedEvent, 'streamId' | 'type' | 'data' | 'position' | 'recordedAt'> {
  readonly metadata: Pick<EventMetadata, 'correlationId' | 'schemaVersion'>
}

type RunEvent = SagaEvent & { readonly position: number }

/** A run as the log has it. */
export interface RecordedRun {
  readonly id: string
  /** Its own stream, from the first event. */
  readonly events: readonly RunEvent[]
  readonly status: SagaStatus
  readonly error: { readonly code: string } | null
  readonly data: JsonObject
}

export interface ScenarioOfRun {
  readonly scenario: SagaScenario
  /** What it comes to in memory: passed, when nothing but the run itself had a hand in it. */
  readonly result: ScenarioResult
}

/** How often the streams that a run touches are looked for: what is given may lead it on to others. */
const LOOKS = 10

/**
 * A run as a scenario: its input, seed, faults and what it was told, given what stood in the streams it touched before
 * it began, and expecting how it ended. It is tried at once, in memory.
 * @param read a stream of the design as it is now, whole, ascending
 * @returns what is wrong when the run cannot be a scenario of this design
 */
export async function scenarioFromRun(
  design: Design,
  run: RecordedRun,
  about: { readonly id: string; readonly name: string },
  read: (streamId: string) => Promise<readonly LoggedEvent[]>,
  code: CodeRunner,
): Promise<Result<ScenarioOfRun, ScenarioProblem>> {
  const base = scenarioOf(run, about)
  if (!base.ok) return base
  const { from } = base.value
  const streams = new Map<string, readonly LoggedEvent[]>()
  let scenario = base.value.scenario
  for (let look = 0; look < LOOKS; look++) {
    const came = await whatHappens(design, scenario, code)
    if (!came.ok) return came
    const asked = came.value.type === 'saga' ? came.value.streams : []
    const unknown = asked.filter((streamId) => !streams.has(streamId))
    if (unknown.length === 0) break
    for (const streamId of unknown) streams.set(streamId, await read(streamId))
    const given = inOrder(streams).filter(({ position }) => position < from)
    if (given.length > DESIGN_LIMITS.scenarioEvents)
      return err({
        code: 'DESIGN_INVALID',
        message: `The streams it touched held ${given.length} events before it began; a scenario takes ${DESIGN_LIMITS.scenarioEvents}.`,
      })
    scenario = { ...scenario, given: given.map(givenOf) }
  }
  const events = inOrder(streams).filter(({ metadata }) => metadata.correlationId === run.id)
  scenario = { ...scenario, expect: { ...scenario.expect, events: events.map(happened) } }
  return ok({ scenario, result: await runScenario(design, scenario, code) })
}

const inOrder = (streams: ReadonlyMap<string, readonly LoggedEvent[]>): readonly LoggedEvent[] =>
  [...streams.values()].flat().toSorted((a, b) => a.position - b.position)

const givenOf = ({ streamId, type, data, metadata, recordedAt }: LoggedEvent): GivenEvent => ({
  stream: streamId,
  type,
  data,
  version: metadata.schemaVersion,
  at: recordedAt,
})

function scenarioOf(
  { id, events, status, error, data }: RecordedRun,
  about: { readonly id: string; readonly name: string },
): Result<{ readonly scenario: SagaScenario; readonly from: number }, ScenarioProblem> {
  const [first] = events
  if (first?.type !== 'SagaStarted')
    return err({ code: 'RUN_NOT_FOUND', message: 'The events of the run are not there yet.' })
  if (status === 'compensating')
    return err({
      code: 'ACTION_REFUSED',
      message: 'The run is being undone: wait until it has come to rest.',
    })
  const { saga, input, seed, faults, at } = first.data
  const scenario: SagaScenario = {
    ...about,
    type: 'saga',
    saga,
    given: [],
    when: { input, seed, runId: id, at, faults: [...faults], told: events.flatMap(wordsIn) },
    expect: {
      status,
      ...(error ? { error: error.code } : {}),
      compensations: events.flatMap((event) =>
        event.type === 'CompensationCompleted' ? [event.data.nodeId] : [],
      ),
      data,
    },
  }
  return ok({ scenario, from: first.position })
}

function wordsIn(event: SagaEvent): SagaScenario['when']['told'] {
  if (event.type === 'SignalReceived')
    return [{ type: 'signal', signal: event.data.signal, data: event.data.data }]
  if (event.type !== 'ApprovalDecided') return []
  const { nodeId: node, approved, by, comment } = event.data
  const said = comment === undefined ? {} : { comment }
  return [{ type: 'decision', node, decision: approved ? 'approved' : 'rejected', by, ...said }]
}
