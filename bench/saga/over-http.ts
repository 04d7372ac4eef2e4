import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { io } from 'socket.io-client'
import { freePort } from '../support/free-port'
import { benchDesign, startOf, type Variant } from './bench-design'
import { checkEnding, type Runner } from './in-process'

/**
 * The server as `npm start` starts it, in a process of its own, with a page that follows its list of runs. One request a
 * saga, over connections that stay open, which is answered at its end. Client and page share the machine with it.
 */
export async function overHttp(path: string): Promise<Runner> {
  const port = await freePort()
  const child = spawn(process.execPath, ['--max-semi-space-size=64', '.build/server/main.mjs'], {
    // Its log is as long as it is by default, and nobody's.
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATABASE_URL: `file:${path}`,
      NODE_ENV: 'production',
    },
  })
  const gone = once(child, 'exit')
  await Promise.race([
    isReady(child.stdout),
    gone.then(() => Promise.reject(new Error('the server of the bench did not start'))),
  ])
  const url = `http://127.0.0.1:${port}`
  const agent = new Agent({ keepAlive: true })
  const post = async (to: string, body: unknown): Promise<{ readonly id: string; readonly status: string }> =>
    JSON.parse(await send(agent, `${url}${to}`, JSON.stringify(body)))
  const { id } = await post('/api/designs', { document: benchDesign })
  const page = io(url, { transports: ['websocket'] })
  await new Promise<void>((resolve) => page.once('connect', resolve))
  await page.emitWithAck('subscribe', { topic: `runs:${id}`, after: 0 })
  let changes = 0
  page.on('events', ({ events }: { readonly events: readonly unknown[] }) => {
    changes += events.length
  })
  return {
    async run(variant: Variant) {
      const { status } = await post(`/api/designs/${id}/runs?wait=30`, startOf(variant))
      checkEnding(variant, status)
    },
    async close() {
      if (changes === 0) throw new Error('the page was told of nothing')
      page.disconnect()
      agent.destroy()
      child.kill('SIGTERM')
      await gone
    },
  }
}

async function isReady(output: Readable): Promise<void> {
  const lines = createInterface({ input: output })
  for await (const line of lines) if (line.includes(' is ready at ')) break
  // What it goes on to say is nobody's, and must not keep it waiting.
  output.resume()
}

function send(agent: Agent, url: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const asked = request(url, { agent, method: 'POST', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => {
        if ((response.statusCode ?? 500) < 300) resolve(text)
        else reject(new Error(`${url}: ${response.statusCode} ${text}`))
      })
      response.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}
