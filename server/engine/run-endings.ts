import type { SagaState } from '@/core/saga'

/** What came of waiting: the state at the end, `gone` with the run's design, or null when it is not known in time. */
export type AwaitedEnding = SagaState | 'gone' | null

/** Tells those who wait for a run that it has ended. A run that is let go of meanwhile is still waited for. */
export class RunEndings {
  private readonly waiting = new Map<string, Set<(ending: AwaitedEnding) => void>>()

  wait(runId: string, withinMs: number): Promise<AwaitedEnding> {
    return new Promise((resolve) => {
      const waiters = this.waiting.get(runId) ?? new Set()
      this.waiting.set(runId, waiters)
      const tell = (ending: AwaitedEnding) => {
        clearTimeout(timer)
        waiters.delete(tell)
        if (waiters.size === 0) this.waiting.delete(runId)
        resolve(ending)
      }
      const timer = setTimeout(() => tell(null), withinMs)
      timer.unref()
      waiters.add(tell)
    })
  }

  /** Its end is on disk, or it is gone. */
  tell(runId: string, ending: AwaitedEnding): void {
    for (const tell of this.waiting.get(runId) ?? []) tell(ending)
  }

  /** Nobody is kept waiting. */
  close(): void {
    for (const runId of [...this.waiting.keys()]) this.tell(runId, null)
  }
}
