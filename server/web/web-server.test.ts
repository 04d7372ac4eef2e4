import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { WorkbenchError } from '@/core/errors'
import { listenRefusal } from './listen-refusal'
import { contentSecurityPolicy, secureHeaders } from './security-headers'
import { createWebServer, type WebServer } from './web-server'

const open: WebServer[] = []
function webServer(): WebServer {
  const web = createWebServer()
  open.push(web)
  return web
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((web) => web.close()))
})

describe('the web server', () => {
  it('offers a request to the handlers in order until one takes it', async () => {
    const web = webServer()
    const asked: string[] = []
    web.onRequest((request) => {
      asked.push(`first ${request.url}`)
      return false
    })
    web.onRequest((_request, response) => {
      response.end('second')
      return true
    })
    web.onRequest(() => {
      asked.push('third')
      return false
    })
    const url = await web.listen(0, '127.0.0.1')
    expect(await (await fetch(`${url}/x`)).text()).toBe('second')
    expect(asked).toEqual(['first /x'])
  })

  it('answers a problem document when nobody takes it', async () => {
    const url = await webServer().listen(0, '127.0.0.1')
    const answer = await fetch(url)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND', status: 404 })
  })

  it('turns a throw into its own code, and keeps the words of an unknown fault to itself', async () => {
    const web = webServer()
    web.onRequest(async (request) => {
      if (request.url === '/known') throw new WorkbenchError('STALE_VERSION', 'stale', { currentVersion: 3 })
      throw new Error('the password is swordfish')
    })
    const url = await web.listen(0, '127.0.0.1')
    const known = await fetch(`${url}/known`)
    expect(known.status).toBe(412)
    expect(await known.json()).toMatchObject({ code: 'STALE_VERSION', detail: 'stale', currentVersion: 3 })
    const unknown = await fetch(`${url}/unknown`)
    expect(unknown.status).toBe(500)
    const text = await unknown.text()
    expect(JSON.parse(text)).toMatchObject({ code: 'INTERNAL' })
    expect(text).not.toContain('swordfish')
  })

  it('closes once, latest hook first, and ends a connection that hangs', async () => {
    const web = webServer()
    const order: string[] = []
    web.onClose(() => void order.push('store'))
    web.onClose(() => void order.push('engine'))
    let reached: () => void = () => {}
    const hanging = new Promise<void>((resolve) => {
      reached = resolve
    })
    web.onRequest(() => {
      reached()
      return true
    })
    const url = await web.listen(0, '127.0.0.1')
    const answer = fetch(url).then(
      () => 'answered',
      () => 'ended',
    )
    await hanging
    await Promise.all([web.close(), web.close()])
    expect(await answer).toBe('ended')
    expect(order).toEqual(['engine', 'store'])
  })

  it('rejects with EADDRINUSE on a taken port, and the refusal names PORT', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const error: unknown = await webServer()
      .listen(port, '127.0.0.1')
      .catch((reason: unknown) => reason)
    expect(listenRefusal(error, { PORT: port, HOST: '127.0.0.1' })).toMatch(
      `PORT ${port} on 127.0.0.1 is in use`,
    )
    expect(listenRefusal(new Error('other'), { PORT: port, HOST: '127.0.0.1' })).toBeNull()
    await new Promise((resolve) => other.close(resolve))
  })
})

describe('security headers', () => {
  it('gives each request its own nonce, in the request that Next reads and in the answer', async () => {
    const web = webServer()
    const seen: unknown[] = []
    web.onRequest((request, response) => {
      secureHeaders(request, response, false)
      seen.push(request.headers['content-security-policy'])
      response.end()
      return true
    })
    const url = await web.listen(0, '127.0.0.1')
    const forged = { headers: { 'content-security-policy': "script-src 'nonce-forged'" } }
    const answers = [await fetch(url, forged), await fetch(url, forged)]
    const policies = answers.map((answer) => answer.headers.get('content-security-policy'))
    expect(policies).toEqual(seen)
    expect(policies[0]).not.toBe(policies[1])
    expect(policies.join()).not.toContain('forged')
    expect(answers[0]?.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('lets data load nothing, wherever it is opened', async () => {
    const web = webServer()
    web.onRequest((request, response) => {
      secureHeaders(request, response, false)
      response.end()
      return true
    })
    const url = await web.listen(0, '127.0.0.1')
    const policyOf = async (path: string) =>
      (await fetch(url + path)).headers.get('content-security-policy') ?? ''
    for (const path of ['/api/designs', '/api', '/api?x', '/metrics'])
      expect(await policyOf(path)).toMatch(/^default-src 'none';/)
    for (const path of ['/', '/apis', '/designs/api'])
      expect(await policyOf(path)).toMatch(/^default-src 'self'; script-src/)
  })

  it("allows eval only while developing, and never 'unsafe-inline' scripts", () => {
    const script = (dev: boolean) => contentSecurityPolicy('n', dev).split('; ')[1]
    expect(script(false)).toBe("script-src 'self' 'nonce-n' 'wasm-unsafe-eval'")
    expect(script(true)).toBe("script-src 'self' 'nonce-n' 'wasm-unsafe-eval' 'unsafe-eval'")
  })
})
