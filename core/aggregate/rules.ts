import type { CodeCall, CodeCommand, CodeRule } from '../code/contract'
import type { Aggregate, Rule } from '../design/aggregate'
import { codeId } from '../design/code-id'
import type { Json } from '../json'

/**
 * The code under which an aggregate that has ended (`isTerminal`) refuses whatever would still change it. It is a
 * rejection, not a fault of the workbench: a saga sees it as a business failure.
 */
export const ALREADY_ENDED = 'AlreadyEnded'

/** What is said when a rule's code says only `false`: the rule's own words, if it has any. */
const whyNot = ({ id, description }: Pick<Rule, 'id' | 'description'>): string =>
  description?.split('\n')[0]?.trim() || `the rule "${id}" does not hold`

function codeRule(aggregate: Aggregate, id: string): CodeRule {
  // A rule that is not there is called all the same, and is not found: it is never passed over in silence.
  const rule = aggregate.rules.find((candidate) => candidate.id === id) ?? { id }
  return {
    id,
    fn: codeId.rule(aggregate.id, id),
    message: whyNot(rule),
    ...('code' in rule && rule.code !== undefined ? { code: rule.code } : {}),
  }
}

/** The rules that stand before a command, in order. */
export const rulesBefore = (aggregate: Aggregate, command: string): readonly CodeRule[] =>
  (aggregate.commands.find(({ name }) => name === command)?.rules ?? []).map((id) => codeRule(aggregate, id))

/** Tries rules of an aggregate, each by itself: no `decide`, no events, nothing recorded. */
export function rulesCall(
  aggregate: Aggregate,
  rules: readonly string[],
  state: Json,
  command: CodeCommand,
): Extract<CodeCall, { kind: 'rules' }> {
  return { kind: 'rules', rules: rules.map((id) => codeRule(aggregate, id)), state, command }
}

/**
 * What an aggregate that has ended says to a command that leads to events. One that leads to none is accepted all the
 * same: a compensation that finds nothing to undo has done its work, and must not fail for it.
 */
export function terminalGuard(aggregate: Aggregate): Extract<CodeCall, { kind: 'handle' }>['terminal'] {
  if (aggregate.isTerminal === undefined) return undefined
  return {
    fn: codeId.isTerminal(aggregate.id),
    code: ALREADY_ENDED,
    message: `this ${aggregate.name ?? aggregate.id} has ended: nothing more can happen to it`,
  }
}
