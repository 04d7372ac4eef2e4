import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isJsonObject, type Json } from '@/core/json'
import type { Observer } from './observer'

/** What is learnt of a request on its way. */
interface Notes {
  readonly requestId: string
  route: string | null
  runId: string | null
  designId: string | null
}

const notes = new WeakMap<IncomingMessage, Notes>()

/** An id that a caller may give its request: short, and safe in a header and in a line of a log. */
const GIVEN_ID = /^[A-Za-z0-9_.:-]{1,64}$/

/**
 * Gives every request an id, the caller's own or a new one, which its answer bears too; and tells the observer when it
 * is answered. Comes first among the handlers and takes none of the requests.
 */
export function observeRequests(observer: Observer) {
  return (request: IncomingMessage, response: ServerResponse): false => {
    const given = request.headers['x-request-id']
    const requestId = typeof given === 'string' && GIVEN_ID.test(given) ? given : randomUUID()
    const began = performance.now()
    notes.set(request, { requestId, route: null, runId: null, designId: null })
    response.setHeader('x-request-id', requestId)
    response.once('close', () => {
      const known = notes.get(request)
      observer.answered?.({
        requestId,
        method: request.method ?? 'GET',
        route: known?.route ?? null,
        status: response.statusCode,
        tookMs: performance.now() - began,
        aborted: !response.writableFinished,
        runId: known?.runId ?? null,
        designId: known?.designId ?? null,
      })
    })
    return false
  }
}

/** Which line of the table answers it. Nothing where nobody observes. */
export function noteRoute(
  request: IncomingMessage,
  route: string,
  params: Readonly<Record<string, string>> = {},
): void {
  const known = notes.get(request)
  if (!known) return
  known.route = route
  if (route.startsWith('/api/runs/')) known.runId = params.id ?? null
  if (route.startsWith('/api/designs/')) known.designId = params.id ?? null
}

/** A run that the request has made is what it is about. */
export function noteAnswer(
  request: IncomingMessage,
  answer: { readonly status: number; readonly body: unknown },
): void {
  const known = notes.get(request)
  if (answer.status !== 201 || !known || !RUN_MAKING.has(known.route ?? '')) return
  const body = answer.body as Json
  if (isJsonObject(body) && typeof body.id === 'string') known.runId = body.id
}

const RUN_MAKING: ReadonlySet<string> = new Set(['/api/designs/{id}/runs', '/api/runs/{id}/fork'])

/** For the log: the id of a request, where it has one. */
export function requestIds(request: IncomingMessage): { readonly requestId?: string } {
  const known = notes.get(request)
  return known ? { requestId: known.requestId } : {}
}
