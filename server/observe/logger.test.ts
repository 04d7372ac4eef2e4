import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const CHILD = fileURLToPath(new URL('logger-child.ts', import.meta.url))

const child = () => spawn(process.execPath, ['--import', 'tsx', CHILD], { stdio: ['ignore', 'pipe', 'pipe'] })

async function said(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stream.setEncoding('utf8')) text += chunk
  return text
}

it('loses lines that nobody reads, counts them, and waits for nobody', async () => {
  const logging = child()
  logging.stderr.pause()
  const [line] = (await once(logging.stdout.setEncoding('utf8'), 'data')) as [string]
  const { tookMs, dropped } = JSON.parse(line) as { readonly tookMs: number; readonly dropped: number }
  expect(dropped).toBeGreaterThan(1_000)
  expect(tookMs).toBeLessThan(10_000)
  logging.kill('SIGKILL')
})

it('has written what was waiting when the process ends', async () => {
  const logging = child()
  const [out, err] = await Promise.all([said(logging.stdout), said(logging.stderr)])
  const { dropped } = JSON.parse(out) as { readonly dropped: number }
  const lines = err.trimEnd().split('\n')
  expect(lines.length + dropped).toBe(20_000)
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ msg: 'a line' })
})
