import { LIMITS } from '../limits'
import type { RunIndex } from '../store/contract'
import { isPassingFault } from '../store/passing-fault'

const DAY_MS = 24 * 60 * 60 * 1000

export interface Archiver {
  /** Archives what is old enough now. @returns how many runs */
  sweep(): Promise<number>
  /** Resolves when nothing of it is under way. */
  close(): Promise<void>
}

/**
 * Takes runs that ended long ago out of the list that is shown by itself, now and every hour. Their events stay in the
 * log, and they can be read, listed with `archived=true`, and taken up again like any other.
 * @param afterDays days since the end; 0 never archives
 */
export function startArchiver(
  runs: Pick<RunIndex, 'archiveEnded'>,
  afterDays: number,
  onDefect: (error: unknown) => void,
): Archiver {
  let closed = false
  let sweeping: Promise<number> | null = null

  async function archive(): Promise<number> {
    let all = 0
    while (!closed && afterDays > 0) {
      const some = await runs.archiveEnded(Date.now() - afterDays * DAY_MS, LIMITS.archiveBatch)
      all += some
      if (some < LIMITS.archiveBatch) break
    }
    return all
  }

  function sweep(): Promise<number> {
    sweeping ??= archive().finally(() => {
      sweeping = null
    })
    return sweeping
  }

  const inBackground = () =>
    void sweep().catch((error: unknown) => {
      // The next sweep does what this one could not.
      if (!isPassingFault(error) && !closed) onDefect(error)
    })
  const timer = setInterval(inBackground, LIMITS.archiveEveryMs)
  timer.unref()
  inBackground()
  return {
    sweep,
    async close() {
      closed = true
      clearInterval(timer)
      await sweeping?.catch(() => 0)
    },
  }
}
