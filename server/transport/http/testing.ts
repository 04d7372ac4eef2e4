import { get } from 'node:http'
import { json } from 'node:stream/consumers'
import { openTestWorkbench, type TestWorkbench } from '../../engine/testing'
import { createWebServer } from '../../web/web-server'
import type { WorkbenchOptions } from '../../workbench'
import { knownHosts, refuseUnknownHosts } from '../known-hosts'
import type { Route } from './route'
import { createRouter } from './router'
import { routes } from './routes'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  /** The JSON body; null without one. A file is `{ text }`. */
  readonly body: Readonly<Record<string, unknown>>
}

export interface HttpServer {
  readonly wb: TestWorkbench
  readonly url: string
  readonly defects: string[]
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Reply>
  close(): Promise<void>
}

/** The interface behind a port of its own, on a real file. */
export async function serveHttp(
  more: readonly Route[] = [],
  options: Partial<WorkbenchOptions> = {},
): Promise<HttpServer> {
  const wb = await openTestWorkbench(undefined, options)
  const web = createWebServer()
  const defects: string[] = []
  const onDefect: WorkbenchOptions['onDefect'] = (error, about) =>
    void defects.push(`${about}: ${String(error)}`)
  web.onRequest(refuseUnknownHosts(knownHosts(['.workbench.example'])))
  web.onRequest(createRouter(wb, [...routes, ...more], onDefect))
  const url = await web.listen(0, '127.0.0.1')
  return {
    wb,
    url,
    defects,
    call: (method, path, body, headers = {}) => call(url, method, path, body, headers),
    async close() {
      await web.close()
      await wb.close()
    },
  }
}

/** Asks whether it serves, by another name than its address: `fetch` sets that itself. */
export function askAs(url: string, host: string, path = '/api/health'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    get(`${url}${path}`, { headers: { host } }, async (answer) => {
      const headers = new Headers(
        Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
      )
      resolve({ status: answer.statusCode ?? 0, headers, body: (await json(answer)) as Reply['body'] })
    }).once('error', reject)
  })
}

/** @param body text is sent as it is, anything else as JSON */
async function call(
  url: string,
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Reply> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  const isFile = answer.headers.get('content-type') === 'application/x-ndjson'
  const parsed = isFile ? { text } : text === '' ? null : JSON.parse(text)
  return { status: answer.status, headers: answer.headers, body: parsed }
}
