import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDatabase } from '../engine/testing'
import { openDb } from '../store/sqlite/db'
import { bundleServer, type ServerProcess, startServer } from './server-process'

let file = ''
beforeAll(() => {
  file = bundleServer().server
})

const started: ServerProcess[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.kill()))
})

function server(
  path: string,
  lease: { readonly ttlMs?: number; readonly waitMs?: number } = {},
): ServerProcess {
  const one = startServer(file, { workbench: { databaseUrl: `file:${path}`, lease } })
  started.push(one)
  return one
}

const post = (url: string, path: string, body: unknown) =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

async function createDesign(url: string): Promise<string> {
  const answer = (await (await post(url, '/api/designs', { template: 'money-transfer' })).json()) as {
    readonly id: string
  }
  return answer.id
}

/** Whoever was to serve does: what it said otherwise is the message. */
async function serving(one: ServerProcess): Promise<string> {
  const url = await one.ready
  if (url === null) throw new Error(`it ended: ${one.said()}`)
  return url
}

describe('a second server on one database', () => {
  it('says who has it, since when and what to do, and ends with 1; the first goes on unharmed', async () => {
    const path = temporaryDatabase()
    const first = server(path)
    const url = await serving(first)
    const second = server(path)
    expect(await second.ended).toBe(1)
    expect(second.said()).toMatch(
      new RegExp(
        `^LEASE_HELD: ${path} is in use by the workbench of process ${first.pid} on \\S+, since \\d{4}-\\d\\d-\\d\\dT.*; its last sign of life was \\d+ s ago\\. .*Stop that one, .*DATABASE_URL.*LEASE_WAIT_MS`,
      ),
    )
    expect((await post(url, '/api/designs', { template: 'money-transfer' })).status).toBe(201)
  })

  it('waits for the first when told to, and takes over once that has stopped', async () => {
    const path = temporaryDatabase()
    const first = server(path)
    await serving(first)
    const second = server(path, { waitMs: 60_000 })
    await second.says(/^waiting Waiting for the workbench of process/m)
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    await serving(second)
  })

  it('takes over at once from one that was killed, however long that one could have kept it', async () => {
    const path = temporaryDatabase()
    const first = server(path, { ttlMs: 600_000 })
    await serving(first)
    await first.kill()
    await serving(server(path))
  })
})

describe('a server that stood still for longer than its lease', () => {
  it('writes nothing once it wakes, says that it lost the lease, and ends with 1', async () => {
    const path = temporaryDatabase()
    const first = server(path, { ttlMs: 1_000 })
    const url = await serving(first)
    const designId = await createDesign(url)
    first.child.kill('SIGSTOP')
    // Its heartbeat is fresh at first: whoever does not wait is refused.
    const second = server(path, { ttlMs: 1_000, waitMs: 60_000 })
    const secondUrl = await serving(second)
    const heads = async () =>
      ((await (await fetch(`${secondUrl}/api/health`)).json()) as { head: number }).head
    const before = await heads()

    // It lies in the first one's socket when that wakes: its append is under way before any heartbeat.
    const late = post(url, `/api/designs/${designId}/runs`, {
      saga: 'transfer-money',
      input: { from: 'a', to: 'b', amount: 1 },
    }).then(
      async (answer) => ({ status: answer.status, body: await answer.text() }),
      () => null,
    )
    first.child.kill('SIGCONT')
    expect(await first.ended).toBe(1)
    expect(first.said()).toMatch(/LEASE_LOST: Another workbench took over .* stop it\./)
    const answer = await late
    if (answer) expect(answer).toMatchObject({ status: 503, body: expect.stringContaining('LEASE_LOST') })
    expect(await heads()).toBe(before)
    const db = await openDb(`file:${path}`)
    expect(await db.query('SELECT token, pid FROM Lease')).toEqual([{ token: 2, pid: second.pid }])
    await db.close()
  })
})

it('holds its lease in one process too: two stores on one file would give out the same positions', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'saga-lease-')), 'test.db')
  const { openSqliteStore } = await import('../store/sqlite/open')
  const store = await openSqliteStore({ path })
  await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: 'LEASE_HELD' })
  await store.close()
  await (await openSqliteStore({ path })).close()
})
