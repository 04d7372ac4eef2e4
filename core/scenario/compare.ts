import type { AggregateScenario, ProjectionScenario, SagaScenario, Scenario } from '../design/scenario'
import { asJson, isJsonObject, type Json } from '../json'
import { differencesBetween } from '../json-differences'
import { assertNever } from '../result'
import type { HappenedEvent, PartResult, ScenarioOutcome, ScenarioPart } from './result'

type Outcome<T extends ScenarioOutcome['type']> = Extract<ScenarioOutcome, { type: T }>

/** Each part that a scenario expects, beside what happened. What it says nothing about is not compared. */
export function compare(scenario: Scenario, outcome: ScenarioOutcome): readonly PartResult[] {
  if (scenario.type === 'aggregate' && outcome.type === 'aggregate') return ofAggregate(scenario, outcome)
  if (scenario.type === 'projection' && outcome.type === 'projection') return ofProjection(scenario, outcome)
  if (scenario.type === 'saga' && outcome.type === 'saga') return ofSaga(scenario, outcome)
  throw new Error(`a scenario of a ${scenario.type} came to what a ${outcome.type} does`)
}

/** A command is accepted unless it is said to be refused; one that is refused records nothing. */
function ofAggregate({ expect }: AggregateScenario, outcome: Outcome<'aggregate'>): readonly PartResult[] {
  const { rejection, events, state } = outcome
  return [
    ...(expect.rejection !== undefined || rejection !== null
      ? [part('rejection', expect.rejection ?? null, rejection?.code ?? null, rejection?.message)]
      : []),
    ...(expect.events ? [eventsPart(expect.events, events)] : []),
    ...(expect.state === undefined ? [] : [part('state', expect.state, state)]),
  ]
}

function ofProjection(
  { expect }: ProjectionScenario,
  { rows }: Outcome<'projection'>,
): readonly PartResult[] {
  return [part('rows', expect.rows, rows)]
}

function ofSaga({ expect, when }: SagaScenario, outcome: Outcome<'saga'>): readonly PartResult[] {
  const { status, error, compensations, events, data, told, waitsFor } = outcome
  const waits = waitsFor.length > 0 ? `It waits for word at ${waitsFor.join(', ')}.` : undefined
  return [
    part('status', expect.status, status, waits ?? error?.message),
    ...(expect.error === undefined ? [] : [part('error', expect.error, error?.code ?? null, error?.message)]),
    ...(expect.compensations ? [part('compensations', expect.compensations, compensations)] : []),
    ...(expect.events ? [eventsPart(expect.events, events)] : []),
    ...(expect.data ? [part('data', expect.data, membersOf(data, Object.keys(expect.data)))] : []),
    ...(told < when.told.length
      ? [
          part(
            'told',
            when.told.map(wordOf),
            when.told.slice(0, told).map(wordOf),
            'The run never waited for the rest.',
          ),
        ]
      : []),
  ]
}

function part(name: ScenarioPart, expected: Json, actual: Json, note?: string): PartResult {
  const differences = differencesBetween(expected, actual)
  const passed = differences.length === 0
  return {
    part: name,
    passed,
    expected,
    actual,
    differences,
    ...(passed || note === undefined ? {} : { note }),
  }
}

interface ExpectedEvent {
  readonly type: string
  readonly data?: Json
  readonly stream?: string
}

/** Events are compared one by one, each by what is said of it; one that nobody expected is shown as it is. */
function eventsPart(expected: readonly ExpectedEvent[], actual: readonly HappenedEvent[]): PartResult {
  const says = expected.some(({ stream }) => stream !== undefined)
  const seen = actual.map(({ stream, type, data }, at) => {
    const wanted = expected[at]
    return {
      ...((wanted ? wanted.stream !== undefined : says) ? { stream } : {}),
      type,
      ...(wanted && wanted.data === undefined && wanted.type === type ? {} : { data }),
    }
  })
  return part('events', expected.map(asJson), seen)
}

const membersOf = (data: Json, names: readonly string[]): Json =>
  isJsonObject(data)
    ? Object.fromEntries(Object.entries(data).filter(([name]) => names.includes(name)))
    : data

function wordOf(word: SagaScenario['when']['told'][number]): string {
  switch (word.type) {
    case 'signal':
      return `signal ${word.signal}`
    case 'decision':
      return `${word.decision} at ${word.node}`
    default:
      return assertNever(word)
  }
}
