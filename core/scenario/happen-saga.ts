import type { CodeRunner } from '../code/contract'
import type { Design } from '../design/document'
import { blockingProblems, lintDesign } from '../design/lint'
import type { SagaScenario } from '../design/scenario'
import { checkAgainstSchema } from '../json-schema'
import { err, ok, type Result } from '../result'
import { type NodePath, placeInDesign, planOf, type SagaPlan } from '../saga'
import { nodeState, type SagaState } from '../saga/state'
import { nodesOf } from '../saga/unfold'
import { runInWorld, type Word, type WorldRun } from '../world/run'
import { WorldStreams } from '../world/streams'
import { putGiven } from './given'
import { happened, type ScenarioOptions, type ScenarioOutcome, type ScenarioProblem } from './result'
import { simulated } from './simulated'

/** Turns of a run at most: evaluations, attempts and their ends. An unlimited retry takes three an attempt. */
const BOUND = 10_000
/** What user code is told the run's id is, when the scenario does not say. */
export const SCENARIO_RUN = 'scenario'

/** Who says what is told, when the scenario does not say. */
const SOMEONE = 'someone'

/** A whole run in memory and in virtual time. Nothing goes out: a real call is simulated, or the scenario is broken. */
export async function sagaHappens(
  original: Design,
  scenario: SagaScenario,
  code: CodeRunner,
  { isEnough, breathe }: ScenarioOptions,
): Promise<Result<ScenarioOutcome, ScenarioProblem>> {
  const design = simulated(original)
  const ready = planFor(design, scenario)
  if (!ready.ok) return ready
  const plan = ready.value
  const streams = new WorldStreams(design, code)
  const put = putGiven(streams, scenario.given, null)
  if (!put.ok) return put
  const before = streams.events.length
  const { input, seed, faults, told, runId = SCENARIO_RUN, at = put.value } = scenario.when
  const run = await runInWorld(streams, plan, {
    runId,
    seed,
    input,
    faults,
    at,
    told: told.map((word) => (state: SagaState) => wordOf(plan, state, word)),
    bound: BOUND,
    ...(isEnough ? { isEnough } : {}),
    ...(breathe ? { breathe } : {}),
  })
  const broken = problemOf(run)
  if (broken) return err(broken)
  const { status, error, data, startedAt, endedAt } = run.state
  return ok({
    type: 'saga',
    status,
    error: error && { code: error.code, message: error.message, nodeId: error.nodeId },
    compensations: run.events.flatMap((event) =>
      event.type === 'CompensationCompleted' ? [event.data.nodeId] : [],
    ),
    events: streams.events.slice(before).map(happened),
    data,
    streams: streams.askedStreams,
    told: run.told,
    waitsFor: status === 'running' || status === 'suspended' ? waiting(plan, run.state) : [],
    tookMs: (endedAt ?? run.events.at(-1)?.data.at ?? at) - (startedAt ?? at),
  })
}

/** The saga's plan, when it may begin: the same is asked of a run on the server. */
function planFor(design: Design, { saga, when }: SagaScenario): Result<SagaPlan, ScenarioProblem> {
  if (!design.sagas.some(({ id }) => id === saga))
    return err({
      code: 'SAGA_NOT_FOUND',
      message: `This design has no saga "${saga}". It has: ${design.sagas.map(({ id }) => id).join(', ') || 'none'}.`,
    })
  const [blocking] = blockingProblems(design, lintDesign(design), saga)
  if (blocking)
    return err({ code: 'DESIGN_NOT_RUNNABLE', message: `Saga "${saga}" cannot run yet: ${blocking.message}` })
  const plan = planOf(design, saga)
  const start = plan?.node(plan.startId)
  if (!plan || start?.type !== 'start')
    return err({ code: 'DESIGN_NOT_RUNNABLE', message: `Saga "${saga}" has no start node.` })
  const checked = checkAgainstSchema(start.inputSchema, when.input)
  if (!checked.ok)
    return err({
      code: 'RUN_INPUT_INVALID',
      message: `The input does not fit the schema of saga "${saga}".`,
      issues: checked.error,
    })
  for (const { node } of when.faults)
    if (placeInDesign(plan, node)?.node.type !== 'step')
      return err({
        code: 'NODE_NOT_FOUND',
        message: `A fault is at "${node}", and saga "${saga}" has no such step.`,
      })
  for (const word of when.told) {
    const known =
      word.type === 'signal'
        ? plan.signals.some(({ signal }) => signal === word.signal)
        : placeInDesign(plan, word.node)?.node.type === 'approval'
    if (!known)
      return err({
        code: 'NODE_NOT_FOUND',
        message:
          word.type === 'signal'
            ? `Nothing in saga "${saga}" waits for a signal "${word.signal}".`
            : `A decision is told at "${word.node}", and saga "${saga}" asks nobody there.`,
      })
  }
  return ok(plan)
}

type Told = SagaScenario['when']['told'][number]

/** What is told becomes an act once its node waits for it, and not before. */
function wordOf(plan: SagaPlan, state: SagaState, told: Told): Word | null {
  const waits = waiting(plan, state)
  if (told.type === 'decision') {
    const { node: nodeId, decision, by = SOMEONE, comment } = told
    if (!waits.includes(nodeId)) return null
    const said = comment === undefined ? {} : { comment }
    return { act: { action: 'decide', nodeId, approved: decision === 'approved', ...said }, by }
  }
  const nodeId = waits.find((path) => {
    const node = plan.node(path)
    return node?.type === 'signal' && node.signal === told.signal
  })
  if (nodeId === undefined) return null
  return { act: { action: 'signal', signal: told.signal, data: told.data, nodeId }, by: SOMEONE }
}

/** Nodes that wait for a person or for a signal. */
function waiting(plan: SagaPlan, state: SagaState): readonly NodePath[] {
  return nodesOf(plan, state).filter((path) => {
    const type = plan.node(path)?.type
    return (type === 'approval' || type === 'signal') && nodeState(state, path).status === 'waiting'
  })
}

function problemOf({ end, events }: WorldRun): ScenarioProblem | null {
  switch (end.type) {
    case 'rest':
      return null
    case 'real-call':
      return {
        code: 'SCENARIO_REAL_CALL',
        message: `"${end.nodeId}" really calls a service, which no scenario does. Give its operation a simulated response, or put a fault there.`,
      }
    case 'bound':
      return {
        code: 'SCENARIO_ENDLESS',
        message: `The saga went on for ${BOUND} turns in virtual time and ${events.length} events, and did not come to rest.`,
      }
    case 'enough':
      return { code: 'SCENARIO_TIMEOUT', message: 'The scenarios took longer than they may.' }
  }
}
