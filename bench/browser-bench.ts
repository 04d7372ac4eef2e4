/**
 * From an append to its row in a browser: 500 orders a second are placed over HTTP at the real server, and a Chromium
 * has the read model's page open. `toRow` goes from the time that the event bears, which it is given before its commit,
 * until the frame with the row has come to the page's socket, as the browser's tools tell it: a little more than what is
 * asked. `toRowFromCommand` begins before the request is sent. Server, browser and caller share the machine.
 * `npm run bench browser`, which builds the server first; its last line is JSON.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { inFolder } from './support/in-folder'
import { startServer } from './support/real-server'
import { summarize } from './support/rounds'

const seconds = Number(process.argv[2] ?? 5)
const PER_SECOND = 500
/** A row in a message: its key, and when its last event was recorded. */
const ROW = /"(order-\d+)":\{[^{}]*"updatedAt":(\d+)/g
const executablePath = process.env.CHROMIUM_PATH || undefined

const answer = await inFolder(async (path) => {
  const server = await startServer(path)
  const { id } = await server.post('/api/designs', { template: 'order-fulfilment' })
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'],
  })
  const page = await browser.newPage()
  const began = new Map<string, number>()
  const fromCommand: number[] = []
  const fromAppend: number[] = []
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const now = performance.now()
      const wallNow = Date.now()
      for (const [, key = '', recordedAt] of String(payload).matchAll(ROW)) {
        const at = began.get(key)
        if (at === undefined) continue
        began.delete(key)
        fromCommand.push(now - at)
        fromAppend.push(wallNow - Number(recordedAt))
      }
    }),
  )
  await page.goto(`${server.url}/w/${id}/data/read-models/orders`)
  await page.getByRole('heading', { name: 'Orders' }).first().waitFor()
  let sent = 0
  const place = async () => {
    const key = `order-${sent++}`
    began.set(key, performance.now())
    await server.post(`/api/designs/${id}/aggregates/Order/${key}/commands`, {
      type: 'CreateOrder',
      payload: { customer: 'grace', items: [{ productId: 'pen', quantity: 1, price: 3 }] },
      commandId: key,
    })
  }
  const send = async (count: number) => {
    const start = performance.now()
    const until = sent + count
    const first = sent
    const under: Promise<void>[] = []
    while (sent < until) {
      const due = Math.min(until, first + ((performance.now() - start) * PER_SECOND) / 1_000)
      while (sent < due) under.push(place())
      await pause(2)
    }
    await Promise.all(under)
    const elapsed = performance.now() - start
    const giveUpAt = performance.now() + 10_000
    while (began.size > 0 && performance.now() < giveUpAt) await pause(10)
    return elapsed
  }
  // Code and page are warm when it counts. What came before the page listened is in what it read.
  await send(PER_SECOND)
  began.clear()
  fromCommand.length = 0
  fromAppend.length = 0
  const elapsed = await send(PER_SECOND * seconds)
  if (began.size > 0) throw new Error(`${began.size} rows never came: ${[...began.keys()].slice(0, 5)}`)
  await browser.close()
  await server.end('SIGTERM')
  return {
    wantedPerSecond: PER_SECOND,
    toRow: summarize(fromAppend, elapsed),
    toRowFromCommand: summarize(fromCommand, elapsed),
  }
})
console.log(JSON.stringify(answer))
