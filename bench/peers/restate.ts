import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VARIANTS } from '../saga/bench-design'
import { freePort } from '../support/free-port'
import { drive, medianOf, ROUNDS, type Round } from '../support/rounds'
import { send } from '../support/send'

/** Restate's server and a service of its SDK, each a process; the saga is called over HTTP and awaited. */
export async function restate(folder: string, seconds: number): Promise<unknown> {
  const home = mkdtempSync(join(tmpdir(), 'restate-bench-'))
  const [ingress, admin, fabric, service] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ])
  const env = {
    ...process.env,
    RESTATE_BASE_DIR: home,
    RESTATE_LOG_FILTER: 'error',
    RESTATE_DISABLE_TELEMETRY: 'true',
    RESTATE_BIND_ADDRESS: `127.0.0.1:${fabric}`,
    RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
    RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
  }
  const server = spawn(join(folder, 'node_modules/.bin/restate-server'), [], {
    env,
    stdio: 'ignore',
    cwd: home,
    // The package's script starts the server itself: both are ended, as a group.
    detached: true,
  })
  const saga = fork(join(folder, 'restate-saga.mjs'), [String(service)], {
    stdio: ['ignore', 'ignore', 2, 'ipc'],
    env: { ...process.env, RESTATE_LOGGING: 'ERROR' },
  })
  const agent = new Agent({ keepAlive: true })
  try {
    await Promise.race([once(saga, 'message'), died(saga, 'its service'), died(server, 'its server')])
    await until(() => post(agent, admin, '/deployments', { uri: `http://127.0.0.1:${service}` }))
    const run = async (variant: string) => {
      const ended = await post(agent, ingress, '/Saga/run', variant)
      if (ended !== (variant === 'succeeds' ? 'completed' : 'compensated')) throw new Error(`ended ${ended}`)
    }
    await until(() => run('succeeds'))
    await drive(20, 1, () => run('succeeds'))
    const figures: Record<string, Record<string, Round>> = {}
    for (const variant of VARIANTS) {
      const row: Record<string, Round> = {}
      for (const concurrency of [1, 20, 200])
        row[concurrency] = await medianOf(ROUNDS, () => drive(concurrency, seconds, () => run(variant)))
      figures[variant] = row
    }
    return figures
  } finally {
    agent.destroy()
    saga.kill('SIGKILL')
    // A group that has died already is what the error is about.
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, 'SIGKILL')
    rmSync(home, { recursive: true, force: true })
  }
}

const died = (child: ChildProcess, what: string): Promise<never> =>
  once(child, 'exit').then(() => Promise.reject(new Error(`${what} ended`)))

async function until<T>(attempt: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + 30_000
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (performance.now() > giveUpAt) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

async function post(agent: Agent, port: number, path: string, body: unknown): Promise<unknown> {
  const answer = await send(agent, 'POST', `http://127.0.0.1:${port}${path}`, JSON.stringify(body))
  return answer === '' ? null : JSON.parse(answer)
}
