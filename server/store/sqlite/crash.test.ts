import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { positionsOf, temporaryPath } from '../testing'
import { openSqliteStore } from './open'

const CHILD = fileURLToPath(new URL('crash-child.ts', import.meta.url))
const ENOUGH_LINES = 300

it('has everything it acknowledged, and whole appends only, after SIGKILL', async () => {
  const path = temporaryPath()
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    if (output.split('\n').length > ENOUGH_LINES) child.kill('SIGKILL')
  })
  await once(child, 'close')
  expect(child.signalCode).toBe('SIGKILL')
  // The last line may have been cut.
  const acknowledged = output
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => line.split(' '))
  expect(acknowledged.length).toBeGreaterThanOrEqual(ENOUGH_LINES * 3)

  const store = await openSqliteStore({ path })
  const ids = new Set<string>()
  let position = 0
  for (;;) {
    const page = await store.events.readAll(position)
    if (page.length === 0) break
    expect(positionsOf(page)).toEqual(page.map((_, index) => position + index + 1))
    for (const { metadata } of page) ids.add(metadata.messageId)
    position += page.length
  }
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([])
  expect(position % 3).toBe(0)
  await store.close()
})
