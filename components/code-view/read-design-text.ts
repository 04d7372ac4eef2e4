import { type Design, parseDesign } from '@/core/design/document'
import { err, ok, type Result } from '@/core/result'
import { firstSyntaxError, lineAndColumn, locate } from './locate'

/** What is wrong with the text, and where: 1-based. */
export interface TextIssue {
  readonly line: number
  readonly column: number
  readonly message: string
  /** `sagas.0.nodes.2.action`; empty for text that is no JSON. */
  readonly path: string
  readonly severity: 'error'
}

/** Reads a text as a design. */
export function readDesignText(text: string): Result<Design, readonly TextIssue[]> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return err([syntaxIssue(text, error instanceof Error ? error.message : String(error))])
  }
  const parsed = parseDesign(value)
  if (parsed.ok) return ok(parsed.value)
  return err(
    parsed.error.map(({ path, message }) => ({
      ...lineAndColumn(text, locate(text, path)),
      message,
      path: path.join('.'),
      severity: 'error',
    })),
  )
}

/** Engines say where in their own ways, or not at all: the parser of the editor knows. */
function syntaxIssue(text: string, message: string): TextIssue {
  const at = lineAndColumn(text, firstSyntaxError(text))
  const why = message.replace(/,? (in JSON at position|".*" is not valid JSON|\.\.\.".*).*$/s, '')
  return { ...at, message: why, path: '', severity: 'error' }
}
