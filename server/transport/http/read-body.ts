import type { IncomingMessage } from 'node:http'
import { WorkbenchError } from '@/core/errors'
import { nestsDeeperThan } from '@/core/json-depth'
import { LIMITS } from '../../limits'
import { notKeptAsSent } from './kept-as-sent'

/**
 * Reads a JSON body whole.
 * @returns the text and its value; `{}` for a call that sends nothing
 * @throws {WorkbenchError} BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, INVALID_JSON; INVALID_BODY naming what would be lost
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
  const value = parseJson(text)
  const [first, ...others] = notKeptAsSent(text, value)
  if (first)
    throw new WorkbenchError(
      'INVALID_BODY',
      `The body cannot be kept as it was sent: ${first.path.join('.') || 'it'}: ${first.message}.`,
      { issues: [first, ...others] },
    )
  return { text, value }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
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
