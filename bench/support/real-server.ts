import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent } from 'node:http'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { io } from 'socket.io-client'
import { freePort } from './free-port'
import { send } from './send'

/** The built server, as `npm start` starts it, in a process of its own. */
export interface RealServer {
  readonly url: string
  /** From the start of its process until it says that it is ready. */
  readonly readyMs: number
  post(path: string, body: unknown): Promise<{ readonly id: string; readonly status: string }>
  /** What `/metrics` says of one, its labels or its `le` in braces included. */
  metric(name: string): Promise<number>
  /** A page that follows the list of runs of a design. @returns closes it; it must have been told of something */
  page(designId: string): Promise<() => void>
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

export async function startServer(path: string): Promise<RealServer> {
  const port = await freePort()
  const began = performance.now()
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
  const readyMs = Math.round(performance.now() - began)
  const url = `http://127.0.0.1:${port}`
  const agent = new Agent({ keepAlive: true })
  return {
    url,
    readyMs,
    post: async (to, body) => JSON.parse(await send(agent, 'POST', `${url}${to}`, JSON.stringify(body))),
    async metric(name) {
      const text = await send(agent, 'GET', `${url}/metrics`)
      const line = text.split('\n').find((one) => one.startsWith(`${name} `))
      if (line === undefined) throw new Error(`there is no metric ${name}`)
      return Number(line.slice(name.length + 1))
    },
    async page(designId) {
      const socket = io(url, { transports: ['websocket'] })
      await new Promise<void>((resolve) => socket.once('connect', resolve))
      await socket.emitWithAck('subscribe', { topic: `runs:${designId}`, after: 0 })
      let changes = 0
      socket.on('events', ({ events }: { readonly events: readonly unknown[] }) => {
        changes += events.length
      })
      return () => {
        socket.disconnect()
        if (changes === 0) throw new Error('the page was told of nothing')
      }
    },
    async end(signal) {
      agent.destroy()
      child.kill(signal)
      await gone
    },
  }
}

async function isReady(output: Readable): Promise<void> {
  const lines = createInterface({ input: output })
  for await (const line of lines) {
    if (!line.includes(' is ready at ')) continue
    // What it goes on to say is nobody's, and must not keep it waiting.
    output.resume()
    return
  }
  throw new Error('the server of the bench ended before it was ready; `node .build/server/main.mjs` says why')
}
