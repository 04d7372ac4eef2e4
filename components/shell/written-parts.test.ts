import { expect, it } from 'vitest'
import { WrittenParts } from './written-parts'

it('knows what it has written when it is told of it after the next was written', () => {
  const written = new WrittenParts()
  written.add({ seq: '3' })
  written.add({ seq: null })
  expect(written.takes('seq', '3')).toBe(true)
  expect(written.takes('seq', null)).toBe(true)
})

it('takes what somebody else writes for theirs, also when it stood there before', () => {
  const written = new WrittenParts()
  written.add({ seq: '3' })
  expect(written.takes('seq', '4')).toBe(false)
  expect(written.takes('seq', '3')).toBe(true)
  expect(written.takes('seq', '3')).toBe(false)
})

it('goes by the last of those that are told at once', () => {
  const written = new WrittenParts()
  for (const seq of ['1', '2', '3']) written.add({ seq })
  expect(written.takes('seq', '3')).toBe(true)
  expect(written.takes('seq', '2')).toBe(false)
})

it('forgets what it was never told of', () => {
  let now = 0
  const written = new WrittenParts(() => now)
  written.add({ seq: '3' })
  now = 5_000
  expect(written.takes('seq', '3')).toBe(false)
})
