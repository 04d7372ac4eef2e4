/**
 * Appends per second through the store, beside raw fsynced inserts with the same SQLite in the same run.
 * `npx tsx bench/store-bench.ts [seconds per round, default 1]`; prints JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NewEvent } from '@/core/log/event'
import { openSqliteStore } from '@/server/store/sqlite/open'

const ROUNDS = 3
const ROWS = [1, 10, 100, 1_000] as const
const CONCURRENCY = [1, 20, 200] as const
const seconds = Number(process.argv[2] ?? 1)
/** Like a saga step's event: about 120 characters. */
const DATA = {
  node: 'reserve-stock',
  attempt: 1,
  output: { reservationId: 'r-1234567890', items: [1, 2, 3], total: 129.5 },
}

interface Round {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

interface RawDatabase {
  exec(sql: string): void
  prepare(sql: string): { run(args: readonly unknown[]): unknown; get(): unknown }
  close(): void
}

let messages = 0
function newEvent(): NewEvent {
  messages += 1
  const metadata = {
    messageId: `message-${messages}`,
    correlationId: 'run-1',
    causationId: 'run-1',
    schemaVersion: 1,
  }
  return { type: 'StepCompleted', data: DATA, metadata }
}

function round(durations: readonly number[], elapsedMs: number): Round {
  const sorted = [...durations].sort((a, b) => a - b)
  const at = (share: number) => Number((sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2))
  return { perSecond: Math.round((durations.length * 1_000) / elapsedMs), p50Ms: at(0.5), p99Ms: at(0.99) }
}

function median(rounds: readonly Round[]): Round {
  const sorted = [...rounds].sort((a, b) => a.perSecond - b.perSecond)
  return sorted[Math.floor(sorted.length / 2)] ?? { perSecond: 0, p50Ms: 0, p99Ms: 0 }
}

async function inFolder<T>(use: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'saga-bench-'))
  try {
    return await use(join(folder, 'bench.db'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Each of `concurrency` writers appends `rows` events to a stream of its own at its known version, again and again. */
async function throughStore(rows: number, concurrency: number): Promise<Round> {
  return inFolder(async (path) => {
    const store = await openSqliteStore({ path })
    const durations: number[] = []
    const start = performance.now()
    const writer = async (index: number) => {
      let version = 0
      while (performance.now() - start < seconds * 1_000) {
        const events = Array.from({ length: rows }, newEvent)
        const before = performance.now()
        await store.events.append([
          { designId: 'd', streamId: `run-${index}`, expectedVersion: version, events },
        ])
        durations.push(performance.now() - before)
        version += rows
      }
    }
    await Promise.all(Array.from({ length: concurrency }, (_, index) => writer(index)))
    const answer = round(durations, performance.now() - start)
    await store.close()
    return answer
  })
}

/** The floor: prepared inserts into the same table and indexes, `rows` per transaction, nothing checked. */
async function raw(rows: number): Promise<Round> {
  return inFolder(async (path) => {
    await (await openSqliteStore({ path })).close()
    const adapter = createRequire(import.meta.url).resolve('@prisma/adapter-libsql')
    const client = createRequire(adapter).resolve('@libsql/client')
    const Database: new (file: string) => RawDatabase = createRequire(client)('libsql')
    const db = new Database(path)
    db.prepare('PRAGMA journal_mode = WAL').get()
    db.prepare('PRAGMA synchronous = FULL').get()
    const insert = db.prepare('INSERT INTO Event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    const durations: number[] = []
    let position = 0
    const start = performance.now()
    while (performance.now() - start < seconds * 1_000) {
      const before = performance.now()
      db.exec('BEGIN IMMEDIATE')
      for (let row = 0; row < rows; row += 1) {
        position += 1
        const { type, data, metadata } = newEvent()
        const { messageId, correlationId, causationId, schemaVersion } = metadata
        const ids = [messageId, correlationId, causationId, null, schemaVersion]
        insert.run([position, 'd', 'run-0', position, type, JSON.stringify(data), ...ids, Date.now()])
      }
      db.exec('COMMIT')
      durations.push(performance.now() - before)
    }
    const answer = round(durations, performance.now() - start)
    db.close()
    return answer
  })
}

async function medianOf(measure: () => Promise<Round>): Promise<Round> {
  const rounds: Round[] = []
  for (let index = 0; index < ROUNDS; index += 1) rounds.push(await measure())
  return median(rounds)
}

const lines: object[] = []
for (const rows of ROWS) {
  const store = await medianOf(() => throughStore(rows, 1))
  const floor = await medianOf(() => raw(rows))
  lines.push({
    rowsPerAppend: rows,
    concurrency: 1,
    store,
    raw: floor,
    eventsPerSecond: store.perSecond * rows,
    rawEventsPerSecond: floor.perSecond * rows,
  })
}
for (const concurrency of CONCURRENCY.slice(1)) {
  const store = await medianOf(() => throughStore(1, concurrency))
  lines.push({ rowsPerAppend: 1, concurrency, store, eventsPerSecond: store.perSecond })
}
console.log(JSON.stringify({ bench: 'store', seconds, rounds: ROUNDS, lines }, null, 2))
