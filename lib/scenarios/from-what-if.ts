import type { Design } from '@/core/design/document'
import type { AggregateScenario, GivenEvent } from '@/core/design/scenario'
import type { Json } from '@/core/json'
import { scenarioId } from './free-id'

/** An event of a stream, as the log, the sandbox or a preview has it. */
export interface PastEvent {
  readonly type: string
  readonly data: Json
  /** Version of its data; what is not said is of the version that the design has now. */
  readonly schemaVersion?: number
  readonly metadata?: { readonly schemaVersion: number }
  /** Epoch ms. */
  readonly recordedAt?: number
}

/** One command that was decided at a past state, and what it came to. */
export interface WhatIfStep {
  readonly command: {
    readonly type: string
    readonly payload: Json
    /** Epoch ms. */
    readonly at?: number
    readonly commandId?: string
  }
  readonly outcome:
    | { readonly type: 'accepted'; readonly events: readonly PastEvent[]; readonly state: Json }
    | { readonly type: 'rejected'; readonly code: string }
}

export interface WhatIf {
  readonly aggregate: string
  readonly key: string
  /** Its stream up to the past state, from the first event. */
  readonly past: readonly PastEvent[]
  /** One or more, in order, each decided on what the ones before it left. */
  readonly steps: readonly WhatIfStep[]
}

/**
 * A what-if as a scenario: given what had happened by then and what the commands before the last would have added,
 * when the last one comes, then what it came to.
 * @param name by itself made from the command and what it came to
 * @returns null when no command was decided
 */
export function scenarioFromWhatIf(design: Design, whatIf: WhatIf, name?: string): AggregateScenario | null {
  const { aggregate, key, past, steps } = whatIf
  const last = steps.at(-1)
  if (last === undefined) return null
  const before = steps
    .slice(0, -1)
    .flatMap(({ outcome }) => (outcome.type === 'accepted' ? outcome.events : []))
  const called = name ?? `${last.command.type} ${wordsOf(last.outcome)}`.slice(0, 120)
  return {
    id: scenarioId(design, called),
    name: called,
    type: 'aggregate',
    aggregate,
    key,
    given: [...past, ...before].map(givenEvent),
    when: last.command,
    expect: expectationOf(last.outcome),
  }
}

/** An event of a stream as one that is given. */
export function givenEvent({ type, data, schemaVersion, metadata, recordedAt }: PastEvent): GivenEvent {
  const version = schemaVersion ?? metadata?.schemaVersion
  return {
    type,
    data,
    ...(version === undefined ? {} : { version }),
    ...(recordedAt === undefined ? {} : { at: recordedAt }),
  }
}

function expectationOf(outcome: WhatIfStep['outcome']): AggregateScenario['expect'] {
  if (outcome.type === 'rejected') return { rejection: outcome.code }
  return { events: outcome.events.map(({ type, data }) => ({ type, data })), state: outcome.state }
}

function wordsOf(outcome: WhatIfStep['outcome']): string {
  if (outcome.type === 'rejected') return `is refused: ${outcome.code}`
  return outcome.events.length === 0
    ? 'changes nothing'
    : `leads to ${outcome.events.map(({ type }) => type).join(', ')}`
}
