import type { ServerResponse } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpAnswer } from '@/core/http/answer'
import type { HttpRequest } from '@/core/http/request'
import { LIMITS } from '../limits'
import { createHttpCaller } from './http-caller'
import { say, serveTest, type TestService } from './http-testing'

let service: TestService
let elsewhere: TestService
beforeAll(async () => {
  elsewhere = await serveTest((seen, response) =>
    say(response, 200, { elsewhere: seen.method, authorization: seen.headers.authorization ?? null }),
  )
  service = await serveTest(({ url, method }, response) => {
    const redirect = /^\/redirect\/(\d+)\/(.*)$/.exec(url)
    if (redirect) {
      response.writeHead(Number(redirect[1]), { location: decodeURIComponent(redirect[2] ?? '') })
      response.end()
    } else if (url === '/long') {
      response.writeHead(200, { 'content-type': 'text/plain' })
      response.end('x'.repeat(LIMITS.httpAnswerBytes + 1))
    } else if (url === '/endless') {
      response.writeHead(200)
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
      }
      response.on('drain', pour)
      pour()
    } else if (url === '/headers') {
      response.writeHead(200, { 'x-long': 'x'.repeat(LIMITS.httpHeaderBytes) })
      response.end()
    } else if (url === '/silent') return
    else if (url === '/half') {
      response.writeHead(200, { 'content-length': 100 })
      response.write('half', () => response.destroy())
    } else if (url === '/slam') response.destroy()
    else say(response, 200, { method, url })
  })
})
afterAll(async () => {
  await service.close()
  await elsewhere.close()
})

const ABOUT = { runId: 'run', nodeId: 'n', phase: 'action', attempt: 1 } as const
const requestOf = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  url,
  headers: { 'idempotency-key': 'k' },
  body: '{}',
  timeoutMs: 5_000,
  redirects: 0,
  ...more,
})
const open = createHttpCaller({ settings: { allowPrivate: true, allow: [] } })
const send = async (
  path: string,
  more: Partial<HttpRequest> = {},
  caller = open,
  signal = new AbortController().signal,
): Promise<HttpAnswer> => {
  const url = path.startsWith('http') ? path : `${service.url}${path}`
  return (await caller.call(requestOf(url, more), ABOUT, signal)).answer
}
const error = (answer: HttpAnswer): readonly [string, string, string] => {
  if (answer.type === 'answered') throw new Error(`answered ${answer.status}`)
  return [answer.type, answer.error.code, answer.error.kind]
}

describe('a request', () => {
  it('is answered with status, headers and text, whatever the status', async () => {
    expect(await send('/orders?q=1')).toMatchObject({
      type: 'answered',
      status: 200,
      headers: { 'content-type': 'application/json' },
      text: '{"method":"POST","url":"/orders?q=1"}',
      cut: false,
    })
  })

  it('goes out with its headers, its length, and those of its trace', async () => {
    const traced = createHttpCaller({
      settings: { allowPrivate: true, allow: [] },
      traceHeaders: ({ runId, attempt }) => ({ traceparent: `00-${runId}-${attempt}` }),
    })
    await send('/traced', { headers: { 'x-own': 'mine' }, body: '"é"' }, traced)
    expect(service.seen.find(({ url }) => url === '/traced')).toMatchObject({
      body: '"é"',
      headers: { 'x-own': 'mine', traceparent: '00-run-1', 'content-length': '4', connection: 'close' },
    })
  })

  it('that Node itself will not send is an answer too', async () => {
    expect(error(await send('/x', { headers: { 'x-bad': 'a\nb' } }))).toEqual([
      'not-sent',
      'HTTP_REQUEST_INVALID',
      'business',
    ])
  })

  it('with too long a body is not sent', async () => {
    const body = 'x'.repeat(LIMITS.httpRequestBytes + 1)
    expect(error(await send('/much', { body }))).toEqual(['not-sent', 'HTTP_REQUEST_INVALID', 'business'])
    expect(service.seen.some(({ url }) => url === '/much')).toBe(false)
  })
})

describe('a connection', () => {
  it('that is refused, or to a host that is not there, sent nothing', async () => {
    const port = await closedPort()
    expect(error(await send(`http://127.0.0.1:${port}/`))).toEqual([
      'not-sent',
      'ConnectionRefused',
      'technical',
    ])
    expect(error(await send('http://no-such-host.invalid/'))).toEqual([
      'not-sent',
      'HostNotFound',
      'technical',
    ])
  })

  it('that never speaks TLS sent nothing of the request', async () => {
    expect(error(await send(service.url.replace('http:', 'https:')))).toEqual([
      'not-sent',
      'TlsFailed',
      'technical',
    ])
  })

  it('that is lost before or within the answer leaves the outcome unknown', async () => {
    for (const path of ['/slam', '/half'])
      expect(error(await send(path))).toEqual(['no-answer', 'ConnectionLost', 'technical'])
  })

  it('on which no answer comes in time leaves the outcome unknown', async () => {
    expect(error(await send('/silent', { timeoutMs: 50 }))).toEqual(['no-answer', 'HttpTimeout', 'technical'])
  })

  it('that does not come about in time sent nothing', async () => {
    // It takes the connection and says nothing: the handshake of TLS is never answered.
    const sockets = new Set<Socket>()
    const mute = createServer((socket) => void sockets.add(socket))
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    const address = mute.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    expect(error(await send(`https://127.0.0.1:${port}/`, { timeoutMs: 50 }))).toEqual([
      'not-sent',
      'ConnectTimeout',
      'technical',
    ])
    for (const socket of sockets) socket.destroy()
    mute.close()
  })

  it('is broken off when it is told to', async () => {
    const breaking = new AbortController()
    const sending = send('/silent', {}, open, breaking.signal)
    const before = service.seen.length
    while (service.seen.length === before) await new Promise((resolve) => setImmediate(resolve))
    breaking.abort()
    expect(error(await sending)[0]).toBe('no-answer')
  })
})

