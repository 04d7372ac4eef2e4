import { type ChildProcess, spawn } from 'node:child_process'

/** The demo service, on a free port of its own. */
export interface DemoService {
  readonly url: string
  /** `127.0.0.1:port` */
  readonly place: string
  ledger(): Promise<Ledger>
  flip(body: Readonly<Record<string, unknown>>): Promise<void>
  reset(): Promise<void>
  stop(): Promise<void>
}

export interface Ledger {
  readonly keys: readonly {
    readonly key: string
    readonly service: string
    readonly half: 'do' | 'undo'
    readonly asked: number
    readonly did: number
  }[]
  readonly orders: readonly { readonly place: string; readonly standing: number }[]
}

export async function startDemoService(): Promise<DemoService> {
  const child: ChildProcess = spawn(process.execPath, ['scripts/demo-service.mjs'], {
    env: { ...process.env, DEMO_PORT: '0' },
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the demo service ended with ${code}`)))
    child.stdout?.on('data', (data) => {
      const found = /ready at (\S+)/.exec(String(data))?.[1]
      if (found !== undefined) resolve(found)
    })
  })
  const send = (method: string, path: string, body?: unknown) =>
    fetch(`${url}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  return {
    url,
    place: new URL(url).host,
    ledger: async () => (await send('GET', '/ledger')).json(),
    async flip(body) {
      const answer = await send('POST', '/switches', body)
      if (!answer.ok) throw new Error(await answer.text())
    },
    async reset() {
      await send('DELETE', '/ledger')
      await send('DELETE', '/switches')
    },
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
    },
  }
}
