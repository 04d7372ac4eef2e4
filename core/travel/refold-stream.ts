import { foldCall, initialPoint } from '../aggregate/handle'
import type { CodeEvent, CodeFault, CodeProgram, CodeRunner } from '../code/contract'
import type { Aggregate } from '../design/aggregate'
import { type Json, sameJson } from '../json'
import { err, ok, type Result } from '../result'

/** One definition of an aggregate, with the program its functions are in. */
export interface AggregateFold {
  readonly program: CodeProgram
  readonly aggregate: Aggregate
}

/** The state after each event: `states[n]` is that at version n, `states[0]` the initial one. */
export type StreamStates = Result<readonly Json[], CodeFault>

/** Folds a whole stream and keeps every state. @param events one stream from version 1, no gaps */
export async function foldStates(
  code: CodeRunner,
  { program, aggregate }: AggregateFold,
  events: readonly CodeEvent[],
): Promise<StreamStates> {
  const from = initialPoint(aggregate)
  if (events.length === 0) return ok([from.state])
  const answer = await code.run(program, foldCall(aggregate, from, events, true))
  return answer.ok ? ok([from.state, ...(answer.value.states ?? [])]) : err(answer.error)
}

/** How a stream would read under another definition. */
export type StreamChange =
  /** From `version` on it is another state; `before` and `after` are those at its last event. */
  | {
      readonly kind: 'other-states'
      readonly version: number
      /** At how many of its versions. */
      readonly versions: number
      readonly first: { readonly before: Json; readonly after: Json }
      readonly last: { readonly before: Json; readonly after: Json }
    }
  /** It could be folded and could no more. */
  | { readonly kind: 'breaks'; readonly fault: CodeFault }
  /** It could not be folded and now could. */
  | { readonly kind: 'mended'; readonly state: Json }

/**
 * What changes in a stream when its states are folded anew; null: nothing.
 * Version 0 is not part of a stream's history: another initial state counts where it shows after an event.
 */
export function compareStates(before: StreamStates, after: StreamStates): StreamChange | null {
  if (!before.ok) return after.ok ? { kind: 'mended', state: after.value.at(-1) ?? null } : null
  if (!after.ok) return { kind: 'breaks', fault: after.error }
  const differ = before.value.flatMap((state, version) =>
    version > 0 && !sameJson(state, after.value[version]) ? [version] : [],
  )
  const [version] = differ
  if (version === undefined) return null
  const at = (place: number) => ({
    before: before.value.at(place) ?? null,
    after: after.value.at(place) ?? null,
  })
  return { kind: 'other-states', version, versions: differ.length, first: at(version), last: at(-1) }
}
