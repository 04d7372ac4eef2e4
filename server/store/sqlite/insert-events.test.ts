import { expect, it } from 'vitest'
import { counter, events, temporaryPath } from '../testing'
import type { Db } from './db'
import { openDriverDb } from './driver-db'
import { insertRow } from './event-rows'
import { createInsertEvents } from './insert-events'
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
  const insert = createInsertEvents(watched(far, 'far'), watched(near, 'near'))
  let position = 0
  return {
    asked,
    write: (count: number, isAlone: boolean) =>
      insert(
        events(counter(`m${position}-`), count).map((event) => {
          position += 1
          const recorded = {
            ...event,
            position,
            version: position,
            designId: 'd',
            streamId: 's',
            recordedAt: 1,
          }
          return insertRow(recorded, '{}')
        }),
        isAlone,
        lease?.token ?? 0,
      ),
    positions: async () =>
      (await near.query<{ readonly position: number }>('SELECT position FROM Event ORDER BY position')).map(
        (row) => row.position,
      ),
    close: () => Promise.all([far.close(), near.close()]),
  }
}

it('writes here what comes alone and is small, and the rest in the thread, all into one log', async () => {
  const { asked, write, positions, close } = await connections()
  expect([await write(2, true), await write(2, false), await write(50, true), await write(1, true)]).toEqual([
    2, 2, 50, 1,
  ])
  expect(asked.slice(0, 3)).toEqual(['near', 'far', 'far'])
  expect(await positions()).toEqual(Array.from({ length: 55 }, (_, index) => index + 1))
  await close()
})

it('leaves it all to the thread where a commit takes long', async () => {
  const { asked, write, close } = await connections(10)
  for (let nth = 0; nth < 4; nth += 1) await write(1, true)
  expect(asked).toEqual(['near', 'far', 'far', 'far'])
  await close()
})
