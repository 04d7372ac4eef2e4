import { expect, it } from 'vitest'
import { counter, events, temporaryPath } from '../testing'
import type { Db } from './db'
import { openDriverDb } from './driver-db'
import { INSERT_EVENTS, insertRow } from './event-rows'
import { createNearOrFar } from './near-or-far'
import { openSqliteStore } from './open'
import { openThreadDb } from './thread-db'

/** Both connections to a file that is ready for events; `asked` tells which of them wrote, each after `slowMs`. */
async function connections(slowMs = 0) {
  const path = temporaryPath()
  await (await openSqliteStore({ path })).close()
  const asked: string[] = []
  const watched = (db: Db, name: string): Db => ({
    ...db,
    async execute(...statement) {
      asked.push(name)
      await new Promise((resolve) => setTimeout(resolve, slowMs))
      return db.execute(...statement)
    },
  })
  const [far, near] = [await openThreadDb(path), await openDriverDb(path)]
  const [lease] = await far.query<{ readonly token: number }>('SELECT token FROM Lease')
  const writes = createNearOrFar(watched(far, 'far'), watched(near, 'near'))
  let position = 0
  return {
    asked,
    write(count: number, isAlone: boolean) {
      const rows = events(counter(`m${position}-`), count).map((event) => {
        position += 1
        const place = { position, version: position, designId: 'd', streamId: 's', recordedAt: 1 }
        return insertRow({ ...event, ...place }, '{}')
      })
      const [text, token] = [JSON.stringify(rows), lease?.token ?? 0]
      return writes.write(isAlone, (db) => db.execute(INSERT_EVENTS, text, token))
    },
    positions: async () =>
      (await near.query<{ readonly position: number }>('SELECT position FROM Event ORDER BY position')).map(
        (row) => row.position,
      ),
    close: () => Promise.all([far.close(), near.close()]),
  }
}

it('writes here what comes alone, and the rest in the thread, all into one log', async () => {
  const { asked, write, positions, close } = await connections()
  expect([await write(2, true), await write(2, false), await write(1, true)]).toEqual([2, 2, 1])
  expect(asked.slice(0, 2)).toEqual(['near', 'far'])
  expect(await positions()).toEqual([1, 2, 3, 4, 5])
  await close()
})

it('leaves it all to the thread where a commit takes long', async () => {
  const { asked, write, close } = await connections(10)
  for (let nth = 0; nth < 4; nth += 1) await write(1, true)
  expect(asked).toEqual(['near', 'far', 'far', 'far'])
  await close()
})
