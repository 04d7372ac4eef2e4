import { checkCommand } from '@/core/aggregate/handle'
import { checkKey } from '@/core/aggregate/stream'
import type { CodeEvent, CodeProgram, CodeRunner } from '@/core/code/contract'
import type { Policy } from '@/core/design/aggregate'
import type { Design } from '@/core/design/document'
import { checkAgainstSchema } from '@/core/json-schema'
import { type Reaction, type ReactionFault, reactionOf } from '@/core/policy/react'
import { assertNever } from '@/core/result'

/** What a policy would do about an event. `refused`: what it wants cannot be asked for. */
export interface PolicyPreview {
  readonly event: CodeEvent
  /** Null when its `when` says no, or its code failed. */
  readonly reaction: Reaction | null
  readonly fault: ReactionFault | null
  readonly refused: string | null
}

/** Gives events to a policy by the code that the server gives them by. Nothing is started, sent or recorded. */
export function previewPolicy(
  code: CodeRunner,
  program: CodeProgram,
  design: Design,
  policy: Policy,
  events: readonly CodeEvent[],
): Promise<readonly PolicyPreview[]> {
  return Promise.all(
    events.map(async (event) => {
      const answer = await reactionOf(policy, program, code, event)
      if (!answer.ok) return { event, reaction: null, fault: answer.error, refused: null }
      const reaction = answer.value
      return { event, reaction, fault: null, refused: reaction && whyNot(design, reaction) }
    }),
  )
}

function whyNot(design: Design, reaction: Reaction): string | null {
  switch (reaction.type) {
    case 'start-saga': {
      const saga = design.sagas.find(({ id }) => id === reaction.saga)
      if (!saga) return `This design has no saga "${reaction.saga}".`
      const start = saga.nodes.find((node) => node.type === 'start')
      if (start?.type !== 'start') return `Saga "${saga.id}" has no start.`
      const checked = checkAgainstSchema(start.inputSchema, reaction.input)
      return checked.ok
        ? null
        : `The saga does not take this input: ${checked.error.map(({ path, message }) => [...path, message].join(' ')).join('; ')}.`
    }
    case 'send-command': {
      const key = checkKey(reaction.key)
      if (!key.ok) return key.error
      const checked = checkCommand(design, reaction.aggregate, reaction.command, reaction.payload)
      if (checked.ok) return null
      const { error } = checked
      const issues = error.code === 'COMMAND_PAYLOAD_INVALID' ? error.issues : []
      return [error.message, ...issues.map(({ path, message }) => [...path, message].join(' '))].join(' ')
    }
    default:
      return assertNever(reaction)
  }
}
