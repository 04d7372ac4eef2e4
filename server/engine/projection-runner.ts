import type { Projection } from '@/core/design/aggregate'
import { WorkbenchError } from '@/core/errors'
import { asJson, type Json } from '@/core/json'
import type { RecordedEvent } from '@/core/log/event'
import { projectionHash } from '@/core/projection/fold'
import type { LoadRows } from '@/core/projection/fold-batch'
import { LIMITS } from '../limits'
import type { ProjectionState, Store } from '../store/contract'
import { type BatchParts, followBatch, type ProjectionFault, readBatch } from './projection-batch'
import { Turns } from './turns'

export interface ProjectionProgress {
  readonly state: ProjectionState
  /** The position that a rebuild has got to, while one is under way. */
  readonly rebuilding: number | null
}

/** Rows that are folded from zero, beside those that readers see. */
interface Building {
  readonly generation: number
  readonly checkpoint: number
  /** At an event that its handlers break on: it waits for a person, and readers keep what they have. */
  readonly isStopped: boolean
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
  private readonly turns = new Turns({
    hasWork: () => this.hasWork,
    loop: () => this.loop(),
    onError: (error) => this.tryAgain(error),
    refusal: {
      code: 'PROJECTION_ACTION_REFUSED',
      message: 'The design of this projection has just been changed. Do it again.',
    },
  })
  private readonly hash: string

  constructor(private readonly parts: ProjectionRunnerParts) {
    this.hash = projectionHash(parts.loaded.design, parts.projection)
  }

  get definition(): Projection {
    return this.parts.projection
  }

  get progress(): ProjectionProgress | null {
    const { state, building } = this
    const rebuilding = building ? (building.isStopped ? null : building.checkpoint) : this.isStale ? 0 : null
    return state && { state, rebuilding }
  }

