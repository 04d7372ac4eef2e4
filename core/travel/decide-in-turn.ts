import { type AggregatePoint, checkCommand, handleCall } from '../aggregate/handle'
import type { CodeCommand, CodeFault, CodeProgram, CodeRunner } from '../code/contract'
import type { Design } from '../design/document'
import type { Issue } from '../errors'
import type { Json } from '../json'

/** The code that decides and the document it is of. */
export interface Deciders {
  readonly code: CodeRunner
  readonly program: CodeProgram
  readonly design: Design
}

/** An event that was decided and recorded nowhere. `version` is the one it would have in its stream. */
export interface SupposedEvent {
  readonly type: string
  readonly data: Json
  readonly version: number
}

/** What one command comes to. `version` and `state` are those after it. */
export type DecidedStep = {
  readonly command: CodeCommand
  readonly version: number
  readonly state: Json
} & (
  | { readonly outcome: 'accepted'; readonly before: Json; readonly events: readonly SupposedEvent[] }
  /** `rule` is the one that refused; without one it was `decide`, or the aggregate has ended. */
  | { readonly outcome: 'rejected'; readonly code: string; readonly message: string; readonly rule?: string }
  /** Not even put to the aggregate: it does not know the command, or the payload does not fit its schema. */
  | {
      readonly outcome: 'refused'
      readonly code: Refusal
      readonly message: string
      readonly issues: readonly Issue[]
    }
  | { readonly outcome: 'fault'; readonly fault: CodeFault }
)

type Refusal = 'AGGREGATE_NOT_FOUND' | 'COMMAND_NOT_FOUND' | 'COMMAND_PAYLOAD_INVALID'

/**
 * Decides commands one after the other, each on the state that the one before left. Nothing is recorded, and one that
 * comes to nothing leaves the state as it was. This is how a preview, a _what if_ and a re-decision are worked out,
 * in the page and on the server alike.
 * @param from where the first command meets the aggregate
 * @see docs/semantics.md#what-if
 */
export async function decideInTurn(
  parts: Deciders,
  aggregateId: string,
  from: AggregatePoint,
  commands: readonly CodeCommand[],
): Promise<readonly DecidedStep[]> {
  const steps: DecidedStep[] = []
  let point = from
  for (const command of commands) {
    const step = await decideOne(parts, aggregateId, point, command)
    point = { version: step.version, state: step.state }
    steps.push(step)
  }
  return steps
}

/** Decides one command at a state. */
export async function decideOne(
  { code, program, design }: Deciders,
  aggregateId: string,
  { version, state }: AggregatePoint,
  command: CodeCommand,
): Promise<DecidedStep> {
  const unchanged = { command, version, state }
  const checked = checkCommand(design, aggregateId, command.type, command.payload)
  if (!checked.ok) {
    const { code: refusal, message } = checked.error
    const issues = checked.error.code === 'COMMAND_PAYLOAD_INVALID' ? checked.error.issues : []
    return { ...unchanged, outcome: 'refused', code: refusal, message, issues }
  }
  const answer = await code.run(program, handleCall(checked.value.aggregate, { version, state }, [], command))
  if (!answer.ok) return { ...unchanged, outcome: 'fault', fault: answer.error }
  if (answer.value.kind === 'rejected') {
    const { kind: outcome, before: _before, ...said } = answer.value
    return { ...unchanged, outcome, ...said }
  }
  const events = answer.value.events.map(({ type, data }, nth) => ({
    type,
    data,
    version: version + nth + 1,
  }))
  return {
    command,
    outcome: 'accepted',
    before: state,
    events,
    version: version + events.length,
    state: answer.value.state,
  }
}

/** What the accepted commands would have recorded, in order. */
export const supposedEvents = (steps: readonly DecidedStep[]): readonly SupposedEvent[] =>
  steps.flatMap((step) => (step.outcome === 'accepted' ? step.events : []))
