import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import { isWorkbenchError, WorkbenchError } from '@/core/errors'
import type { Json } from '@/core/json'
import { sendProblem } from '../../web/problem-response'
import type { Workbench } from '../../workbench'
import { readJsonBody } from './read-body'
import type { Answer, Method, Route } from './route'

interface Compiled {
  readonly route: Route
  readonly parts: readonly string[]
}

/** What a path parameter may hold: the checks of what it names come after. */
const PARAM = /^[A-Za-z0-9_.:@-]{1,200}$/

/**
 * Answers `/api/…` from a table of routes.
 * @param onDefect told of faults that are ours
 */
export function createRouter(
  wb: Workbench,
  routes: readonly Route[],
  onDefect: (error: unknown, about: string) => void,
) {
  const compiled: readonly Compiled[] = routes.map((route) => ({
    route,
    parts: route.path.split('/').slice(1),
  }))

  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname !== '/api' && !url.pathname.startsWith('/api/')) return false
    try {
      const method = request.method ?? 'GET'
      const { route, params } = find(compiled, method, url.pathname)
      sameOrigin(request, method)
      send(response, await call(wb, route, params, request, url))
    } catch (error) {
      if (!isWorkbenchError(error)) onDefect(error, `${request.method} ${url.pathname}`)
      // A body that was refused half-read must not be taken for the next request.
      if (!request.complete) response.setHeader('connection', 'close')
      sendProblem(response, error)
    }
    return true
  }
}

async function call(
  wb: Workbench,
  route: Route,
  params: Readonly<Record<string, string>>,
  request: IncomingMessage,
  url: URL,
): Promise<Answer> {
  const query = parse(
    route.query,
    Object.fromEntries(url.searchParams),
    'INVALID_QUERY',
    'The query is not as this call takes it',
  )
  if (route.method === 'GET') return route.handle(wb, { params, query, body: undefined, ifMatch: 0 })
  const { text, value } = await readJsonBody(request)
  const body = parse(route.body, value, 'INVALID_BODY', 'The body is not as this call takes it')
  const ifMatch = route.conditional ? readIfMatch(request.headers['if-match']) : 0
  const once = () => Promise.resolve(route.handle(wb, { params, query, body, ifMatch }))
  return idempotent(wb, request, `${route.method} ${url.pathname}`, text, once)
}

/** The same key twice gives the first answer; nothing is kept of a call that failed. */
async function idempotent(
  wb: Workbench,
  request: IncomingMessage,
  target: string,
  text: string,
  once: () => Promise<Answer>,
): Promise<Answer> {
  const key = request.headers['idempotency-key']
  if (key === undefined) return once()
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key))
    throw new WorkbenchError(
      'INVALID_IDEMPOTENCY_KEY',
      'An Idempotency-Key has 1 to 200 printable characters and no spaces.',
    )
  const hash = createHash('sha256').update(target).update('\0').update(text).digest('hex')
  const claim = await wb.store.idempotency.begin(key, hash, Date.now())
  if (!claim.claimed) {
    if (claim.requestHash !== hash)
      throw new WorkbenchError(
        'IDEMPOTENCY_KEY_REUSED',
        'This Idempotency-Key was used for another request. Take a new one.',
      )
    if (!claim.answer)
      throw new WorkbenchError(
        'IDEMPOTENCY_KEY_IN_USE',
        'The first request with this Idempotency-Key is still under way. Ask again in a moment.',
      )
    return { ...claim.answer, headers: { 'idempotent-replay': 'true' } }
  }
  try {
    const answer = await once()
    await wb.store.idempotency.finish(key, { status: answer.status, body: (answer.body ?? null) as Json })
    return answer
  } catch (error) {
    await wb.store.idempotency.release(key)
    throw error
  }
}

function find(
  compiled: readonly Compiled[],
  method: string,
  pathname: string,
): { readonly route: Route; readonly params: Readonly<Record<string, string>> } {
  const parts = pathname.replace(/\/$/, '').split('/').slice(1)
  const here = compiled.filter(
    (one) =>
      one.parts.length === parts.length &&
      one.parts.every((part, index) => part.startsWith('{') || part === parts[index]),
  )
  if (here.length === 0)
    throw new WorkbenchError(
      'ROUTE_NOT_FOUND',
      `There is no call ${pathname}. GET /api/openapi.json lists them.`,
    )
  const match = here.find(({ route }) => route.method === method)
  if (!match)
    throw new WorkbenchError(
      'METHOD_NOT_ALLOWED',
      `${pathname} takes ${here.map(({ route }) => route.method).join(', ')}.`,
      { allow: here.map(({ route }) => route.method as Method) },
    )
  const params: Record<string, string> = {}
  for (const [index, part] of match.parts.entries()) {
    if (part.startsWith('{')) params[part.slice(1, -1)] = readParam(part.slice(1, -1), parts[index] ?? '')
  }
  return { route: match.route, params }
}

function readParam(name: string, text: string): string {
  let value: string
  try {
    value = decodeURIComponent(text)
  } catch {
    throw new WorkbenchError('INVALID_ID', `"${text}" is not a well-formed ${name}.`)
  }
  if (!PARAM.test(value))
    throw new WorkbenchError('INVALID_ID', `A ${name} has 1 to 200 letters, digits or any of _ . : @ -`)
  return value
}

/** A page of another site must not act here in somebody's name. Programs send no Origin. */
function sameOrigin(request: IncomingMessage, method: string): void {
  const { origin, host } = request.headers
  if (method === 'GET' || origin === undefined) return
  const from = URL.canParse(origin) ? new URL(origin).host : origin
  if (from !== host)
    throw new WorkbenchError('FORBIDDEN_ORIGIN', `A page of "${origin}" may not change anything here.`)
}

function readIfMatch(header: string | undefined): number {
  if (header === undefined)
    throw new WorkbenchError(
      'PRECONDITION_REQUIRED',
      "Send If-Match with the version you opened, so that nobody else's work is lost.",
    )
  const match = /^(?:W\/)?"?(\d{1,15})"?$/.exec(header.trim())
  if (!match)
    throw new WorkbenchError(
      'INVALID_IF_MATCH',
      `If-Match is a version number; "${header.slice(0, 60)}" is not.`,
    )
  return Number(match[1])
}

function parse(
  schema: z.ZodType | undefined,
  value: unknown,
  code: 'INVALID_BODY' | 'INVALID_QUERY',
  message: string,
): unknown {
  if (!schema) return value
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => ({
    path: issue.path,
    message: issue.message,
    code: issue.code,
  }))
  const first = issues[0]
  throw new WorkbenchError(
    code,
    `${message}${first ? `: ${first.path.join('.') || 'it'}: ${first.message}` : ''}.`,
    { issues },
  )
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const text = status === 204 ? '' : JSON.stringify(body)
  response.writeHead(status, {
    ...(status === 204
      ? {}
      : { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) }),
    'cache-control': 'no-store',
    ...headers,
  })
  response.end(text)
}
