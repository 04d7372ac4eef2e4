import { type Design, parseDesign } from '@/core/design/document'
import { DESIGN_LIMITS } from '@/core/design/limits'
import type { Issue } from '@/core/errors'
import { err, type Result } from '@/core/result'

/**
 * Reads text as a design document, before anything is sent.
 * @returns the design, or what is wrong with paths; text that is no JSON at all is one issue at the root
 */
export function readImport(text: string): Result<Design, readonly Issue[]> {
  const bytes = new TextEncoder().encode(text).length
  if (bytes > DESIGN_LIMITS.documentBytes) {
    return err([
      {
        path: [],
        message: `The document has ${bytes} bytes; at most ${DESIGN_LIMITS.documentBytes} are read.`,
      },
    ])
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    return err([
      {
        path: [],
        message: cause instanceof Error ? `This is not JSON: ${cause.message}` : 'This is not JSON.',
      },
    ])
  }
  return parseDesign(value)
}

/** `sagas[0].nodes[3].name`: a path as a person would write it. */
export function pathText(path: Issue['path']): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  )
}
