import { expect, it } from 'vitest'
import { streamKey } from '../expected-version'
import { counter, events, temporaryPath } from '../testing'
import { openDriverDb } from './driver-db'
import { createHeads, type KeyedStream } from './heads'
import { openSqliteStore } from './open'

const stream = (streamId: string): KeyedStream => ({
  designId: 'd',
  streamId,
  key: streamKey({ designId: 'd', streamId }),
})
const [a, b, c, cold] = ['a', 'b', 'c', 'cold'].map(stream) as [
  KeyedStream,
  KeyedStream,
  KeyedStream,
  KeyedStream,
]

/** Four versions are kept, two to a half; `cold` is at 3 on disk. */
async function opened() {
  const path = temporaryPath()
  const store = await openSqliteStore({ path })
  await store.events.append([{ ...cold, expectedVersion: 'no-stream', events: events(counter(), 3) }])
  await store.close()
  const db = await openDriverDb(path)
  const heads = createHeads(db, 4)
  const at = ({ key }: KeyedStream) => heads.get(key)
  const advance = ({ key }: KeyedStream, version: number) => heads.advance(new Map([[key, version]]))
  return { heads, at, advance, close: () => db.close() }
}

it('keeps what was written to of late, newest first, and forgets the rest', async () => {
  const { at, advance, close } = await opened()
  advance(a, 1)
  advance(b, 1)
  advance(a, 2)
  expect([a, b].map(at)).toEqual([2, 1])
  advance(c, 1)
  expect([a, b, c].map(at)).toEqual([2, undefined, 1])
  await close()
})

it('finds on disk what it does not know, and forgets nothing meanwhile', async () => {
  const { heads, at, advance, close } = await opened()
  advance(a, 1)
  advance(b, 1)
  advance(c, 1)
  await heads.load([a, cold, stream('none')])
  expect([a, b, c, cold, stream('none')].map(at)).toEqual([1, 1, 1, 3, 0])
  await close()
})

it('forgets what it is told to, in either half', async () => {
  const { heads, at, advance, close } = await opened()
  advance(a, 1)
  advance(b, 1)
  advance(a, 2)
  heads.forget([a])
  expect([a, b].map(at)).toEqual([undefined, 1])
  heads.clear()
  expect(at(b)).toBeUndefined()
  await close()
})
