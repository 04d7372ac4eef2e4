import { expect, it } from 'vitest'
import { streamKey } from '../expected-version'
import { temporaryPath } from '../testing'
import { openDriverDb } from './driver-db'
import { createHeads } from './heads'
import { openSqliteStore } from './open'

const key = (streamId: string) => streamKey({ designId: 'd', streamId })
const append = (streamId: string) => ({
  appends: [{ designId: 'd', streamId, expectedVersion: 'any' as const, events: [] }],
  keys: [key(streamId)],
})

it('keeps what was written to of late, forgets the rest, and finds it on disk again', async () => {
  const path = temporaryPath()
  await (await openSqliteStore({ path })).close()
  const db = await openDriverDb(path)
  const heads = createHeads(db, 4)
  for (const [streamId, version] of [
    ['a', 1],
    ['b', 1],
    ['a', 2],
    ['c', 1],
  ] as const)
    heads.advance(new Map([[key(streamId), version]]))
  expect(['a', 'b', 'c'].map((streamId) => heads.get(key(streamId)))).toEqual([2, undefined, 1])
  expect(heads.missing([append('a'), append('b')])).toMatchObject([{ streamId: 'b' }])
  await heads.load([{ designId: 'd', streamId: 'b' }])
  expect(heads.get(key('b'))).toBe(0)
  heads.forget([key('b')])
  expect(heads.get(key('b'))).toBeUndefined()
  heads.clear()
  expect(heads.get(key('c'))).toBeUndefined()
  await db.close()
})
