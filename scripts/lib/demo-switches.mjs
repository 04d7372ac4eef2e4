/** What can be broken, and what a value of it looks like. */
const SWITCHES = {
  latencyMs: (value) => Number.isInteger(value) && value >= 0 && value <= 60_000,
  /** The status it answers with instead of doing anything. */
  error: (value) => Number.isInteger(value) && value >= 400 && value <= 599,
  /** The connection is dropped `before` or `after` the work is done. */
  drop: (value) => value === 'before' || value === 'after',
  ignoreKeys: (value) => typeof value === 'boolean',
  refuseEmptyUndo: (value) => typeof value === 'boolean',
  acceptLate: (value) => typeof value === 'boolean',
}

/**
 * The switches of the demo service, by `service` and `half` (`do`, `undo`), each of them `*` for all. `times` counts
 * down: after so many requests what was switched on is off again.
 */
export function createSwitches(services) {
  let rules = []

  return {
    read: () => rules,
    clear() {
      rules = []
    },
    /** @returns what is wrong with it, in words; undefined when it is switched */
    set(body) {
      const { service = '*', half = '*', times, ...broken } = body
      if (service !== '*' && !services.includes(service))
        return `service is one of ${services.join(', ')} or *`
      if (half !== '*' && half !== 'do' && half !== 'undo') return 'half is do, undo or *'
      if (times !== undefined && !(Number.isInteger(times) && times > 0))
        return 'times is a whole number above 0'
      for (const [name, value] of Object.entries(broken))
        if (!Object.hasOwn(SWITCHES, name) || !SWITCHES[name](value))
          return `${name}: ${JSON.stringify(value)} is no switch; there are ${Object.keys(SWITCHES).join(', ')}`
      if (Object.keys(broken).length === 0)
        return `nothing is switched; there are ${Object.keys(SWITCHES).join(', ')}`
      if (rules.length >= 100) return 'there are 100 switches on: DELETE /switches puts them off'
      rules = [...rules, { service, half, ...(times === undefined ? {} : { times }), ...broken }]
      return undefined
    },
    /** What is broken for one request; later switches win. */
    take(service, half) {
      const fits = (rule) => [service, '*'].includes(rule.service) && [half, '*'].includes(rule.half)
      const taken = rules.filter(fits)
      rules = rules
        .map((rule) => (taken.includes(rule) && rule.times ? { ...rule, times: rule.times - 1 } : rule))
        .filter((rule) => rule.times !== 0)
      return Object.assign({}, ...taken)
    },
  }
}
