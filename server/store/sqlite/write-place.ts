import type { Scripted, Statement } from './db'

/** Characters that a transaction made here is given: of a hundred events or so, and about a millisecond's. */
export const CHARACTERS_HERE = 40 * 1024
/** Where a commit takes longer than this, nobody should stand still for it. */
const MOST_MS_HERE = 4
/** Commits that are made in the thread after one that was too large to be made here, or from when many go side by side. */
const ASIDE = 16
/** Commits that are made in the thread after one here that took too long. */
const AFTER_SLOW = 64

/** Where the one writer's scripts are run: in a thread of its own, or here. It asks for one at a time. */
export interface WritePlace extends Scripted {
  /** The next one will have been run when it returns, unless it is large. */
  readonly isHere: boolean
  /** Many go side by side: the next few are made in the thread, however small. */
  moveAside(): void
}

export interface WritePlaceLimits {
  readonly charactersHere?: number | undefined
  readonly mostMsHere?: number | undefined
}

/**
 * A small commit is made here: the way to the thread and back takes half as long as the commit itself, and while it is under
 * way those who wait for the next are split from those who are in this one. A large one is made in the thread, while others
 * decide; and so is every one for a while after the disk was slow.
 * @param here a connection whose statements are done when they return
 * @param thread a connection that is waited for in a thread of its own
 */
export function createWritePlace(
  here: Scripted,
  thread: Scripted,
  { charactersHere = CHARACTERS_HERE, mostMsHere = MOST_MS_HERE }: WritePlaceLimits = {},
): WritePlace {
  /** Commits that are still to be made in the thread: a connection that did not make the last one reads its pages anew. */
  let inThread = charactersHere > 0 ? 0 : Number.POSITIVE_INFINITY

  return {
    get isHere() {
      return inThread === 0
    },
    moveAside() {
      inThread = Math.max(inThread, ASIDE)
    },
    script(guard, statements) {
      if (charactersOf(statements) > charactersHere) inThread = Math.max(inThread, ASIDE)
      if (inThread > 0) {
        inThread -= 1
        return thread.script(guard, statements)
      }
      const began = performance.now()
      const asked = here.script(guard, statements)
      // It is done, and nobody has acted on it yet.
      if (performance.now() - began > mostMsHere) inThread = AFTER_SLOW
      return asked
    },
  }
}

function charactersOf(statements: readonly Statement[]): number {
  let characters = 0
  for (const { args } of statements)
    for (const arg of args) if (typeof arg === 'string') characters += arg.length
  return characters
}
