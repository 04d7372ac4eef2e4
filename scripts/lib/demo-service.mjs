import { createServer } from 'node:http'
import { createLedger, OFFERS } from './demo-ledger.mjs'
import { createSwitches } from './demo-switches.mjs'

const MOST_BODY = 64 * 1024
const HALVES = { POST: 'do', DELETE: 'undo' }

/**
 * A service that a saga can really call: payments, inventory and shipments of an order.
 *   POST /payments/{order}  does it, DELETE undoes it; with an Idempotency-Key, once for each key
 *   GET /ledger             what was done, per key and per order; DELETE forgets it
 *   POST /switches          breaks something; GET shows what is broken, DELETE mends it all
 */
export function createDemoService() {
  const ledger = createLedger()
  const switches = createSwitches(Object.keys(OFFERS))

  return createServer((request, response) => {
    serve(request, response).catch((error) => {
      if (!response.headersSent && !response.destroyed)
        say(response, error.status ?? 500, { detail: error.message })
    })
  })

  async function serve(request, response) {
    const { pathname } = new URL(request.url, 'http://demo')
    const [, service, order, ...more] = pathname.split('/').map(decoded)
    if (service === 'ledger' && order === undefined) return book(request, response, ledger)
    if (service === 'switches' && order === undefined) {
      if (request.method !== 'POST') return book(request, response, switches)
      const wrong = switches.set(await bodyOf(request))
      return wrong === undefined ? say(response, 200, switches.read()) : say(response, 400, { detail: wrong })
    }
    const half = HALVES[request.method]
    if (!Object.hasOwn(OFFERS, service) || !order || more.length > 0)
      return say(response, 404, {
        detail: `there are ${Object.keys(OFFERS)
          .map((name) => `/${name}/{order}`)
          .join(', ')}, /ledger and /switches`,
      })
    if (half === undefined) return say(response, 405, { detail: 'POST does it, DELETE undoes it' })

    const input = await bodyOf(request)
    const broken = switches.take(service, half)
    if (broken.latencyMs) await new Promise((resolve) => setTimeout(resolve, broken.latencyMs))
    if (broken.drop === 'before') return response.destroy()
    if (broken.error)
      return say(response, broken.error, { code: 'SWITCHED', detail: 'it was switched to fail' })
    const { status, body, replayed } = ledger.ask(
      service,
      half,
      order,
      request.headers['idempotency-key'],
      input,
      broken,
    )
    if (broken.drop === 'after') return response.destroy()
    say(response, status, body, replayed ? { 'idempotency-replayed': 'true' } : {})
  }
}

function book(request, response, { read, clear }) {
  if (request.method === 'DELETE') clear()
  else if (request.method !== 'GET') return say(response, 405, { detail: 'GET reads it, DELETE empties it' })
  say(response, 200, read())
}

function say(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

async function bodyOf(request) {
  const chunks = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > MOST_BODY) throw Object.assign(new Error('the body is too large'), { status: 413 })
    chunks.push(chunk)
  }
  if (bytes === 0) return {}
  try {
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body
  } catch {}
  throw Object.assign(new Error('the body is no JSON object'), { status: 400 })
}

function decoded(part) {
  try {
    return decodeURIComponent(part)
  } catch {
    throw Object.assign(new Error('the address is not well encoded'), { status: 400 })
  }
}
