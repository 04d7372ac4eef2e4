import type { Design } from './document'
import { type Problem, problem } from './problem'

/** UNKNOWN_RULE, REPEATED_RULE, UNUSED_RULE: what commands ask of the rules of their aggregate. */
export function lintRules(design: Design): readonly Problem[] {
  return design.aggregates.flatMap((aggregate, at) => {
    const known = new Set(aggregate.rules.map(({ id }) => id))
    const asked = new Set(aggregate.commands.flatMap(({ rules }) => rules))
    const path = ['aggregates', at]
    return [
      ...aggregate.commands.flatMap((command, index) =>
        command.rules.flatMap((rule, n) => {
          const place = [...path, 'commands', index, 'rules', n]
          const fix = { title: 'Stop asking for it', patch: [{ op: 'remove' as const, path: place }] }
          if (!known.has(rule))
            return problem('UNKNOWN_RULE', 'error', place, `${aggregate.id} has no rule "${rule}"`, fix)
          if (command.rules.indexOf(rule) < n)
            return problem('REPEATED_RULE', 'info', place, `${command.name} asks for "${rule}" twice`, fix)
          return []
        }),
      ),
      ...aggregate.rules.flatMap(({ id }, index) =>
        asked.has(id)
          ? []
          : problem('UNUSED_RULE', 'info', [...path, 'rules', index], `no command asks for the rule "${id}"`),
      ),
    ]
  })
}
