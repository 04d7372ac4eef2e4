import type { ServerResponse } from 'node:http'
import { ERROR_STATUS, isWorkbenchError } from '@/core/errors'
import { LIMITS } from '../limits'

/**
 * Answers with `application/problem+json` (RFC 9457). A fault without a code is INTERNAL, and its message stays
 * here: it was not written for a stranger.
 */
export function sendProblem(response: ServerResponse, error: unknown): void {
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
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...retryAfter(known ? error.details : {}),
  })
  response.end(body)
}

/** Of an error that names when to come again. */
function retryAfter({ retryAfterSeconds }: Readonly<Record<string, unknown>>): { 'retry-after'?: string } {
  return typeof retryAfterSeconds === 'number' ? { 'retry-after': String(retryAfterSeconds) } : {}
}

function bounded(details: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { issues } = details
  return Array.isArray(issues) ? { ...details, issues: issues.slice(0, LIMITS.issuesMost) } : details
}
