import { liftEvent } from '@/core/aggregate/upcast'
import type { CodeFault, CodeProgram, CodeRunner } from '@/core/code/contract'
import type { Aggregate, EventDefinition } from '@/core/design/aggregate'
import type { Json } from '@/core/json'

/** The data of an event at one of its versions, or what its upcaster did instead. */
export type LiftedData =
  | { readonly version: number; readonly data: Json }
  | { readonly version: number; readonly fault: CodeFault }

/** A fold that keeps the data it sees: then an event is lifted here exactly as before any other `evolve`. */
const KEEPS = { id: 'preview.keeps', source: '(state, event) => event.data' }

/**
 * What each upcaster makes of old data, up to the version of now or the first that fails.
 * @param from version that the data was written in
 */
export async function previewUpcasts(
  code: CodeRunner,
  program: CodeProgram,
  aggregate: Aggregate,
  event: EventDefinition,
  from: number,
  data: Json,
): Promise<readonly LiftedData[]> {
  const written = liftEvent(aggregate, { type: event.name, data, schemaVersion: from })
  const functions = { ...program.functions, [KEEPS.id]: KEEPS.source }
  const lifted: LiftedData[] = []
  for (const [index] of (written.lift ?? []).entries()) {
    const version = from + index + 1
    const events = [{ ...written, lift: written.lift?.slice(0, index + 1) ?? [] }]
    const evolve = { [event.name]: KEEPS.id }
    const answer = await code.run({ functions }, { kind: 'fold', evolve, state: null, events })
    if (!answer.ok) return [...lifted, { version, fault: answer.error }]
    lifted.push({ version, data: answer.value.state })
  }
  return lifted
}
