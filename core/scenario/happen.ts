import { findAggregate } from '../aggregate/handle'
import { aggregateStream } from '../aggregate/stream'
import type { CodeFault, CodeRunner } from '../code/contract'
import type { Design } from '../design/document'
import type { AggregateScenario, ProjectionScenario, Scenario } from '../design/scenario'
import { foldRows } from '../projection/rows'
import { assertNever, err, ok, type Result } from '../result'
import { WorldStreams } from '../world/streams'
import { putGiven } from './given'
import { sagaHappens } from './happen-saga'
import { happened, type ScenarioOptions, type ScenarioOutcome, type ScenarioProblem } from './result'

type Happened = Promise<Result<ScenarioOutcome, ScenarioProblem>>

/** What happens in a scenario, whatever it expects; or why it cannot be run as it is written. */
export function whatHappens(
  design: Design,
  scenario: Scenario,
  code: CodeRunner,
  options: ScenarioOptions = {},
): Happened {
  switch (scenario.type) {
    case 'aggregate':
      return aggregateHappens(new WorldStreams(design, code), scenario)
    case 'projection':
      return projectionHappens(new WorldStreams(design, code), scenario)
    case 'saga':
      return sagaHappens(design, scenario, code, options)
    default:
      return assertNever(scenario)
  }
}

async function aggregateHappens(streams: WorldStreams, scenario: AggregateScenario): Happened {
  const { aggregate: id, key, given, when } = scenario
  const { design } = streams
  if (!findAggregate(design, id))
    return err({
      code: 'AGGREGATE_NOT_FOUND',
      message: `This design has no aggregate "${id}". It has: ${design.aggregates.map((one) => one.id).join(', ') || 'none'}.`,
    })
  const streamId = aggregateStream(id, key)
  const elsewhere = given.find(({ stream }) => stream !== undefined && stream !== streamId)
  if (elsewhere)
    return err({
      code: 'GIVEN_EVENT_ELSEWHERE',
      message: `An aggregate sees only its own stream, ${streamId}: ${elsewhere.type} is given in ${elsewhere.stream}.`,
    })
  const put = putGiven(streams, given, streamId)
  if (!put.ok) return put
  const { type, payload, at = put.value, commandId = 'scenario' } = when
  const answer = await streams.handle({ aggregate: id, key, type, payload, at, commandId })
  if (answer.ok) {
    const { events, state } = answer.value
    return ok({ type: 'aggregate', events: events.map(happened), rejection: null, state })
  }
  const refusal = answer.error
  switch (refusal.kind) {
    case 'rejected': {
      const { code, message, state, rule } = refusal
      const by = rule === undefined ? {} : { rule }
      return ok({ type: 'aggregate', events: [], rejection: { code, message, ...by }, state })
    }
    case 'refused':
      return err(refusalProblem(refusal.code, refusal))
    case 'code':
      return err(faultProblem(refusal.fault))
    default:
      return assertNever(refusal)
  }
}

const refusalProblem = (
  code: string,
  { message, issues }: Pick<ScenarioProblem, 'message' | 'issues'>,
): ScenarioProblem => ({
  code: code === 'COMMAND_NOT_FOUND' ? 'COMMAND_NOT_FOUND' : 'COMMAND_PAYLOAD_INVALID',
  message,
  ...(issues && issues.length > 0 ? { issues } : {}),
})

async function projectionHappens(streams: WorldStreams, scenario: ProjectionScenario): Happened {
  const { design, code, program } = streams
  const projection = design.projections.find(({ id }) => id === scenario.projection)
  if (!projection)
    return err({
      code: 'PROJECTION_NOT_FOUND',
      message: `This design has no read model "${scenario.projection}". It has: ${design.projections.map(({ id }) => id).join(', ') || 'none'}.`,
    })
  const put = putGiven(streams, scenario.given, null, projection.from)
  if (!put.ok) return put
  const folded = await foldRows(code, program, design, projection, streams.codeEvents)
  if (folded.fault) return err(faultProblem(folded.fault))
  return ok({ type: 'projection', rows: folded.rows })
}

function faultProblem({ code, message, fn, line }: CodeFault): ScenarioProblem {
  return { code, message, ...(fn === undefined ? {} : { fn }), ...(line === undefined ? {} : { line }) }
}
