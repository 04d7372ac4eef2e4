import type { Projection } from '@/core/design/aggregate'
import { WorkbenchError } from '@/core/errors'
import { asJson, type Json } from '@/core/json'
import type { RecordedEvent } from '@/core/log/event'
import { projectionHash } from '@/core/projection/fold'
import { LIMITS } from '../limits'
import type { ProjectionState, Store } from '../store/contract'
import {
  type BatchParts,
  foldBatch,
  type LoadRows,
  type ProjectionFault,
  readBatch,
} from './projection-batch'

export interface ProjectionProgress {
  readonly state: ProjectionState
  /** The position that a rebuild has got to, while one is under way. */
  readonly rebuilding: number | null
}

/** Rows that are folded from zero, beside those that readers see. */
interface Building {
  readonly generation: number
  readonly checkpoint: number
}

export interface ProjectionRunnerParts extends BatchParts {
  readonly store: Store
  /** Rows that readers now see differently (null: gone), and where it stands. */
  readonly onChange: (rows: Readonly<Record<string, Json>> | null, progress: ProjectionProgress) => void
  readonly onDefect: (error: unknown) => void
}

/**
 * Folds the log into one projection's rows, batch by batch; rows and checkpoint move in one transaction. One loop at a
 * time: it is woken when the log grows, when its delay is over, or when a person did something. A rebuild takes turns
 * with it, so that the rows that readers see go on following; whoever wants something waits for a batch, never for a
 * whole rebuild.
 */
export class ProjectionRunner {
  private state: ProjectionState | null = null
  private building: Building | null = null
  /** How many wait for their turn. */
  private waiting = 0
  private running: Promise<void> | null = null
  private again = false
  private stopped = false
  private timer: NodeJS.Timeout | null = null
  private readonly hash: string

  constructor(private readonly parts: ProjectionRunnerParts) {
    this.hash = projectionHash(parts.loaded.design, parts.projection)
  }

  get definition(): Projection {
    return this.parts.projection
  }

  get progress(): ProjectionProgress | null {
    const { state, building } = this
    return state && { state, rebuilding: building?.checkpoint ?? (this.isStale ? 0 : null) }
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
    return this.state?.status === 'running' || this.isStale || this.building !== null
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

  /**
   * Begins to fold from zero beside the rows that readers see; they are swapped once it has caught up with them.
   * @throws {WorkbenchError} PROJECTION_ACTION_REFUSED when that is under way already
   */
  async startRebuild(): Promise<void> {
    await this.turn(async () => {
      if (this.building) throw new WorkbenchError('PROJECTION_ACTION_REFUSED', 'It is being rebuilt already.')
      await this.beginBuilding()
    })
  }

  /** Does something while the rows stand still: they are those of the checkpoint, and stay so until it is done. */
  still<T>(work: (progress: ProjectionProgress) => Promise<T>): Promise<T | null> {
    return this.turn(async () => (this.progress ? work(this.progress) : null))
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
  private async turn<T>(work: () => Promise<T>): Promise<T> {
    this.waiting += 1
    while (this.running) await this.running
    this.waiting -= 1
    if (this.stopped)
      throw new WorkbenchError(
        'PROJECTION_ACTION_REFUSED',
        'The design of this projection has just been changed. Do it again.',
      )
    if (this.timer) clearTimeout(this.timer)
    const doing = work()
    this.running = doing.then(
      () => undefined,
      () => undefined,
    )
    try {
      return await doing
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
    this.tell(rows)
  }

  private tell(rows: Readonly<Record<string, Json>> | null): void {
    if (this.progress) this.parts.onChange(rows, this.progress)
  }

  private async loop(): Promise<void> {
    for (;;) {
      const { state } = this
      if (this.stopped || this.waiting > 0 || !state || !this.hasWork) return
      if (this.isStale && !this.building) await this.beginBuilding()
      const built = this.building ? await this.build(this.building) : false
      // Rows of an earlier definition are left as they are: this one's handlers do not know them.
      if (built || this.isStale || state.status !== 'running') continue
      const events = await this.due(state)
      if (events === null && !this.building) return
      if (events !== null) await this.follow(state, events)
    }
  }

  private rowsOf(generation: number): LoadRows {
    const { store, loaded, projection } = this.parts
    return (keys) => store.projections.loadRows(loaded.id, projection.id, generation, keys)
  }

  private async follow(state: ProjectionState, events: readonly RecordedEvent[]): Promise<void> {
    const { checkpoint, fault, rows } = await foldBatch(
      this.parts,
      state.checkpoint,
      events,
      this.rowsOf(state.generation),
    )
    const stopped = fault ? { status: 'faulted' as const, fault: asJson(fault) } : {}
    await this.change({ checkpoint, ...stopped }, rows)
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

  private async beginBuilding(): Promise<void> {
    const { store, loaded, projection } = this.parts
    const { state } = this
    if (!state) return
    // What a rebuild that was cut short has left.
    await store.projections.prune(loaded.id, projection.id, state.generation)
    this.building = { generation: state.generation + 1, checkpoint: 0 }
    this.tell({})
  }

  /**
   * One batch of a rebuild. Readers keep seeing the old generation, at its own checkpoint, until it has caught up.
   * @returns whether that was the last of it
   */
  private async build({ generation, checkpoint }: Building): Promise<boolean> {
    const { store, loaded } = this.parts
    const { state } = this
    if (!state) return true
    const { events, fault } = await readBatch(store.events, loaded.id, checkpoint)
    const ripe = events.filter(
      (event) => event.position <= state.checkpoint || event.recordedAt + state.delayMs <= Date.now(),
    )
    if (ripe.length === 0) {
      await this.swap({ generation, checkpoint }, fault)
      return true
    }
    const folded = await foldBatch(this.parts, checkpoint, ripe, this.rowsOf(generation))
    await store.projections.apply(state, generation, folded.rows)
    this.building = { generation, checkpoint: folded.checkpoint }
    if (folded.fault) await this.swap(this.building, folded.fault)
    else this.tell({})
    return folded.fault !== undefined
  }

  private async swap(
    { generation, checkpoint }: Building,
    fault: ProjectionFault | undefined,
  ): Promise<void> {
    const { store, loaded, projection } = this.parts
    if (!this.state) return
    const next: ProjectionState = {
      ...this.state,
      definitionHash: this.hash,
      checkpoint,
      generation,
      status: fault ? 'faulted' : this.state.status === 'paused' ? 'paused' : 'running',
      fault: asJson(fault ?? null),
    }
    await store.projections.apply(next, generation, {})
    this.state = next
    this.building = null
    await store.projections.prune(loaded.id, projection.id, generation)
    this.tell(null)
  }
}
