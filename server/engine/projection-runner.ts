import { WorkbenchError } from '@/core/errors'
import { asJson, type Json } from '@/core/json'
import type { RecordedEvent } from '@/core/log/event'
import { projectionHash } from '@/core/projection/fold'
import { LIMITS } from '../limits'
import type { ProjectionState } from '../store/contract'
import { type BatchParts, foldBatch, type ProjectionFault, readBatch } from './projection-batch'

export interface ProjectionProgress {
  readonly state: ProjectionState
  /** Where a rebuild has got to, while one is under way. */
  readonly rebuilding: number | null
}

export interface ProjectionRunnerParts extends BatchParts {
  /** Rows that readers now see differently (null: gone), and where it stands. */
  readonly onChange: (rows: Readonly<Record<string, Json>> | null, progress: ProjectionProgress) => void
  readonly onDefect: (error: unknown) => void
}

/**
 * Folds the log into one projection's rows, batch by batch; rows and checkpoint move in one transaction. One loop at a
 * time: it is woken when the log grows, when its delay is over, or when a person did something.
 */
export class ProjectionRunner {
  private state: ProjectionState | null = null
  private rebuildAt: number | null = null
  private running: Promise<void> | null = null
  private again = false
  private stopped = false
  private timer: NodeJS.Timeout | null = null
  private readonly hash: string

  constructor(private readonly parts: ProjectionRunnerParts) {
    this.hash = projectionHash(parts.loaded.design, parts.projection)
  }

  get progress(): ProjectionProgress | null {
    return this.state && { state: this.state, rebuilding: this.rebuildAt }
  }

  /** Reads where it stands. When its definition has changed since, the rows are rebuilt, and nobody waits for it. */
  async open(): Promise<void> {
    const { store, loaded, projection } = this.parts
    const stored = await store.projections.get(loaded.id, projection.id)
    this.state = stored ?? {
      designId: loaded.id,
      name: projection.id,
      definitionHash: this.hash,
      checkpoint: 0,
      status: 'running',
      generation: 1,
      fault: null,
      delayMs: projection.delayMs,
    }
    if (!stored) await store.projections.apply(this.state, this.state.generation, {})
    this.wake()
  }

  /** There may be something new. */
  wake(): void {
    if (this.stopped || !this.hasWork) return
    if (this.running) {
      this.again = true
      return
    }
    this.running = this.loop()
      .catch((error: unknown) => this.tryAgain(error))
      .finally(() => {
        this.running = null
        if (this.again) {
          this.again = false
          this.wake()
        }
      })
  }

  /** Its rows are those of an earlier definition. */
  private get isStale(): boolean {
    return this.state !== null && this.state.definitionHash !== this.hash
  }

  /** A changed definition is rebuilt even where the old one is paused or stopped at a fault: it may mend that. */
  private get hasWork(): boolean {
    return this.state?.status === 'running' || this.isStale
  }

  /** What could not be stored or read now may be in a moment. */
  private tryAgain(error: unknown): void {
    this.parts.onDefect(error)
    this.alarm(LIMITS.projectionRetryMs)
  }

