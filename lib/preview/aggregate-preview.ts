import { initialPoint } from '@/core/aggregate/handle'
import { aggregateStream } from '@/core/aggregate/stream'
import type { CodeEvent, CodeFault, CodeProgram, CodeRunner } from '@/core/code/contract'
import type { Aggregate } from '@/core/design/aggregate'
import type { Design } from '@/core/design/document'
import type { Issue } from '@/core/errors'
import type { Json } from '@/core/json'
import { decideInTurn } from '@/core/travel'

/** A command as it is fired at the previewed instance. */
export interface PreviewCommand {
  readonly type: string
  readonly payload: Json
}

/** What one command comes to. `state` and `version` are those after it. */
export type PreviewStep = {
  readonly command: PreviewCommand
  readonly version: number
  readonly state: Json
} & (
  | { readonly outcome: 'accepted'; readonly before: Json; readonly events: readonly CodeEvent[] }
  | { readonly outcome: 'rejected'; readonly code: string; readonly message: string; readonly rule?: string }
  /** Not even put to the aggregate: it does not know the command, or the payload does not fit its schema. */
  | {
      readonly outcome: 'refused'
      readonly code: string
      readonly message: string
      readonly issues: readonly Issue[]
    }
  | { readonly outcome: 'fault'; readonly fault: CodeFault }
)

/** Epoch ms of the first previewed command; each comes a minute after the one before. A preview has no clock. */
export const PREVIEW_START = Date.UTC(2026, 0, 5, 9)
const MINUTE_MS = 60_000
export const PREVIEW_KEY = 'preview'

/**
 * Fires commands, one after the other, at an instance that exists nowhere: the same builders and the same sandbox
 * as the server's, and nothing recorded. A command that comes to nothing leaves the state as it was.
 * @param firstPosition log position of the first event, for previews over several aggregates
 */
export async function previewCommands(
  code: CodeRunner,
  program: CodeProgram,
  design: Design,
  aggregate: Aggregate,
  commands: readonly PreviewCommand[],
  firstPosition = 1,
): Promise<readonly PreviewStep[]> {
  const sent = commands.map((command, index) => ({
    ...command,
    at: PREVIEW_START + index * MINUTE_MS,
    commandId: `preview-${index + 1}`,
  }))
  const steps = await decideInTurn({ code, program, design }, aggregate.id, initialPoint(aggregate), sent)
  const streamId = aggregateStream(aggregate.id, PREVIEW_KEY)
  return steps.map((step) =>
    step.outcome === 'accepted'
      ? {
          ...step,
          events: step.events.map(
            (event): CodeEvent => ({
              ...event,
              position: firstPosition + event.version - 1,
              recordedAt: step.command.at,
              streamId,
            }),
          ),
        }
      : step,
  )
}

/** Every command of an aggregate that has an example, in the order they are defined: a first story to tell. */
export function exampleCommands(aggregate: Aggregate): readonly PreviewCommand[] {
  return aggregate.commands.flatMap(({ name, example }) =>
    example === undefined ? [] : [{ type: name, payload: example }],
  )
}

/** What the accepted commands emitted, in order. */
export const eventsOf = (steps: readonly PreviewStep[]): readonly CodeEvent[] =>
  steps.flatMap((step) => (step.outcome === 'accepted' ? step.events : []))
