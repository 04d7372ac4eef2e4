import type { Db } from './db'
import { INSERT_EVENTS } from './event-rows'

type Row = readonly (string | number | null)[]

/** Rows that one append may have to be written here. */
const FEW_ROWS = 20
/** How long everybody else is made to wait for one at most, on average: where commits take longer, none is written here. */
const QUICK_MS = 0.5
/** Share that the newest commit has in the average. */
const NEWEST = 0.1

/** Puts events on disk, with an fsync. @returns how many rows it wrote: none, when the fence is broken */
export type InsertEvents = (rows: readonly Row[], isAlone: boolean, token: number) => Promise<number>

/**
 * Commits go to the writer's thread, so that whoever has something to decide need not wait for an fsync. An append that
 * comes alone seldom has anybody beside it: where the disk is quick it is written here, which saves the way there and back.
 * @param far the writer's connection, in its thread
 * @param near another to the same file, here. The writer uses one of the two at a time.
 */
export function createInsertEvents(far: Db, near: Db): InsertEvents {
  let averageMs = 0
  return async (rows, isAlone, token) => {
    const isNear = isAlone && rows.length <= FEW_ROWS && averageMs < QUICK_MS
    const began = performance.now()
    const written = await (isNear ? near : far).execute(INSERT_EVENTS, JSON.stringify(rows), token)
    // By the thread it takes the way as well: as soon as that is quick enough, here it is quicker.
    averageMs += (performance.now() - began - averageMs) * NEWEST
    return written
  }
}
