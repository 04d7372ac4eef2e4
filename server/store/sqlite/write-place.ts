import type { Scripted, Statement } from './db'

/** Characters that a transaction made here is given: of a hundred events or so, and about a millisecond's. */
export const CHARACTERS_HERE = 40 * 1024
/** Where a commit takes longer than this, nobody should stand still for it. */
const MOST_MS_HERE = 4
/** Commits that are made in the thread after one that was too large to be made here, and after one that took too long. */
const AFTER_LARGE = 16
const AFTER_SLOW = 64

/** Where the one writer writes what is known beforehand: in a thread of its own, or here. It is asked for one thing at a time. */
export interface WritePlace extends Scripted {
  /** At any time. Best effort: what stays in the WAL is as durable there. */
  checkpoint(mode: 'RESTART' | 'PASSIVE'): Promise<void>
}

export interface WritePlaceLimits {
  readonly charactersHere?: number | undefined
  readonly mostMsHere?: number | undefined
}

type Connection = Scripted & { query(sql: string): Promise<unknown> }

/**
 * A small commit is made here: the way to the thread and back takes half as long as the commit itself, and while it is under
 * way those who wait for the next are split from those who are in this one. A large one is made in the thread, while others
 * decide; and so is every one for a while after the disk was slow.
 * @param here a connection whose statements are done when they return
 * @param thread a connection that is waited for in a thread of its own
 */
export function createWritePlace(
  here: Connection,
  thread: Connection,
  { charactersHere = CHARACTERS_HERE, mostMsHere = MOST_MS_HERE }: WritePlaceLimits = {},
): WritePlace {
  /** Commits that are still to be made in the thread. Whichever of the two changes place reads again what it knew. */
  let inThread = charactersHere > 0 ? 0 : Number.POSITIVE_INFINITY
  /** Under way in the thread: whoever writes here meanwhile would wait for its lock. */
  let checkpoints = 0

  async function scriptHere(guard: Statement, statements: readonly Statement[]) {
    const began = performance.now()
    try {
      return await here.script(guard, statements)
    } finally {
      if (performance.now() - began > mostMsHere) inThread = AFTER_SLOW
    }
  }

  const isHere = (): boolean => inThread === 0 && checkpoints === 0

  return {
    script(guard, statements) {
      if (charactersOf(statements) > charactersHere) inThread = Math.max(inThread, AFTER_LARGE)
      if (isHere()) return scriptHere(guard, statements)
      if (inThread > 0) inThread -= 1
      return thread.script(guard, statements)
    },
    async checkpoint(mode) {
      const sql = `PRAGMA wal_checkpoint(${mode})`
      if (isHere()) {
        await here.query(sql).catch(() => [])
        return
      }
      checkpoints += 1
      await thread.query(sql).catch(() => [])
      checkpoints -= 1
    },
  }
}

function charactersOf(statements: readonly Statement[]): number {
  let characters = 0
  for (const { args } of statements)
    for (const arg of args) if (typeof arg === 'string') characters += arg.length
  return characters
}