  private alarm(afterMs: number): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = this.stopped ? null : setTimeout(() => this.wake(), afterMs)
  }

  async pause(): Promise<void> {
    await this.turn(() => this.change({ status: 'paused' }))
  }

  /** Goes on, trying the event that stopped it again. */
  async resume(): Promise<void> {
    await this.turn(() => this.change({ status: 'running', fault: null }))
  }

  /** Passes over the event that stopped it. */
  async skip(): Promise<void> {
    await this.turn(async () => {
      // Written by `loop` or `rebuild`; null once somebody else has dealt with it.
      const fault = this.state?.fault as ProjectionFault | null | undefined
      if (fault) await this.change({ status: 'running', fault: null, checkpoint: fault.position })
    })
  }

  async setDelay(delayMs: number): Promise<void> {
    await this.turn(() => this.change({ delayMs }))
  }

  /** Folds from zero beside the rows that readers see, then swaps. */
  async startRebuild(): Promise<void> {
    await this.turn(() => this.rebuild())
  }

  /** Resolves when nothing of it is under way: a successor may then take its rows over. */
  async close(): Promise<void> {
    this.stopped = true
    if (this.timer) clearTimeout(this.timer)
    while (this.running) await this.running
  }

  /**
   * Waits for the batch under way, then does something of its own; the loop stands still meanwhile.
   * @throws {WorkbenchError} PROJECTION_ACTION_REFUSED when it was closed while this waited
   */
  private async turn(work: () => Promise<void>): Promise<void> {
    while (this.running) await this.running
    if (this.stopped)
      throw new WorkbenchError(
        'PROJECTION_ACTION_REFUSED',
        'The design of this projection has just been changed. Do it again.',
      )
    if (this.timer) clearTimeout(this.timer)
    const doing = work()
    this.running = doing.catch(() => undefined)
    try {
      await doing
    } finally {
      this.running = null
      // Whatever came of it: the alarm that was cleared, and what came in meanwhile, are not forgotten.
      this.again = false
      this.wake()
    }
  }

  private async change(
    change: Partial<ProjectionState>,
    rows: Readonly<Record<string, Json>> = {},
  ): Promise<void> {
    if (!this.state) return
    const next = { ...this.state, ...change }
    await this.parts.store.projections.apply(next, next.generation, rows)
    this.state = next
    this.parts.onChange(rows, { state: next, rebuilding: this.rebuildAt })
  }

  private async loop(): Promise<void> {
    for (;;) {
      const { state } = this
      if (this.stopped || !state || !this.hasWork) return
      if (this.isStale) {
        await this.rebuild()
        continue
      }
      const events = await this.due(state)
      if (events === null) return
      const { checkpoint, fault, rows } = await foldBatch(
        this.parts,
        state.checkpoint,
        events,
        state.generation,
      )
      const stopped = fault ? { status: 'faulted' as const, fault: asJson(fault) } : {}
      await this.change({ checkpoint, ...stopped }, rows)
    }
  }

  /** The next events whose delay is over; null when there are none, after setting the alarm for the first that will be. */
  private async due({
    designId,
    checkpoint,
    delayMs,
  }: ProjectionState): Promise<readonly RecordedEvent[] | null> {
    const { events, fault } = await readBatch(this.parts.store.events, designId, checkpoint)
    if (fault) {
      await this.change({ status: 'faulted', fault: asJson(fault) })
      return null
    }
    const ripe = delayMs === 0 ? events : events.filter((event) => event.recordedAt + delayMs <= Date.now())
    if (ripe.length > 0) return ripe
    const first = events[0]
    if (first) this.alarm(Math.max(1, first.recordedAt + delayMs - Date.now()))
    return null
  }

  private async rebuild(): Promise<void> {
    const { store, loaded, projection } = this.parts
    const visible = this.state
    if (!visible) return
    const generation = visible.generation + 1
    let checkpoint = 0
    let fault: ProjectionFault | undefined
    this.rebuildAt = 0
    try {
      // What a rebuild that was cut short has left.
      await store.projections.prune(loaded.id, projection.id, visible.generation)
      while (!fault && !this.stopped) {
        const read = await readBatch(store.events, loaded.id, checkpoint)
        const { events } = read
        fault = read.fault
        if (events.length === 0) break
        const folded = await foldBatch(this.parts, checkpoint, events, generation)
        checkpoint = folded.checkpoint
        fault = folded.fault
        // Readers keep seeing the old generation, at its own checkpoint, until the swap below.
        await store.projections.apply(visible, generation, folded.rows)
        this.rebuildAt = checkpoint
        this.parts.onChange({}, { state: visible, rebuilding: checkpoint })
      }
    } finally {
      this.rebuildAt = null
    }
    if (this.stopped) return
    const next: ProjectionState = {
      ...visible,
      definitionHash: this.hash,
      checkpoint,
      generation,
      status: fault ? 'faulted' : visible.status === 'paused' ? 'paused' : 'running',
      fault: asJson(fault ?? null),
    }
    await store.projections.apply(next, generation, {})
    this.state = next
    await store.projections.prune(loaded.id, projection.id, generation)
    this.parts.onChange(null, { state: next, rebuilding: null })
  }
}
