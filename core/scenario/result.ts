import type { Scenario } from '../design/scenario'
import type { ErrorCode, Issue } from '../errors'
import type { Json, JsonObject } from '../json'
import type { JsonDifference } from '../json-differences'
import type { RecordedEvent } from '../log/event'
import type { SagaStatus } from '../saga/state'

/** What a scenario comes to that cannot be run as it is written, beside the faults that the workbench names anyway. */
export const SCENARIO_PROBLEMS = {
  GIVEN_EVENT_UNKNOWN: 'a given event that no aggregate has, in no stream of its own',
  GIVEN_EVENT_ELSEWHERE: 'an event given to an aggregate in the stream of another',
  SCENARIO_REAL_CALL:
    'a saga that comes to a call which really goes out, with no simulated response beside it',
  SCENARIO_ENDLESS: 'a saga that goes on and on in virtual time',
  SCENARIO_TIMEOUT: 'scenarios that take longer than they may',
} as const

export interface ScenarioOptions {
  /** Asked again and again: whether the caller has waited long enough. */
  readonly isEnough?: () => boolean
  /** Awaited now and then, so that whoever shares the thread has a turn too. */
  readonly breathe?: () => Promise<void>
}

export interface ScenarioProblem {
  readonly code: ErrorCode | keyof typeof SCENARIO_PROBLEMS
  readonly message: string
  readonly issues?: readonly Issue[]
  /** Of a fault in user code: which function, and the line in it (1-based). */
  readonly fn?: string
  readonly line?: number
}

/** An event that an aggregate recorded in a scenario. */
export interface HappenedEvent {
  readonly stream: string
  readonly type: string
  readonly data: Json
}

/** An event as a scenario shows it. */
export const happened = ({
  streamId,
  type,
  data,
}: Pick<RecordedEvent, 'streamId' | 'type' | 'data'>): HappenedEvent => ({
  stream: streamId,
  type,
  data,
})

export interface Refusal {
  readonly code: string
  readonly message: string
  /** The named rule of the aggregate that refused. */
  readonly rule?: string
}

/** What happened, whatever was expected. */
export type ScenarioOutcome =
  | {
      readonly type: 'aggregate'
      readonly events: readonly HappenedEvent[]
      readonly rejection: Refusal | null
      readonly state: Json
    }
  | { readonly type: 'projection'; readonly rows: JsonObject }
  | {
      readonly type: 'saga'
      readonly status: SagaStatus
      readonly error: (Refusal & { readonly nodeId: string | null }) | null
      /** Nodes compensated, in the order in which that ended. */
      readonly compensations: readonly string[]
      readonly events: readonly HappenedEvent[]
      readonly data: JsonObject
      /** Streams that its commands went to, whatever came of them. */
      readonly streams: readonly string[]
      /** Of what it was to be told, how much it was. */
      readonly told: number
      /** Nodes that wait for word when it rests. */
      readonly waitsFor: readonly string[]
      /** How long it took in virtual time. */
      readonly tookMs: number
    }

export type ScenarioPart =
  | 'events'
  | 'rejection'
  | 'state'
  | 'rows'
  | 'status'
  | 'error'
  | 'compensations'
  | 'data'
  | 'told'

/** One part of what was expected beside what happened. */
export interface PartResult {
  readonly part: ScenarioPart
  readonly passed: boolean
  readonly expected: Json
  /** Of what happened, the part that is compared. */
  readonly actual: Json
  readonly differences: readonly JsonDifference[]
  /** What a person should know beside it: why a command was refused, say. */
  readonly note?: string
}

export interface ScenarioResult {
  readonly scenario: string
  readonly name: string
  readonly type: Scenario['type']
  /** `broken`: it could not be run as it is written, so nothing is said about what it expects. */
  readonly status: 'passed' | 'failed' | 'broken'
  readonly parts: readonly PartResult[]
  readonly problem: ScenarioProblem | null
  readonly outcome: ScenarioOutcome | null
}
