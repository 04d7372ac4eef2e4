/** Where a function returns last: the expression, by its place in the code. */
interface Span {
  readonly from: number
  readonly to: number
}

/**
 * A `decide` that emits one event more, beside what it returns last: `{ … }` becomes a list of both, a list gets one
 * item more.
 * @returns null where what it returns is neither, so that a person has to say it
 */
export function withEmission(decide: string, event: string): string | null {
  const emission = `{ type: '${event}', data: {} }`
  const returned = lastReturned(decide)
  if (returned === null) return null
  const text = decide.slice(returned.from, returned.to)
  const last = lastAlternative(text)
  const value = text.slice(last.from, last.to)
  const added = addedTo(value.trim(), emission)
  if (added === null) return null
  const [lead] = /^\s*/.exec(value) ?? ['']
  const [trail] = /\s*$/.exec(value) ?? ['']
  const whole = text.slice(0, last.from) + lead + added + trail + text.slice(last.to)
  return decide.slice(0, returned.from) + whole + decide.slice(returned.to)
}

function addedTo(value: string, emission: string): string | null {
  if (/^\[\s*\]$/.test(value)) return `[${emission}]`
  if (value.startsWith('[') && closingOf(value, 0) === value.length - 1)
    return `${value.slice(0, -1).replace(/,?\s*$/, '')}, ${emission}]`
  const isEvent = value.startsWith('{') && closingOf(value, 0) === value.length - 1
  const isCall = /^event\s*\(/.test(value) && closingOf(value, value.indexOf('(')) === value.length - 1
  return isEvent || isCall ? `[${value}, ${emission}]` : null
}

/** The body of an arrow without braces, or what the last `return` gives that is no refusal. */
function lastReturned(code: string): Span | null {
  const parameters = code.trimStart().startsWith('(') ? closingOf(code, code.indexOf('(')) : 0
  if (parameters < 0) return null
  const arrow = code.indexOf('=>', parameters)
  if (arrow < 0) return null
  const body = code.slice(arrow + 2)
  if (!body.trimStart().startsWith('{')) return withoutBrackets(code, { from: arrow + 2, to: code.length })
  const returns = [...code.matchAll(/\breturn\b(?!\s*reject\b)/g)].filter(
    ({ index }) => !isInText(code, index),
  )
  const at = returns.at(-1)?.index
  if (at === undefined) return null
  return { from: at + 'return'.length, to: endOfStatement(code, at) }
}

/** `({ … })`: an object that an arrow gives stands in brackets. */
function withoutBrackets(code: string, span: Span): Span {
  const text = code.slice(span.from, span.to)
  const at = text.search(/\S/)
  if (at < 0 || text[at] !== '(' || closingOf(text, at) !== text.trimEnd().length - 1) return span
  return { from: span.from + at + 1, to: span.from + text.trimEnd().length - 1 }
}

/** Of `a ? b : c` the one that is no refusal and no empty list; else all of it. */
function lastAlternative(text: string): Span {
  const all = { from: 0, to: text.length }
  const question = topLevel(text, '?')
  if (question < 0) return all
  const colon = topLevel(text.slice(question + 1), ':')
  if (colon < 0) return all
  const yes = { from: question + 1, to: question + 1 + colon }
  const no = { from: question + 2 + colon, to: text.length }
  return /^\s*(reject\b|\[\s*\]\s*$)/.test(text.slice(no.from)) ? yes : no
}

/** Where a character stands outside of all brackets and texts; -1 when it does not. */
function topLevel(text: string, wanted: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at = next(text, at)) {
    const char = text[at] ?? ''
    if (
      depth === 0 &&
      char === wanted &&
      text[at + 1] !== '.' &&
      text[at + 1] !== '?' &&
      text[at - 1] !== '?'
    )
      return at
    if ('([{'.includes(char)) depth += 1
    else if (')]}'.includes(char)) depth -= 1
  }
  return -1
}

/** Where the bracket that opens here is closed; -1 when it is not. */
function closingOf(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at = next(text, at)) {
    const char = text[at] ?? ''
    if ('([{'.includes(char)) depth += 1
    else if (')]}'.includes(char)) depth -= 1
    if (depth === 0) return at
  }
  return -1
}

/** A statement ends at a semicolon, at the brace around it, or at a line's end outside of all brackets. */
function endOfStatement(code: string, start: number): number {
  let depth = 0
  for (let at = start + 'return'.length; at < code.length; at = next(code, at)) {
    const char = code[at] ?? ''
    if ('([{'.includes(char)) depth += 1
    else if (')]}'.includes(char)) depth -= 1
    if (depth < 0 || (depth === 0 && (char === ';' || (char === '/' && code[at + 1] === '/')))) return at
    if (
      depth === 0 &&
      char === '\n' &&
      !/^\s*[?:.&|+]/.test(code.slice(at)) &&
      code.slice(start + 6, at).trim()
    )
      return at
  }
  return code.length
}

/** The place behind this character, or behind the text or comment that begins with it. */
function next(text: string, at: number): number {
  const char = text[at] ?? ''
  if (char === '/' && text[at + 1] === '/') return endAfter(text, '\n', at + 2)
  if (char === '/' && text[at + 1] === '*') return endAfter(text, '*/', at + 2)
  if (!`'"\``.includes(char)) return at + 1
  for (let end = at + 1; end < text.length; end += text[end] === '\\' ? 2 : 1)
    if (text[end] === char) return end + 1
  return text.length
}

function endAfter(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  // the end of a line counts: it may end a statement
  return at < 0 ? text.length : mark === '\n' ? at : at + mark.length
}

function isInText(code: string, wanted: number): boolean {
  for (let at = 0; at < code.length; ) {
    const after = next(code, at)
    if (wanted > at && wanted < after) return true
    at = after
  }
  return false
}
