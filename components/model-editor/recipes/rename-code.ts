/** `'From'` in any quotes: how code names a command or an event. Text that merely contains it is left alone. */
export function renameQuoted(code: string, from: string, to: string): string {
  return code.replace(quoted(from), (_whole, quote: string) => `${quote}${to}${quote}`)
}

/**
 * The name of an event, wherever a text in code may be one. A text that is the value of another member than `type`
 * (`status: 'Shipped'`) or is compared with something else than a type (`state.status === 'Shipped'`) is none, whatever
 * it says: statuses are often called as events are.
 */
export function renameEventName(code: string, from: string, to: string): string {
  return code.replace(quoted(from), (whole, quote: string, at: number) =>
    isOtherThing(code.slice(0, at), code.slice(at + whole.length)) ? whole : `${quote}${to}${quote}`,
  )
}

/** `command.type === 'From'`: the name of a command where it is compared with a type. */
export function renameComparedType(code: string, from: string, to: string): string {
  return code.replace(quoted(from), (whole, quote: string, at: number) => {
    const compared = comparedBefore(code.slice(0, at)) ?? comparedAfter(code.slice(at + whole.length))
    return compared === 'type' ? `${quote}${to}${quote}` : whole
  })
}

/**
 * The streams of an aggregate, where code speaks of them: `'Order-'`, `"Order-1"`, `/^Order-/`.
 * @param ids of all aggregates: of two that a text could mean, it means the longer
 */
export function renameStreams(code: string, from: string, to: string, ids: readonly string[]): string {
  const longest = [...ids].sort((a, b) => b.length - a.length)
  return code.replace(/(['"`]|\/\^)([A-Za-z][\w-]*-)/g, (whole, before: string, text: string) => {
    const owner = longest.find((id) => text.startsWith(`${id}-`))
    return owner === from ? `${before}${to}${text.slice(from.length)}` : whole
  })
}

const quoted = (name: string): RegExp =>
  new RegExp(`(['"\`])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\1`, 'g')

function isOtherThing(before: string, after: string): boolean {
  const compared = comparedBefore(before) ?? comparedAfter(after)
  if (compared !== null) return compared !== 'type'
  const member = /[{,]\s*(?:([\w$]+)|(['"])([\w$]+)\2)\s*:\s*$/.exec(before)
  return member !== null && (member[1] ?? member[3]) !== 'type'
}

/** What stands on the other side of `===`: the last name in it; null when nothing is compared. */
const comparedBefore = (before: string): string | null => /([\w$]+)\s*[!=]==?\s*$/.exec(before)?.[1] ?? null
const comparedAfter = (after: string): string | null =>
  /^\s*[!=]==?\s*(?:[\w$]+\??\.)*([\w$]+)/.exec(after)?.[1] ?? null