  /** Reads where it stands. When its definition has changed since, the rows are rebuilt, and nobody waits for it. */
  async open(): Promise<void> {
    const { store, loaded, projection } = this.parts
    const stored = await store.projections.get(loaded.id, projection.id)
    this.state = withoutRebuildFault(stored) ?? {
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
    this.turns.wake()
  }

  /** Its rows are those of an earlier definition. */
  private get isStale(): boolean {
    return this.state !== null && this.state.definitionHash !== this.hash
  }

  /** A changed definition is rebuilt even where the old one is paused or stopped at a fault: it may mend that. */
  private get hasWork(): boolean {
    if (this.building) return !this.building.isStopped
    return this.state?.status === 'running' || this.isStale
  }

  /** What could not be stored or read now may be in a moment. */
  private tryAgain(error: unknown): void {
    this.parts.onDefect(error)
    this.turns.alarm(LIMITS.projectionRetryMs)
  }

  async pause(): Promise<void> {
    await this.turns.take(() => this.change({ status: 'paused' }))
  }

  /** Goes on, trying the event that stopped it again. */
  async resume(): Promise<void> {
    await this.turns.take(async () => {
      this.goOnBuilding()
      await this.change({ status: 'running', fault: null })
    })
  }

  /** Passes over the event that stopped it. */
  async skip(): Promise<void> {
    await this.turns.take(async () => {
      const { state } = this
      // Null once somebody else has dealt with it.
      const fault = state && faultOf(state)
      if (!fault) return
      const passed =
        this.goOnBuilding(fault.position) || isOfRebuild(state) ? {} : { checkpoint: fault.position }
      await this.change({ status: 'running', fault: null, ...passed })
    })
  }

  /** @returns whether a rebuild had stopped and goes on, from where it was or from the checkpoint that is given */
  private goOnBuilding(checkpoint?: number): boolean {
    if (!this.building?.isStopped) return false
    this.building = {
      ...this.building,
      checkpoint: checkpoint ?? this.building.checkpoint,
      isStopped: false,
    }
    return true
  }

  async setDelay(delayMs: number): Promise<void> {
    await this.turns.take(() => this.change({ delayMs }))
  }

  /**
   * Begins to fold from zero beside the rows that readers see; they are swapped once it has caught up with them.
   * @throws {WorkbenchError} PROJECTION_ACTION_REFUSED when that is under way already
   */
  async startRebuild(): Promise<void> {
    await this.turns.take(async () => {
      if (this.building && !this.building.isStopped)
        throw new WorkbenchError('PROJECTION_ACTION_REFUSED', 'It is being rebuilt already.')
      if (this.building) await this.change({ status: 'running', fault: null })
      await this.beginBuilding()
    })
  }

  /** Does something while the rows stand still: they are those of the checkpoint, and stay so until it is done. */
  still<T>(work: (progress: ProjectionProgress) => Promise<T>): Promise<T | null> {
    return this.turns.take(async () => (this.progress ? work(this.progress) : null))
  }

  /** Resolves when nothing of it is under way: a successor may then take its rows over. */
  close(): Promise<void> {
    return this.turns.close()
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
      if (this.turns.stopped || this.turns.isWanted || !state || !this.hasWork) return
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
    const { checkpoint, fault, rows } = await followBatch(
      this.parts,
      state.checkpoint,
      events,
      this.rowsOf(state.generation),
    )
    await this.change({ checkpoint, ...(fault ? faulted(fault, state.generation) : {}) }, rows)
  }

  /** The next events whose delay is over; null when there are none, after setting the alarm for the first that will be. */
  private async due({
    designId,
    checkpoint,
    delayMs,
    generation,
  }: ProjectionState): Promise<readonly RecordedEvent[] | null> {
    const { events, fault } = await readBatch(this.parts.store.events, designId, checkpoint)
    if (fault) {
      await this.change(faulted(fault, generation))
      return null
    }
    const ripe = delayMs === 0 ? events : events.filter((event) => event.recordedAt + delayMs <= Date.now())
    if (ripe.length > 0) return ripe
    const first = events[0]
    if (first) this.turns.alarm(Math.max(1, first.recordedAt + delayMs - Date.now()))
    return null
  }

  private async beginBuilding(): Promise<void> {
    const { store, loaded, projection } = this.parts
    const { state } = this
    if (!state) return
    // What a rebuild that was cut short has left.
    await store.projections.prune(loaded.id, projection.id, state.generation)
    this.building = { generation: state.generation + 1, checkpoint: 0, isStopped: false }
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
      if (fault) await this.stopBuilding(fault)
      else await this.swap(generation, checkpoint)
      return true
    }
    const folded = await followBatch(this.parts, checkpoint, ripe, this.rowsOf(generation))
    await store.projections.apply(state, generation, folded.rows)
    this.building = { generation, checkpoint: folded.checkpoint, isStopped: false }
    if (folded.fault) await this.stopBuilding(folded.fault)
    else this.tell({})
    return folded.fault !== undefined
  }

  /** Rows that are not all there are worse than those of before. */
  private async stopBuilding(fault: ProjectionFault): Promise<void> {
    const { building } = this
    if (!building) return
    this.building = { ...building, isStopped: true }
    await this.change(faulted(fault, building.generation))
  }

  private async swap(generation: number, checkpoint: number): Promise<void> {
    const { store, loaded, projection } = this.parts
    if (!this.state) return
    const next: ProjectionState = {
      ...this.state,
      definitionHash: this.hash,
      checkpoint,
      generation,
      status: this.state.status === 'paused' ? 'paused' : 'running',
      fault: null,
    }
    await store.projections.apply(next, generation, {})
    this.state = next
    this.building = null
    await store.projections.prune(loaded.id, projection.id, generation)
    this.tell(null)
  }
}

/** A fault as it is stored: with the generation of the rows that it was found while folding. */
const faulted = (fault: ProjectionFault, generation: number) => ({
  status: 'faulted' as const,
  fault: asJson({ ...fault, generation }),
})

/** Written by `faulted`, or before generations were. */
const faultOf = ({ fault }: ProjectionState): (ProjectionFault & { readonly generation?: number }) | null =>
  fault as unknown as (ProjectionFault & { readonly generation?: number }) | null

/** Found in a rebuild: the rows that readers see have nothing to do with it. */
const isOfRebuild = (state: ProjectionState): boolean =>
  (faultOf(state)?.generation ?? state.generation) !== state.generation

/** A rebuild does not outlive its runner: a definition that still is another is rebuilt anew. */
const withoutRebuildFault = (stored: ProjectionState | null): ProjectionState | null =>
  stored && isOfRebuild(stored)
    ? { ...stored, status: stored.status === 'faulted' ? 'running' : stored.status, fault: null }
    : stored
