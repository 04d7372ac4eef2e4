import { inFolder } from './in-folder'
import { INSERT_EVENT, openRaw, type RawDatabase } from './raw-database'
import { type Round, summarize } from './rounds'

function insertInto(db: RawDatabase): (position: number) => void {
  const insert = db.prepare(INSERT_EVENT)
  return (position) => {
    const data = JSON.stringify({ amount: 1 })
    const ids = [`message-${position}`, 'c', 'c', null, 1]
    insert.run([position, 'd', 'Account-long', position, 'Deposited', data, ...ids, Date.now()])
  }
}

/** The floor of a command: one prepared insert into the log's own table, on disk before the next; nothing decided. */
export async function rawInserts(seconds: number): Promise<Round> {
  return inFolder(async (path) => {
    const db = await openRaw(path)
    const insert = insertInto(db)
    const durations: number[] = []
    const start = performance.now()
    while (performance.now() - start < seconds * 1_000) {
      const before = performance.now()
      insert(durations.length + 1)
      durations.push(performance.now() - before)
    }
    const answer = summarize(durations, performance.now() - start)
    db.close()
    return answer
  })
}

/** The floor of a replay: read the stream and fold it in plain JavaScript, no sandbox around it. */
export async function rawReplay(
  events: number,
  measure: (read: () => Promise<unknown>) => Promise<Round>,
): Promise<Round> {
  return inFolder(async (path) => {
    const db = await openRaw(path)
    const insert = insertInto(db)
    db.exec('BEGIN')
    for (let position = 1; position <= events; position += 1) insert(position)
    db.exec('COMMIT')
    const rows = db.prepare('SELECT data FROM Event WHERE designId = ? AND streamId = ? ORDER BY version')
    const answer = await measure(async () => {
      let balance = 0
      // What the rows are is known to who wrote the SQL.
      for (const { data } of rows.all(['d', 'Account-long']) as readonly { readonly data: string }[]) {
        const { amount }: { readonly amount: number } = JSON.parse(data)
        balance += amount
      }
      if (balance !== events) throw new Error(`folded to ${balance}`)
    })
    db.close()
    return answer
  })
}
