import { codeEvent } from '@/core/aggregate/handle'
import type { CodeFault, CodeRunner } from '@/core/code/contract'
import type { Projection } from '@/core/design/aggregate'
import type { Json } from '@/core/json'
import type { RecordedEvent } from '@/core/log/event'
import { keysCall, listensTo, projectCall, projectionHash } from '@/core/projection/fold'
import { LIMITS } from '../limits'
import type { ProjectionState, Store } from '../store/contract'
import type { LoadedDesign } from './loaded-design'

/** What stopped a projection: the event, and what its handler did. */
export interface ProjectionFault extends CodeFault {
  readonly position: number
  readonly streamId: string
  readonly version: number
  readonly type: string
}

export interface ProjectionProgress {
  readonly state: ProjectionState
  /** Where a rebuild has got to, while one is under way. */
  readonly rebuilding: number | null
}

export interface ProjectionRunnerParts {
  readonly store: Store
  readonly code: CodeRunner
  readonly loaded: LoadedDesign
  readonly projection: Projection
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

  constructor(private readonly parts: ProjectionRunnerParts) {}

  get progress(): ProjectionProgress | null {
    return this.state && { state: this.state, rebuilding: this.rebuildAt }
  }

  /** Reads where it stands, and rebuilds when its definition has changed since. */
  async open(): Promise<void> {
    const { store, loaded, projection } = this.parts
    const hash = projectionHash(projection)
    const stored = await store.projections.get(loaded.id, projection.id)
    this.state = stored ?? {
      designId: loaded.id,
      name: projection.id,
      definitionHash: hash,
      checkpoint: 0,
      status: 'running',
      generation: 1,
      fault: null,
      delayMs: projection.delayMs,
    }
    if (!stored) await store.projections.apply(this.state, this.state.generation, {})
    if (stored && stored.definitionHash !== hash) this.rebuildBeside(hash)
    else this.wake()
  }

  /** Readers see the old rows meanwhile, so nobody waits for it. */
  private rebuildBeside(hash: string): void {
    this.rebuildAt = 0
    this.turn(() => this.rebuild(hash)).then(
      () => this.wake(),
      (error: unknown) => this.tryAgain(error, () => this.rebuildBeside(hash)),
    )
  }

  /** What could not be stored or read now may be in a moment. */
  private tryAgain(error: unknown, work: () => void): void {
    this.parts.onDefect(error)
    if (this.stopped) return
    if (this.timer) clearTimeout(this.timer)
    this.timer = setTimeout(work, LIMITS.projectionRetryMs)
  }

  /** There may be something new. */
  wake(): void {
    if (this.stopped || this.state?.status !== 'running') return
    if (this.running) {
      this.again = true
      return
    }
    this.running = this.loop()
      .catch((error: unknown) => this.tryAgain(error, () => this.wake()))
      .finally(() => {
        this.running = null
        if (this.again) {
          this.again = false
          this.wake()
        }
      })
  }

  async pause(): Promise<void> {
    await this.turn(() => this.change({ status: 'paused' }))
  }

  /** Goes on, trying the event that stopped it again. */
  async resume(): Promise<void> {
    await this.turn(() => this.change({ status: 'running', fault: null }))
    this.wake()
  }

  /** Passes over the event that stopped it. */
  async skip(): Promise<void> {
    const fault = this.state?.fault as unknown as ProjectionFault | null
    if (fault)
      await this.turn(() => this.change({ status: 'running', fault: null, checkpoint: fault.position }))
    this.wake()
  }

  async setDelay(delayMs: number): Promise<void> {
    await this.turn(() => this.change({ delayMs }))
    this.wake()
  }

  /** Folds from zero beside the rows that readers see, then swaps. */
  async startRebuild(): Promise<void> {
    await this.turn(() => this.rebuild(projectionHash(this.parts.projection)))
    this.wake()
  }

  async close(): Promise<void> {
    this.stopped = true
    if (this.timer) clearTimeout(this.timer)
    await this.running?.catch(() => undefined)
  }

  /** Waits for the batch under way, then does something of its own; the loop stands still meanwhile. */
  private async turn(work: () => Promise<void>): Promise<void> {
    while (this.running) await this.running
    if (this.timer) clearTimeout(this.timer)
    const doing = work()
    this.running = doing.catch(() => undefined)
    try {
      await doing
    } finally {
      this.running = null
      this.again = false
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
      if (this.stopped || !state || state.status !== 'running') return
      const events = await this.due(state)
      if (events === null) return
      const folded = await this.fold(events, state.generation)
      await this.change(
        {
          checkpoint: folded.checkpoint,
          ...(folded.fault ? { status: 'faulted' as const, fault: folded.fault as unknown as Json } : {}),
        },
        folded.rows,
      )
    }
  }

