import { randomFillSync } from 'node:crypto'

/** Asking the system for ten bytes takes as long as for as many as this. */
const POOL_BYTES = 4096

const pool = Buffer.alloc(POOL_BYTES)
let used = POOL_BYTES

/**
 * Random bytes of the system, for ids: asked for by the pool, given out once.
 * @param count at most POOL_BYTES
 * @returns a copy, whose bytes nobody else gets
 */
export function randomBytesFromPool(count: number): Buffer {
  if (used + count > POOL_BYTES) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = Buffer.from(pool.subarray(used, used + count))
  used += count
  return bytes
}
