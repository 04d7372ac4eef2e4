import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import { KEY_CHARS, STREAM_ID_CHAR } from '@/core/aggregate/stream'
import { isWorkbenchError, WorkbenchError } from '@/core/errors'
import { STREAM_ID_CHARS } from '@/core/log/stream-id'
import { parseWith } from '@/core/parse'
import { noteAnswer, noteRoute, requestIds } from '../../observe/requests'
import { sendProblem } from '../../web/problem-response'
import type { OnDefect, Workbench } from '../../workbench'
import { forbiddenOrigin, isSameOrigin } from '../same-origin'
import { idempotent, idempotentUpload } from './idempotent'
import { readJsonBody } from './read-body'
import type { Answer, Route } from './route'
import { NO_UPLOAD, sendStream, takeUpload } from './streaming'

interface Compiled {
  readonly route: Route
  readonly parts: readonly string[]
}

/** Every method that some call takes. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']

/** Only the path and the query are read: the rest of an address is whatever the client says it is. */
const BASE = 'http://localhost'

/** What a path parameter may hold: the checks of what it names come after. */
const PARAM = new RegExp(`^${STREAM_ID_CHAR}+$`)

/**
 * Answers `/api/…` from a table of routes.
 * @param onDefect told of faults that are ours
 */
export function createRouter(wb: Workbench, routes: readonly Route[], onDefect: OnDefect) {
  const compiled: readonly Compiled[] = routes.map((route) => ({
    route,
    parts: route.path.split('/').slice(1),
  }))

  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const method = request.method ?? 'GET'
    // The server as a whole, not an address in it.
    if (request.url === '*') {
      if (method !== 'OPTIONS') throw methodNotAllowed('*', ['OPTIONS'])
      return sendAllowed(response, METHODS)
    }
    // Nobody but a stranger asks for what is no address, and the pages answer that.
    if (!URL.canParse(request.url ?? '/', BASE)) return false
    const url = new URL(request.url ?? '/', BASE)
    if (url.pathname !== '/api' && !url.pathname.startsWith('/api/')) return false
    const about = `${method} ${url.pathname}`
    const ids = requestIds(request)
    try {
      const here = matching(compiled, url.pathname)
      if (method === 'OPTIONS') return sendAllowed(response, methodsOf(here))
      const { route, params } = find(here, method, url.pathname)
      sameOrigin(request, route.method)
      noteRoute(request, route.path, params)
      const answer = await call(wb, route, params, request, url, (error) => onDefect(error, about, ids))
      noteAnswer(request, answer)
      await send(response, answer, method === 'HEAD')
    } catch (error) {
      if (!isWorkbenchError(error)) onDefect(error, about, ids)
      // Half of an answer is on its way: cutting it off is all that can be told.
      if (response.headersSent) {
        response.destroy()
        return true
      }
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
  onDefect: (error: unknown) => void,
): Promise<Answer> {
  const query = parse(
    route.query,
    Object.fromEntries(url.searchParams),
    'INVALID_QUERY',
    'The query is not as this call takes it',
  )
  const none = { body: undefined, ifMatch: 0, upload: NO_UPLOAD }
  const keeping = { keys: wb.store.idempotency, request, onDefect }
  if (route.method === 'GET') return route.handle(wb, { ...none, params, query })
  if (route.takes !== undefined)
    return takeUpload(request, route.takes, (whole) =>
      idempotentUpload(
        keeping,
        { target: `${route.method} ${url.pathname}${url.search}`, upload: whole },
        async (upload) => route.handle(wb, { ...none, params, query, upload }),
      ),
    )
  const { text, value } = await readJsonBody(request)
  const body = parse(route.body, value, 'INVALID_BODY', 'The body is not as this call takes it')
  const ifMatch = route.conditional ? readIfMatch(request.headers['if-match']) : 0
  const asked = { ...none, params, query, body, ifMatch }
  const once = () => Promise.resolve(route.handle(wb, asked))
  const target = `${route.method} ${url.pathname}${route.afterwards ? '' : url.search} ${ifMatch}`
  const answer = await idempotent(keeping, { target, text }, once)
  return route.afterwards ? route.afterwards(wb, asked, answer) : answer
}

const partsOf = (pathname: string): readonly string[] => pathname.replace(/\/$/, '').split('/').slice(1)

/** The calls at an address, one a method. */
function matching(compiled: readonly Compiled[], pathname: string): readonly Compiled[] {
  const parts = partsOf(pathname)
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
  return here
}

/** Where there is GET there is HEAD, which is the same without a body. */
const methodsOf = (here: readonly Compiled[]): readonly string[] => [
  ...here.flatMap(({ route: { method } }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
  'OPTIONS',
]

const methodNotAllowed = (where: string, allow: readonly string[]): WorkbenchError =>
  new WorkbenchError('METHOD_NOT_ALLOWED', `${where} takes ${allow.join(', ')}.`, { allow })

function find(
  here: readonly Compiled[],
  method: string,
  pathname: string,
): { readonly route: Route; readonly params: Readonly<Record<string, string>> } {
  const wanted = method === 'HEAD' ? 'GET' : method
  const match = here.find(({ route }) => route.method === wanted)
  if (!match) throw methodNotAllowed(pathname, methodsOf(here))
  const parts = partsOf(pathname)
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
  const most = name === 'key' ? KEY_CHARS : STREAM_ID_CHARS
  if (!PARAM.test(value) || value.length > most)
    throw new WorkbenchError('INVALID_ID', `A ${name} has 1 to ${most} letters, digits or any of _ . : @ -`)
  return value
}

/** A page of another site must not act here in somebody's name. It may read nothing either way: the browser sees to it. */
function sameOrigin({ headers }: IncomingMessage, method: string): void {
  if (method !== 'GET' && !isSameOrigin(headers)) throw forbiddenOrigin(headers.origin)
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
  const parsed = parseWith(schema, value)
  if (parsed.ok) return parsed.value
  const issues = parsed.error
  const [first] = issues
  const where = first && first.path.length > 0 ? `: ${first.path.join('.')}` : ''
  throw new WorkbenchError(code, `${message}${where}${first ? `: ${first.message}` : ''}.`, { issues })
}

function sendAllowed(response: ServerResponse, methods: readonly string[]): true {
  response.writeHead(204, { allow: methods.join(', '), 'cache-control': 'no-store' })
  response.end()
  return true
}

/** @param headersOnly nothing of a file is read then; what else is written Node leaves out by itself */
async function send(
  response: ServerResponse,
  { status, body, headers, stream }: Answer,
  headersOnly: boolean,
): Promise<void> {
  if (stream) {
    response.writeHead(status, { 'content-type': stream.type, 'cache-control': 'no-store', ...headers })
    if (headersOnly) response.end()
    else await sendStream(response, stream.chunks)
    return
  }
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
