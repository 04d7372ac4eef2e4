import { asJson, isJsonObject, type Json, type JsonObject, sameJson } from '../json'
import { decide } from './decide'
import type { DecidedEvent, SagaEvent } from './events'
import { evolve } from './evolve'
import { stimulusBehind } from './infer'
import { placeInDesign, type SagaPlan } from './plan'
import { INITIAL_STATE, type SagaState } from './state'
import type { SagaRejection } from './stimulus'

/** Where a run would have gone another way. */
export interface Divergence {
  /** Number of the first event that would not have happened as it did. */
  readonly seq: number
  /** Null when the record ends here, and more would have happened. */
  readonly recorded: SagaEvent | null
  /** What would have happened instead; null when nothing would, or it would have been refused. */
  readonly instead: SagaEvent | null
  readonly why: string
}

/**
 * Plays a recorded run against a plan, perhaps another version's: what came from outside (outcomes, what expressions
 * and guards gave, timers, people) is taken from the record, and what follows from it is decided anew. Code is not run.
 * @param events one run's, from its beginning
 * @param isCut they are the beginning of a run, and may end in the middle of a decision
 * @returns the first event that differs, or null when the run would be the same
 * @see docs/semantics.md#rehearse
 */
export function rehearse(plan: SagaPlan, events: readonly SagaEvent[], isCut = false): Divergence | null {
  let state = INITIAL_STATE
  for (let at = 0; at < events.length; ) {
    const recorded = events[at]
    if (!recorded) break
    const nothing = (why: string): Divergence => ({ seq: at + 1, recorded, instead: null, why })
    const gone = whatIsGone(plan, recorded)
    if (gone !== null) return nothing(gone)
    const stimulus = stimulusBehind(plan, state, recorded, events[at + 1])
    if (stimulus === null) return nothing(`${recorded.type} would not happen`)
    const decided = decide(plan, state, stimulus)
    if (!decided.ok) return nothing(refusal(decided.error))
    const compared = beforeCut(decided.value, events, at)
    const wrong = firstDifference(compared, events, at, isCut)
    if (wrong) return wrong
    const taken = events.slice(at, at + compared.length)
    state = taken.reduce<SagaState>((next, event) => evolve(plan, next, event), state)
    at += taken.length
  }
  return null
}

/** A fork may have cut a decision short: what the cut left out comes after the event that says so. */
function beforeCut(
  decided: readonly DecidedEvent[],
  events: readonly SagaEvent[],
  from: number,
): readonly DecidedEvent[] {
  const cut = decided.findIndex(
    ({ type }, index) => type !== 'SagaForked' && events[from + index]?.type === 'SagaForked',
  )
  return cut < 0 ? decided : decided.slice(0, cut)
}

function firstDifference(
  decided: readonly DecidedEvent[],
  events: readonly SagaEvent[],
  from: number,
  isCut: boolean,
): Divergence | null {
  for (const [index, { cause: _cause, ...event }] of decided.entries()) {
    const instead = event as SagaEvent
    const recorded = events[from + index] ?? null
    if (recorded === null && isCut) return null
    const why = recorded === null ? `${instead.type} would have followed` : difference(recorded, instead)
    if (why !== null) return { seq: from + index + 1, recorded, instead, why }
  }
  return null
}

function difference(recorded: SagaEvent, instead: SagaEvent): string | null {
  if (instead.type !== recorded.type) return `${instead.type} would happen instead of ${recorded.type}`
  const [was, would] = [membersOf(recorded), membersOf(instead)]
  const other = [...new Set([...Object.keys(was), ...Object.keys(would)])].find(
    (name) => !sameJson(was[name], would[name]),
  )
  if (other === undefined) return null
  return `in ${recorded.type}, ${other} would be ${short(would[other])} and was ${short(was[other])}`
}

function membersOf({ data }: SagaEvent): JsonObject {
  const json = asJson(data)
  return isJsonObject(json) ? json : {}
}

function short(value: Json | undefined): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

/** A node that is gone, however little the run had to do with it; and what `decide` takes on trust from a guard. */
function whatIsGone(plan: SagaPlan, { type, data }: SagaEvent): string | null {
  const nodeId = 'nodeId' in data ? (data.nodeId ?? null) : null
  if (nodeId === null) return null
  const node = plan.node(nodeId) ?? placeInDesign(plan, nodeId)?.node
  if (!node) return `there is no node "${nodeId}"`
  if (type !== 'ChoiceTaken' || node.type !== 'choice' || data.branch === 'default') return null
  return node.branches.some(({ id }) => id === data.branch)
    ? null
    : `"${nodeId}" has no branch "${data.branch}"`
}

function refusal(rejection: SagaRejection): string {
  if (rejection.code === 'NOT_EXPECTED') return `nothing at "${rejection.nodeId}" would wait for this`
  return 'message' in rejection ? rejection.message : 'the run would have ended'
}
