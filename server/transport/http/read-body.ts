import type { IncomingMessage } from 'node:http'
import { WorkbenchError } from '@/core/errors'
import { nestsDeeperThan } from '@/core/json-depth'
import { LIMITS } from '../../limits'

/**
 * Reads a JSON body whole.
 * @returns the text and its value; `{}` for a call that sends nothing
 * @throws {WorkbenchError} BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, INVALID_JSON
 */
export async function readJsonBody(
  request: IncomingMessage,
): Promise<{ readonly text: string; readonly value: unknown }> {
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > LIMITS.bodyBytes) throw tooLarge()
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > LIMITS.bodyBytes) throw tooLarge()
    chunks.push(chunk)
  }
  if (bytes === 0) return { text: '', value: {} }
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type))
    throw new WorkbenchError(
      'UNSUPPORTED_MEDIA_TYPE',
      `Send JSON with content-type application/json; this is "${type || 'nothing'}".`,
    )
  const text = Buffer.concat(chunks).toString('utf8')
  if (nestsDeeperThan(LIMITS.bodyDepth, text))
    throw new WorkbenchError('INVALID_JSON', `The body nests deeper than ${LIMITS.bodyDepth} levels.`)
  try {
    // A key that would set a prototype is data here like any other: nothing is ever merged into a live object.
    return { text, value: JSON.parse(text) }
  } catch (cause) {
    throw new WorkbenchError(
      'INVALID_JSON',
      `The body is not JSON: ${cause instanceof Error ? cause.message : 'unreadable'}.`,
      {},
      { cause },
    )
  }
}

const tooLarge = (): WorkbenchError =>
  new WorkbenchError('BODY_TOO_LARGE', `A body may have at most ${LIMITS.bodyBytes / 1024 / 1024} MiB.`)
