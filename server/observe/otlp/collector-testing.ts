import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A span as OTLP's JSON has it. */
export interface OtlpSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly status: { readonly code: number; readonly message?: string }
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[]
  readonly events: readonly { readonly name: string }[]
}

export interface OtlpRequest {
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly bytes: Buffer
  /** The body, when it was JSON. */
  readonly json: unknown
}

/** What a collector does with a request: takes it, or has a mood. */
export type Mood =
  | { readonly type: 'takes' }
  | {
      readonly type: 'answers'
      readonly status: number
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>>
    }
  /** Hangs up. */
  | { readonly type: 'away' }
  /** Never answers. */
  | { readonly type: 'hangs' }

export interface Collector {
  readonly url: string
  mood: Mood
  /** Every request, in order. */
  readonly requests: readonly OtlpRequest[]
  /** Spans of the requests that it took. */
  spans(): readonly OtlpSpan[]
  until(enough: () => boolean): Promise<void>
  close(): Promise<void>
}

/** A collector for tests: a real HTTP server that receives OTLP. */
export async function serveCollector(): Promise<Collector> {
  const requests: OtlpRequest[] = []
  const taken: OtlpRequest[] = []
  const waiting = new Set<() => void>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    const isJson = request.headers['content-type'] === 'application/json'
    const json: unknown = isJson ? JSON.parse(bytes.toString('utf8')) : null
    const one = { url: request.url ?? '', headers: request.headers, bytes, json }
    requests.push(one)
    if (collector.mood.type === 'takes') taken.push(one)
    answer(collector.mood, response)
    for (const look of waiting) look()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const collector: Collector = {
    url: `http://127.0.0.1:${port}`,
    mood: { type: 'takes' },
    requests,
    spans: () => taken.flatMap(({ json }) => spansOf(json)),
    until: (enough) =>
      new Promise((resolve) => {
        const look = () => {
          if (!enough()) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return collector
}

function answer(mood: Mood, response: ServerResponse): void {
  switch (mood.type) {
    case 'takes':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
      return
    case 'answers': {
      const { status, body = {}, headers } = mood
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(body))
      return
    }
    case 'away':
      response.destroy()
      return
    case 'hangs':
      return
  }
}

interface TracesBody {
  readonly resourceSpans?: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[]
  }[]
}

const spansOf = (json: unknown): readonly OtlpSpan[] =>
  ((json as TracesBody).resourceSpans ?? []).flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans),
  )

export const attribute = (span: OtlpSpan, key: string): unknown =>
  Object.values(span.attributes.find((one) => one.key === key)?.value ?? {})[0]
