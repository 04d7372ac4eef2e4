/**
 * Appends per second through the store, beside raw fsynced inserts with the same SQLite in the same run.
 * `npx tsx bench/store-bench.ts [seconds per round, default 0.7]`; its last line is JSON.
 */
import type { NewEvent } from '@/core/log/event'
import { openSqliteStore } from '@/server/store/sqlite/open'
import { inFolder } from './support/in-folder'
import { INSERT_EVENT, openRaw } from './support/raw-database'
import { drive, medianOf, ROUNDS, type Round, summarize } from './support/rounds'

const ROWS = [1, 10, 100, 1_000] as const
const SHARED = [20, 200] as const
const seconds = Number(process.argv[2] ?? 0.7)
/** Like a saga step's event: about 120 characters. */
const DATA = {
  node: 'reserve-stock',
  attempt: 1,
  output: { reservationId: 'r-1234567890', items: [1, 2, 3], total: 129.5 },
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

/** Each of `concurrency` writers appends `rows` events to a stream of its own at its known version, again and again. */
async function throughStore(rows: number, concurrency: number): Promise<Round> {
  return inFolder(async (path) => {
    const store = await openSqliteStore({ path })
    const versions = new Map<number, number>()
    const answer = await drive(concurrency, seconds, async (writer) => {
      const version = versions.get(writer) ?? 0
      const events = Array.from({ length: rows }, newEvent)
      await store.events.append([
        { designId: 'd', streamId: `run-${writer}`, expectedVersion: version, events },
      ])
      versions.set(writer, version + rows)
    })
    await store.close()
    return answer
  })
}

/** The floor: prepared inserts into the same table and indexes, `rows` per transaction, nothing checked. */
async function raw(rows: number): Promise<Round> {
  return inFolder(async (path) => {
    const db = await openRaw(path)
    const insert = db.prepare(INSERT_EVENT)
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
    const answer = summarize(durations, performance.now() - start)
    db.close()
    return answer
  })
}

const lines: object[] = []
for (const rows of ROWS) {
  const store = await medianOf(ROUNDS, () => throughStore(rows, 1))
  const floor = await medianOf(ROUNDS, () => raw(rows))
  lines.push({
    rowsPerAppend: rows,
    writers: 1,
    store,
    raw: floor,
    eventsPerSecond: store.perSecond * rows,
    rawEventsPerSecond: floor.perSecond * rows,
  })
}
for (const writers of SHARED) {
  const store = await medianOf(ROUNDS, () => throughStore(1, writers))
  lines.push({ rowsPerAppend: 1, writers, store, eventsPerSecond: store.perSecond })
}
console.log(JSON.stringify({ seconds, rounds: ROUNDS, lines }))
