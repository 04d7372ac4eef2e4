import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { benchDesign, startOf, type Variant } from './bench-design'
import { checkEnding, type Runner } from './in-process'

/** Beside this file in the source, and beside the bundle that `npm run bench` makes. */
const here = import.meta.url
const server = fileURLToPath(new URL(here.endsWith('.ts') ? './server.ts' : './server.mjs', here))

/** Two requests a saga, over connections that stay open: start it, and ask for its end. The server is another process. */
export async function overHttp(path: string): Promise<Runner> {
  const child = fork(server, [path], { stdio: ['ignore', 2, 2, 'ipc'] })
  const gone = once(child, 'exit')
  const url = await Promise.race([
    once(child, 'message').then(([address]) => String(address)),
    gone.then(() => Promise.reject(new Error('the server of the bench did not start'))),
  ])
  const agent = new Agent({ keepAlive: true })
  const post = async (to: string, body: unknown): Promise<{ readonly id: string }> =>
    JSON.parse(await send(agent, 'POST', `${url}${to}`, JSON.stringify(body)))
  const { id } = await post('/api/designs', { document: benchDesign })
  return {
    async run(variant: Variant) {
      const run = await post(`/api/designs/${id}/runs`, startOf(variant))
      checkEnding(variant, await send(agent, 'GET', `${url}/bench/runs/${run.id}/end`))
    },
    async close() {
      agent.destroy()
      child.disconnect()
      await gone
    },
  }
}

function send(agent: Agent, method: string, url: string, body?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers =
      body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const asked = request(url, { agent, method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => {
        if ((response.statusCode ?? 500) < 300) resolve(text)
        else reject(new Error(`${method} ${url}: ${response.statusCode} ${text}`))
      })
      response.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}
