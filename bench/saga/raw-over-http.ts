import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent } from 'node:http'
import { send } from '../support/send'
import type { Variant } from './bench-design'
import type { Runner } from './in-process'
import type { Appends } from './raw-rows'
import type { RawServerOrder } from './raw-server'

/** Asks the bare loop as the workbench is asked. @param program what becomes `serveRaw` when it is given `serve-raw` */
export async function rawOverHttp(
  program: string,
  path: string,
  appends: Readonly<Record<Variant, Appends>>,
): Promise<Runner> {
  const server = fork(program, ['serve-raw'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  server.send({ path, appends } satisfies RawServerOrder)
  const [port] = await Promise.race([
    once(server, 'message'),
    once(server, 'exit').then(() => Promise.reject(new Error('the bare loop did not start'))),
  ])
  const agent = new Agent({ keepAlive: true })
  return {
    async run(variant) {
      await send(agent, 'POST', `http://127.0.0.1:${port}/`, JSON.stringify({ variant }))
    },
    async close() {
      agent.destroy()
      server.kill()
      await once(server, 'exit')
    },
  }
}
