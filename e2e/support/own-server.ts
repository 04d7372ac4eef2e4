import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A server of a test's own: its own port and database, to be killed as a power cut would. */
export interface OwnServer {
  readonly url: string
  /** Starts it on the same port and database as before. @returns once it can serve */
  start(): Promise<void>
  /** SIGKILL: no goodbye, nothing flushed. @returns once the process is gone */
  kill(): Promise<void>
}

/** @param env settings of its own */
export async function ownServer(env: Readonly<Record<string, string>> = {}): Promise<OwnServer> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const data = mkdtempSync(join(tmpdir(), 'saga-workbench-kill-'))
  let child: ChildProcess | undefined
  return {
    url,
    async start() {
      const started = spawn(process.execPath, ['.build/server/main.mjs'], {
        stdio: 'ignore',
        env: {
          ...process.env,
          PORT: String(port),
          HOST: '127.0.0.1',
          DATABASE_URL: `file:${join(data, 'workbench.db')}`,
          NODE_ENV: 'production',
          NEXT_TELEMETRY_DISABLED: '1',
          ...env,
        },
      })
      child = started
      await healthy(url, started)
    },
    async kill() {
      const ending = child
      if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
      const gone = new Promise((resolve) => ending.once('exit', resolve))
      ending.kill('SIGKILL')
      await gone
    },
  }
}

async function healthy(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    const answer = await fetch(`${url}/api/health`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = address !== null && typeof address === 'object' ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