  /** The next events whose delay is over; null when there are none, after setting the alarm for the first that will be. */
  private async due({
    designId,
    checkpoint,
    delayMs,
  }: ProjectionState): Promise<readonly RecordedEvent[] | null> {
    const events = await this.parts.store.events.readAll(checkpoint, {
      designId,
      limit: LIMITS.projectionBatch,
    })
    const ripe = delayMs === 0 ? events : events.filter((event) => event.recordedAt + delayMs <= Date.now())
    if (ripe.length > 0) return ripe
    const first = events[0]
    if (first) {
      if (this.timer) clearTimeout(this.timer)
      this.timer = setTimeout(() => this.wake(), Math.max(1, first.recordedAt + delayMs - Date.now()))
    }
    return null
  }

  /** Rows after these events, up to the first whose handler failed. Two crossings into the sandbox, whatever their number. */
  private async fold(
    events: readonly RecordedEvent[],
    generation: number,
  ): Promise<{
    readonly rows: Readonly<Record<string, Json>>
    readonly checkpoint: number
    readonly fault?: ProjectionFault
  }> {
    const { store, code, loaded, projection } = this.parts
    const heard = events.filter((event) => listensTo(loaded.design, projection, event.streamId))
    const last = events.at(-1)?.position ?? 0
    if (heard.length === 0) return { rows: {}, checkpoint: last }
    const seen = heard.map(codeEvent)
    const keyed = await code.run(loaded.program, keysCall(projection, seen))
    if (!keyed.ok)
      return heard.length === 1
        ? this.faultAt(events, heard, 0, keyed.error, {})
        : this.foldOneByOne(events, heard, generation)
    const { keys } = keyed.value
    const wanted = [...new Set(keys.filter((key) => key !== null))]
    const rows = await store.projections.loadRows(loaded.id, projection.id, generation, wanted)
    const answer = await code.run(loaded.program, projectCall(projection, rows, seen, keys))
    if (!answer.ok)
      return heard.length === 1
        ? this.faultAt(events, heard, 0, answer.error, {})
        : this.foldOneByOne(events, heard, generation)
    const { fault } = answer.value
    if (fault) return this.faultAt(events, heard, fault.eventIndex, fault, answer.value.rows)
    return { rows: answer.value.rows, checkpoint: last }
  }

  /** A batch that fails as a whole says nothing of which event it was: the first alone does. */
  private foldOneByOne(
    events: readonly RecordedEvent[],
    heard: readonly RecordedEvent[],
    generation: number,
  ) {
    const first = heard[0]
    return this.fold(first ? events.filter((event) => event.position <= first.position) : events, generation)
  }

  private faultAt(
    events: readonly RecordedEvent[],
    heard: readonly RecordedEvent[],
    index: number,
    fault: CodeFault,
    rows: Readonly<Record<string, Json>>,
  ) {
    const event = heard[index]
    const before = events.filter(({ position }) => event !== undefined && position < event.position).at(-1)
    const checkpoint = before?.position ?? this.state?.checkpoint ?? 0
    if (!event) return { rows, checkpoint }
    const { position, streamId, version, type } = event
    return { rows, checkpoint, fault: { ...fault, position, streamId, version, type } }
  }

  private async rebuild(hash: string): Promise<void> {
    const { store, loaded, projection } = this.parts
    const visible = this.state
    if (!visible) return
    const generation = visible.generation + 1
    await store.projections.prune(loaded.id, projection.id, visible.generation)
    let checkpoint = 0
    let fault: ProjectionFault | undefined
    this.rebuildAt = 0
    try {
      while (!fault && !this.stopped) {
        const events = await store.events.readAll(checkpoint, {
          designId: loaded.id,
          limit: LIMITS.projectionBatch,
        })
        if (events.length === 0) break
        const folded = await this.fold(events, generation)
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
      definitionHash: hash,
      checkpoint,
      generation,
      status: fault ? 'faulted' : visible.status === 'paused' ? 'paused' : 'running',
      fault: (fault ?? null) as unknown as Json,
    }
    await store.projections.apply(next, generation, {})
    this.state = next
    await store.projections.prune(loaded.id, projection.id, generation)
    this.parts.onChange(null, { state: next, rebuilding: null })
  }
}
