import type { IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { openSqliteStore } from '../../store/sqlite/open'
import { temporaryPath } from '../../store/testing'
import { idempotent } from './idempotent'
import { answered } from './route'

it('a call whose answer could not be kept is not done again under its key', async () => {
  const store = await openSqliteStore({ path: temporaryPath(), maxPages: 60 })
  const defects: unknown[] = []
  let done = 0
  const ask = () =>
    idempotent(
      {
        keys: store.idempotency,
        request: { headers: { 'idempotency-key': 'k' } } as unknown as IncomingMessage,
        onDefect: (error) => defects.push(error),
      },
      { target: 'POST /', text: '' },
      async () => {
        done += 1
        return answered('x'.repeat(1024 * 1024))
      },
    )
  expect((await ask()).status).toBe(200)
  expect(defects).toMatchObject([{ code: 'STORE_FULL' }])
  await expect(ask()).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_IN_USE' })
  expect(done).toBe(1)
  await store.close()
})
