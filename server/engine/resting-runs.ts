import { LIMITS, type RunLimits } from '../limits'
import type { RestingRun, RunIndex } from '../store/contract'
import { isPassingFault } from '../store/passing-fault'
import { createDueIndex, type DueRun } from './due-index'
import { createFairSlots } from './fair-slots'
import { mayRest, restingRun, sweepIdle } from './rest'
import type { RunActor } from './run-actor'

export interface RestingRunsParts {
  readonly runs: RunIndex
  /** Those in memory: what is let go of is taken out of it. */
  readonly actors: Map<string, RunActor>
  readonly limits: Pick<RunLimits, 'idleRunMs' | 'runLoadsAtOnce'>
  /** Reads a run from the log and goes on with it; null when it has ended. */
  readonly takeUp: (designId: string, runId: string) => Promise<RunActor | null>
  readonly onDefect: (error: unknown, runId: string) => void
}

/**
 * The runs that only wait. One that has had nothing to do for a while is let go of: when it is next due stays in memory,
 * and on disk for the next start, and the run itself stays in the log. It is taken up when it is due, or when somebody
 * acts on it.
 */
export class RestingRuns {
  private readonly dueRuns = createDueIndex((run) => void this.takeUp(run))
  /** Runs to be read from the log, in the lanes of their designs. */
  private readonly loads
  private readonly sweeper: NodeJS.Timeout
  private recovering: Promise<void> = Promise.resolve()
  private closed = false

  constructor(private readonly parts: RestingRunsParts) {
    const { runLoadsAtOnce, idleRunMs } = parts.limits
    this.loads = createFairSlots({ most: runLoadsAtOnce, mostPerLane: runLoadsAtOnce })
    this.sweeper = setInterval(() => void this.letGo(), idleRunMs / 2)
    this.sweeper.unref()
  }

  /** Runs that are due at a known time. */
  get due(): number {
    return this.dueRuns.size
  }

  /** Runs that are to be taken up and have not been yet. */
  get waiting(): number {
    return this.loads.waiting()
  }

  /** Resolves once every run that was unfinished at the start is gone on with, or known to wait. */
  get recovered(): Promise<void> {
    return this.recovering
  }

  /**
   * Takes up every unfinished run: what rests stays on disk until it is due, the others are folded a few at a time,
   * designs taking turns.
   * @returns how many there are
   */
  async recover(): Promise<number> {
    const unfinished = await this.parts.runs.toTakeUp()
    const owed = unfinished.filter(({ runId, designId, resting, wakeAt }) => {
      if (resting && wakeAt !== null) this.dueRuns.set({ runId, designId, at: wakeAt })
      return !resting
    })
    this.recovering = Promise.all(owed.map((run) => this.takeUp(run))).then(() => undefined)
    return unfinished.length
  }

  /** It is in memory again, or gone. */
  forget(runId: string): void {
    this.dueRuns.delete(runId)
  }

  /** Lets go of nothing more, and keeps of those that only wait when they are due: the next start need not fold them. */
  async close(): Promise<void> {
    this.closed = true
    clearInterval(this.sweeper)
    this.dueRuns.close()
    await this.keep([...this.parts.actors].flatMap(([runId, actor]) => restingRun(runId, actor) ?? []))
  }

  /** In its turn. Never rejects: what cannot be read now is tried again. */
  private takeUp({ designId, runId }: Pick<DueRun, 'designId' | 'runId'>): Promise<void> {
    return this.loads.run(designId, async () => {
      if (this.closed) return
      try {
        const actor = await this.parts.takeUp(designId, runId)
        // Thousands that only wait would fill the memory before the first of them was idle for long enough.
        if (actor && mayRest(actor, this.parts.limits.idleRunMs)) await this.rest([[runId, actor]])
      } catch (error) {
        if (this.closed) return
        if (isPassingFault(error)) this.dueRuns.set({ designId, runId, at: Date.now() + LIMITS.storeRetryMs })
        else this.parts.onDefect(error, runId)
      }
    })
  }

  private async letGo(): Promise<void> {
    const { actors, limits } = this.parts
    for await (const idle of sweepIdle(actors, limits.idleRunMs)) if (!this.closed) await this.rest(idle)
  }

  /** Lets go of these in this very turn: nothing can come to them in between. */
  private async rest(runs: readonly (readonly [string, RunActor])[]): Promise<void> {
    const resting: RestingRun[] = []
    for (const [runId, actor] of runs) {
      const run = restingRun(runId, actor)
      if (!run) continue
      resting.push(run)
      this.parts.actors.delete(runId)
      void actor.stop()
      if (run.wakeAt !== null) this.dueRuns.set({ runId, designId: run.designId, at: run.wakeAt })
    }
    await this.keep(resting)
  }

  /** A cache: when it cannot be written the next start folds these runs, and that is all. */
  private async keep(resting: readonly RestingRun[]): Promise<void> {
    await this.parts.runs.rest(resting).catch(() => undefined)
  }
}