describe('an answer', () => {
  it('longer than is read is cut, and the rest is not waited for', async () => {
    for (const path of ['/long', '/endless']) {
      const answer = await send(path)
      expect(answer).toMatchObject({ type: 'answered', status: 200, cut: true })
      expect(answer.type === 'answered' && answer.text.length <= LIMITS.httpAnswerBytes).toBe(true)
    }
  })

  it('with more headers than are read is too large, and leaves the outcome unknown', async () => {
    expect(error(await send('/headers'))).toEqual(['no-answer', 'HTTP_ANSWER_TOO_LARGE', 'business'])
  })
})

describe('a redirect', () => {
  const via = (status: number, place: string) => `/redirect/${status}/${encodeURIComponent(place)}`

  it('is the answer unless it is to be followed, and when there is one too many', async () => {
    expect(await send(via(302, '/a'))).toMatchObject({ type: 'answered', status: 302 })
    const twice = via(307, via(307, '/a'))
    expect(await send(twice, { redirects: 1 })).toMatchObject({ type: 'answered', status: 307 })
    expect(await send(twice, { redirects: 2 })).toMatchObject({ status: 200 })
  })

  it('repeats the request for 307 and 308, and only looks there for the others', async () => {
    const said = async (status: number) => {
      const answer = await send(via(status, '/there'), { redirects: 1 })
      return answer.type === 'answered' ? JSON.parse(answer.text).method : answer
    }
    expect([await said(307), await said(308), await said(301), await said(303)]).toEqual([
      'POST',
      'POST',
      'GET',
      'GET',
    ])
  })

  it('takes what is personal to the first host no further', async () => {
    const headers = { authorization: 'Bearer secret' }
    const answer = await send(via(307, `${elsewhere.url}/x`), { redirects: 1, headers })
    expect(answer).toMatchObject({ text: '{"elsewhere":"POST","authorization":null}' })
  })

  it('to a private address is refused like any other way there', async () => {
    const guarded = createHttpCaller({ settings: { allowPrivate: false, allow: [service.place] } })
    const before = elsewhere.seen.length
    expect(error(await send(via(307, elsewhere.url), { redirects: 1 }, guarded))).toEqual([
      'not-sent',
      'HTTP_ADDRESS_REFUSED',
      'business',
    ])
    // After a POST that was answered with "look there", the work may have been done.
    expect(error(await send(via(303, elsewhere.url), { redirects: 1 }, guarded))[0]).toBe('no-answer')
    expect(elsewhere.seen).toHaveLength(before)
  })
})

describe('a private address', () => {
  const guarded = createHttpCaller()

  it('is refused by number and by name, with what to do about it, and nothing reaches it', async () => {
    const before = service.seen.length
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1']) {
      const answer = await send(`http://${host}:${service.port}/x`, {}, guarded)
      expect([host, ...error(answer)]).toEqual([host, 'not-sent', 'HTTP_ADDRESS_REFUSED', 'business'])
      expect(answer.type === 'not-sent' && answer.error.message).toContain('HTTP_ALLOW=')
    }
    expect(service.seen).toHaveLength(before)
  })

  it('is reached when its host and port are allowed, and no other port of it is', async () => {
    const allowing = createHttpCaller({
      settings: { allowPrivate: false, allow: [service.place, `localhost:${service.port}`] },
    })
    expect(await send('/x', {}, allowing)).toMatchObject({ status: 200 })
    expect(await send(`http://localhost:${service.port}/x`, {}, allowing)).toMatchObject({ status: 200 })
    expect(error(await send(elsewhere.url, {}, allowing))[1]).toBe('HTTP_ADDRESS_REFUSED')
  })
})

it('sends no more requests at once than it may, and all of them in the end', async () => {
  const held: ServerResponse[] = []
  let most = 0
  let full: () => void = () => undefined
  const isFull = new Promise<void>((resolve) => {
    full = resolve
  })
  let holding = true
  const crowded = await serveTest(({ url }, response) => {
    if (url === '/look' || !holding) return say(response, 200, {})
    most = held.push(response)
    if (most === LIMITS.httpCallsAtOnce) full()
  })
  const many = LIMITS.httpCallsAtOnce + 20
  const sending = Promise.all(Array.from({ length: many }, () => send(crowded.url)))
  await isFull
  // Whatever had been sent beside them would be here before this comes back.
  await fetch(`${crowded.url}/look`)
  expect(most).toBe(LIMITS.httpCallsAtOnce)
  holding = false
  for (const response of held) say(response, 200, {})
  expect((await sending).filter(({ type }) => type === 'answered')).toHaveLength(many)
  await crowded.close()
})

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const gone = await serveTest(() => undefined)
  await gone.close()
  return gone.port
}
