import type { Db } from './db'

/** How long everybody else is made to wait for one write at most, on average: where they take longer, none is made here. */
const QUICK_MS = 0.5
/** Share that the newest write has in the average. */
const NEWEST = 0.1

/** Where the next write is made, by how long the last ones took. */
export interface NearOrFar {
  /** Makes a write where it is best made. @param isAlone nothing else waits to be written */
  write<T>(isAlone: boolean, on: (db: Db) => Promise<T>): Promise<T>
}

/**
 * Writes go to the writer's thread, so that whoever has something to decide need not wait for an fsync. One that comes
 * alone seldom has anybody beside it: where the disk is quick it is made here, which saves the way there and back.
 * @param far the writer's connection, in its thread
 * @param near another to the same file, here. The writer uses one of the two at a time.
 */
export function createNearOrFar(far: Db, near: Db): NearOrFar {
  let averageMs = 0
  return {
    async write(isAlone, on) {
      const began = performance.now()
      try {
        return await on(isAlone && averageMs < QUICK_MS ? near : far)
      } finally {
        averageMs += (performance.now() - began - averageMs) * NEWEST
      }
    },
  }
}
