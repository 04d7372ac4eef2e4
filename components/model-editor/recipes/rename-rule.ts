import type { Design } from '@/core/design/document'
import { findAggregate } from './find'

/**
 * Renames a rule, and every command that asks for it. A rule without a code of its own refuses under its id, which
 * scenarios may expect.
 */
export function renameRule(draft: Design, aggregateId: string, from: string, to: string): void {
  const aggregate = findAggregate(draft, aggregateId)
  const rule = aggregate?.rules.find(({ id }) => id === from)
  if (aggregate === undefined || rule === undefined) return
  rule.id = to
  for (const command of aggregate.commands) command.rules = command.rules.map((id) => (id === from ? to : id))
  if (rule.code !== undefined) return
  for (const scenario of draft.scenarios) {
    const its = scenario.type === 'aggregate' && scenario.aggregate === aggregateId
    if (its && scenario.expect.rejection === from) scenario.expect.rejection = to
  }
}
