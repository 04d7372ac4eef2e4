/**
 * From a command to its row in a browser: 500 orders a second are placed over HTTP at the real server, and a Chromium
 * has the read model's page open. The time goes from before the request is sent until the frame with the row has come
 * to the page's socket, as the browser's tools tell it: what is asked is a little less. Server, browser and caller share
 * the machine. `npm run bench browser`, which builds the server first; its last line is JSON.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { inFolder } from './support/in-folder'
import { startServer } from './support/real-server'
import { summarize } from './support/rounds'

const seconds = Number(process.argv[2] ?? 5)
const PER_SECOND = 500
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
  const durations: number[] = []
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const now = performance.now()
      for (const [key] of String(payload).matchAll(/order-\d+(?=":)/g)) {
        const at = began.get(key)
        if (at === undefined) continue
        began.delete(key)
        durations.push(now - at)
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
    while (began.size > 0) await pause(10)
    return performance.now() - start
  }
  // Code and page are warm when it counts.
  await send(PER_SECOND)
  durations.length = 0
  const elapsed = await send(PER_SECOND * seconds)
  await browser.close()
  await server.end('SIGTERM')
  return { wantedPerSecond: PER_SECOND, ...summarize(durations, elapsed) }
})
console.log(JSON.stringify(answer))
