import { expect, it } from 'vitest'
import { randomBytesFromPool } from './random-bytes'

it('gives no byte out twice, across the end of a pool too', () => {
  const drawn = Array.from({ length: 2_000 }, () => randomBytesFromPool(10))
  expect(drawn.every((bytes) => bytes.length === 10)).toBe(true)
  expect(new Set(drawn.map((bytes) => bytes.toString('hex'))).size).toBe(2_000)
  const first = drawn[0]?.toString('hex')
  drawn[1]?.fill(0)
  randomBytesFromPool(4_096)
  expect(drawn[0]?.toString('hex')).toBe(first)
})
