/**
 * Whether JSON text nests deeper than may be. What walks a value recursively would run out of stack: that is told from
 * the text, in one pass, before there is a value.
 */
export function nestsDeeperThan(most: number, text: string): boolean {
  let depth = 0
  let quoted = false
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index]
    if (char === '"') quoted = !quoted
    else if (quoted) {
      if (char === '\\') index += 1
    } else if (char === '[' || char === '{') {
      depth += 1
      if (depth > most) return true
    } else if (char === ']' || char === '}') depth -= 1
  }
  return false
}
