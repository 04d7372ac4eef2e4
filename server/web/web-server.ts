import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { WorkbenchError } from '@/core/errors'
import { sendProblem } from './problem-response'

/** Answers a request and says so, or returns false and leaves it to the next in line. */
export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean | Promise<boolean>

export interface WebServer {
  /** For those who listen to upgrades: Socket.IO, and Next's hot reload while developing. */
  readonly http: Server
  /** Handlers are asked in the order they were added. */
  onRequest(handler: RequestHandler): void
  /** Run once on close, latest first: what was built last is taken down first. */
  onClose(hook: () => void | Promise<void>): void
  /**
   * @param port 0 picks a free one
   * @returns the address to open in a browser
   * @throws {NodeJS.ErrnoException} as `listen` gives it: EADDRINUSE, EACCES, …
   */
  listen(port: number, host: string): Promise<string>
  /** Takes no new connection, runs the hooks, ends what is still open. Repeated calls give the same promise. */
  close(): Promise<void>
}

const KEEP_ALIVE_MS = 65_000

/** One http server that nobody owns: the pages, the API and the sockets each add their part. */
export function createWebServer(): WebServer {
  const handlers: RequestHandler[] = []
  const hooks: (() => void | Promise<void>)[] = []
  let closing: Promise<void> | undefined

  const http = createServer((request, response) => {
    answer(handlers, request, response).catch((error: unknown) => fail(response, error))
  })
  // Longer than clients and proxies keep a connection: one that closes first loses the request that is on its way.
  http.keepAliveTimeout = KEEP_ALIVE_MS

  async function close(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      if (http.listening) http.close(() => resolve())
      else resolve()
    })
    for (const hook of hooks.reverse()) await hook()
    http.closeAllConnections()
    await ended
  }

  return {
    http,
    onRequest: (handler) => void handlers.push(handler),
    onClose: (hook) => void hooks.push(hook),
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        http.once('error', reject)
        http.listen(port, host, () => {
          http.off('error', reject)
          resolve(addressOf(http, host))
        })
      }),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

async function answer(
  handlers: readonly RequestHandler[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const handler of handlers) if (await handler(request, response)) return
  sendProblem(response, new WorkbenchError('ROUTE_NOT_FOUND', 'There is nothing at this address.'))
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy()
  else sendProblem(response, error)
}

function addressOf(http: Server, host: string): string {
  const address = http.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  // 0.0.0.0 and :: are where it listens, not where a browser goes
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
