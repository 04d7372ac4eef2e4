/** Each returned literal is scanned to its end; a function made of nothing else must not take for ever. */
const MOST_RETURNS = 20

/**
 * The keys of the object literals that a function returns, read off its text: `(r) => ({ id: r.id })` writes `id`.
 * A cheap scan, no parser, made to miss rather than to invent: what it cannot read (spreads, computed keys, variables,
 * returns inside calls) it leaves out.
 * @param source one JavaScript function expression
 */
export function returnedKeys(source: string): readonly string[] {
  const text = blankLiterals(source)
  const starts = [...literalStarts(text)].slice(0, MOST_RETURNS)
  return [...new Set(starts.flatMap((at) => keysOfLiteral(source, text, at)))]
}

/**
 * The text with strings, templates and comments blanked: same length, only structure left. What is not closed ends
 * with the text, so that every character is read once.
 */
function blankLiterals(source: string): string {
  return source.replace(
    /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:\\[\s\S]|[^'\\\n])*'?|"(?:\\[\s\S]|[^"\\\n])*"?|`(?:\\[\s\S]|[^`\\])*`?/g,
    (literal) => (literal.startsWith('/') ? ' ' : '_').repeat(literal.length),
  )
}

/** Where the object literals begin that the function itself returns: of an arrow, or behind its own `return`s. */
function* literalStarts(text: string): Generator<number> {
  const arrow = text.indexOf('=>')
  const head = /^\s*(?:\(\s*)*\{/.exec(arrow < 0 ? '' : text.slice(arrow + 2))
  if (arrow >= 0 && head?.[0].includes('(')) yield arrow + 1 + head[0].length
  const body =
    arrow < 0
      ? text.indexOf('{', text.indexOf(')'))
      : head && !head[0].includes('(')
        ? arrow + 1 + head[0].length
        : -1
  if (body < 0) return
  // Inside parentheses or brackets a return is a callback's, not the function's.
  let inCall = 0
  for (let at = body + 1; at < text.length; at++) {
    const char = text[at]
    if (char === '(' || char === '[') inCall += 1
    else if (char === ')' || char === ']') inCall -= 1
    else if (inCall === 0 && char === 'r') {
      const found = /^return\b\s*\(?\s*\{/.exec(text.slice(at, at + 40))
      if (found && !/[\w$.]/.test(text[at - 1] ?? ' ')) yield at + found[0].length - 1
    }
  }
}

/** Keys at the top of the literal whose `{` stands at `open`. */
function keysOfLiteral(source: string, text: string, open: number): readonly string[] {
  const keys: string[] = []
  const key = /(?:([A-Za-z_$][\w$]*)|'([^'\\]*)'|"([^"\\]*)")\s*(?=[:,}(])/y
  let depth = 0
  let atKey = true
  for (let at = open + 1; at < text.length && depth >= 0; at++) {
    const char = text[at] ?? ''
    if (atKey && /\S/.test(char)) {
      atKey = false
      key.lastIndex = at
      const found = key.exec(source)
      const name = found?.[1] ?? found?.[2] ?? found?.[3]
      if (found && name !== undefined) {
        keys.push(name)
        at += found[0].length - 1
        continue
      }
    }
    if ('({['.includes(char)) depth += 1
    else if (')}]'.includes(char)) depth -= 1
    else if (depth === 0 && char === ',') atKey = true
  }
  return keys
}
