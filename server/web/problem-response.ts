import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { ERROR_STATUS, isWorkbenchError } from '@/core/errors'
import { LIMITS } from '../limits'

interface Problem {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number>>
  readonly body: string
}

/**
 * Answers with `application/problem+json` (RFC 9457). A fault without a code is INTERNAL, and its message stays
 * here: it was not written for a stranger.
 */
export function sendProblem(response: ServerResponse, error: unknown): void {
  const { status, headers, body } = problemOf(error)
  response.writeHead(status, headers)
  response.end(body)
}

/** The same for who wanted another protocol: there is no response to write it to. */
export function refuseUpgrade(socket: Socket, error: unknown): void {
  const { status, headers, body } = problemOf(error)
  const lines = Object.entries({ ...headers, connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  socket.on('error', () => socket.destroy())
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'))
}

function problemOf(error: unknown): Problem {
  const known = isWorkbenchError(error)
  const code = known ? error.code : 'INTERNAL'
  const status = ERROR_STATUS[code]
  const body = JSON.stringify({
    ...(known ? bounded(error.details) : {}),
    type: 'about:blank',
    title: code,
    status,
    code,
    detail: known ? error.message : 'The server met a fault of its own. Its log says more.',
  })
  const headers = {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...retryAfter(known ? error.details : {}),
    ...allowed(known ? error.details : {}),
  }
  return { status, headers, body }
}

/** Of an error that names when to come again. */
function retryAfter({ retryAfterSeconds }: Readonly<Record<string, unknown>>): { 'retry-after'?: string } {
  return typeof retryAfterSeconds === 'number' ? { 'retry-after': String(retryAfterSeconds) } : {}
}

/** Of an error that names the methods there are. */
function allowed({ allow }: Readonly<Record<string, unknown>>): { allow?: string } {
  return Array.isArray(allow) ? { allow: allow.join(', ') } : {}
}

function bounded(details: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { issues } = details
  return Array.isArray(issues) ? { ...details, issues: issues.slice(0, LIMITS.issuesMost) } : details
}
