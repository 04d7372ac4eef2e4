import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { DesignInput } from '@/core/design/document'

type OperationInput = NonNullable<NonNullable<DesignInput['services']>[number]['operations']>[number]
export type HttpInput = NonNullable<OperationInput['http']>

/** A request as a service saw it. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface TestService {
  readonly url: string
  /** `127.0.0.1:port` */
  readonly place: string
  readonly port: number
  /** Everything that was asked of it, in order. */
  readonly seen: readonly Seen[]
  close(): Promise<void>
}

export type Handler = (seen: Seen, response: ServerResponse, count: number) => void

/** A real service for tests, on a free port of this machine. @param handle gets each request, and how many came before */
export async function serveTest(handle: Handler): Promise<TestService> {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const one = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    }
    handle(one, response, seen.push(one) - 1)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    place: `127.0.0.1:${port}`,
    port,
    seen,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Answers with JSON. */
export function say(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

/** A service of a design whose operations really call. */
export const calling = (
  id: string,
  operations: Readonly<Record<string, { readonly http: HttpInput } & Partial<OperationInput>>>,
): NonNullable<DesignInput['services']>[number] => ({
  id,
  operations: Object.entries(operations).map(([name, operation]) => ({ id: name, ...operation })),
})

export const to = (template: string, more: Partial<HttpInput> = {}): HttpInput => ({
  url: { type: 'template', template },
  ...more,
})
