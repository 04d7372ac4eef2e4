import { checkCommand } from '@/core/aggregate/handle'
import { rulesCall } from '@/core/aggregate/rules'
import type { CodeFault, CodeProgram, CodeRunner, RuleVerdict } from '@/core/code/contract'
import type { Aggregate } from '@/core/design/aggregate'
import type { Design } from '@/core/design/document'
import type { Json } from '@/core/json'
import type { PreviewCommand, PreviewStep } from './aggregate-preview'

/** A state of the previewed story that a rule can be tried at. */
export interface TriedAt {
  readonly name: string
  readonly state: Json
}

/** The initial state, and the one after each command that changed it. */
export function statesToTry(aggregate: Aggregate, steps: readonly PreviewStep[]): readonly TriedAt[] {
  return [
    { name: 'Initial state', state: aggregate.initialState },
    ...steps.flatMap((step, index) =>
      step.outcome === 'accepted' && step.events.length > 0
        ? [{ name: `After ${index + 1} ${step.command.type}`, state: step.state }]
        : [],
    ),
  ]
}

export interface RuleTrial {
  readonly rule: string
  readonly verdict: RuleVerdict
}

/**
 * Tries every rule of an aggregate on one command at one state, each by itself.
 * @param at epoch ms that the command comes with
 */
export async function tryRules(
  code: CodeRunner,
  program: CodeProgram,
  design: Design,
  aggregate: Aggregate,
  state: Json,
  command: PreviewCommand,
  at: number,
): Promise<readonly RuleTrial[]> {
  const checked = checkCommand(design, aggregate.id, command.type, command.payload)
  const ids = aggregate.rules.map(({ id }) => id)
  const all = (verdict: RuleVerdict) => ids.map((rule) => ({ rule, verdict }))
  // Such a command comes to no rule at all.
  if (!checked.ok) return all({ kind: 'refuses', code: checked.error.code, message: checked.error.message })
  const answer = await code.run(
    program,
    rulesCall(aggregate, ids, state, { ...command, at, commandId: 'preview' }),
  )
  if (!answer.ok) return all({ kind: 'fault', fault: answer.error })
  return ids.map((rule, index) => ({ rule, verdict: answer.value.verdicts[index] ?? NO_VERDICT }))
}

const NOT_TRIED: CodeFault = { code: 'CODE_RESULT_INVALID', message: 'it was not tried' }
const NO_VERDICT: RuleVerdict = { kind: 'fault', fault: NOT_TRIED }
