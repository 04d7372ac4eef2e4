import type { CodeRunner } from '@/core/code/contract'
import { isWorkbenchError, WorkbenchError } from '@/core/errors'
import type { Json } from '@/core/json'
import type { RecordedEvent } from '@/core/log/event'
import type { ProjectionState, Store, Subscription } from '../store/contract'
import type { DesignCatalogue, LoadedDesign } from './loaded-design'
import { type ProjectionProgress, ProjectionRunner } from './projection-runner'

export interface ProjectionChanged {
  readonly designId: string
  readonly name: string
  /** Rows that changed (null: gone); null when all must be read again. */
  readonly rows: Readonly<Record<string, Json>> | null
  readonly progress: ProjectionProgress
}

interface Running {
  readonly version: number
  readonly runners: ReadonlyMap<string, ProjectionRunner>
}

/** A delay that was set live stays, until the definition asks for another than it did. */
async function followDelays(before: Running, now: Running): Promise<void> {
  for (const [name, runner] of now.runners) {
    const asked = before.runners.get(name)?.definition.delayMs
    if (asked !== undefined && asked !== runner.definition.delayMs)
      await runner.setDelay(runner.definition.delayMs)
  }
}

/** Runs the projections of every design that is in use; woken by one subscription to the log. */
export class Projections {
  private readonly designs = new Map<string, Promise<Running>>()
  private readonly listeners = new Set<(change: ProjectionChanged) => void>()
  private subscription: Subscription | null = null
  private closed = false

  constructor(
    private readonly parts: {
      readonly store: Store
      readonly code: CodeRunner
      readonly catalogue: DesignCatalogue
      readonly onDefect: (error: unknown) => void
    },
  ) {}

  /** Wakes the projections of each design whose events come in. */
  async start(): Promise<void> {
    const { store } = this.parts
    const wake = (events: readonly RecordedEvent[]) => {
      for (const designId of new Set(events.map((event) => event.designId))) this.wake(designId)
    }
    // An event that cannot be read stops the projections that come to it, not their being woken.
    const onCorrupt = () => undefined
    this.subscription = store.events.subscribe(await store.events.head(), wake, { onCorrupt })
  }

  /**
   * A design's projections, opened when they are not yet running.
   * @throws {WorkbenchError} ENGINE_STOPPED
   */
  async of(loaded: LoadedDesign): Promise<ReadonlyMap<string, ProjectionRunner>> {
    for (;;) {
      if (this.closed)
        throw new WorkbenchError('ENGINE_STOPPED', 'The workbench is stopping. Try again when it is back.')
      const held = this.designs.get(loaded.id)
      const running = await held
      if (running && running.version >= loaded.version) return running.runners
      // Somebody else was quicker: two runners of one projection would undo each other's work.
      if (this.designs.get(loaded.id) !== held) continue
      const opening = (async () => {
        if (running) await this.closeRunners(running)
        const opened = await this.open(loaded)
        if (running) await followDelays(running, opened)
        return opened
      })()
      this.designs.set(loaded.id, opening)
      opening.catch(() => {
        if (this.designs.get(loaded.id) === opening) this.designs.delete(loaded.id)
      })
      return (await opening).runners
    }
  }

  /** @throws {WorkbenchError} PROJECTION_NOT_FOUND */
  async get(loaded: LoadedDesign, name: string): Promise<ProjectionRunner> {
    const runner = (await this.of(loaded)).get(name)
    if (!runner)
      throw new WorkbenchError(
        'PROJECTION_NOT_FOUND',
        `This design has no projection "${name}". It has: ${loaded.design.projections.map(({ id }) => id).join(', ') || 'none'}.`,
      )
    return runner
  }

  onChange(listener: (change: ProjectionChanged) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** How each one that runs stands. */
  async standing(): Promise<readonly ProjectionState[]> {
    const opened = await Promise.all([...this.designs.values()].map((one) => one.catch(() => null)))
    return opened.flatMap((one) =>
      [...(one?.runners.values() ?? [])].flatMap(({ progress }) => progress?.state ?? []),
    )
  }

  /** Stops the projections of a design that changed or goes. */
  async forget(designId: string): Promise<void> {
    const held = this.designs.get(designId)
    this.designs.delete(designId)
    // Those that could not be opened have closed what they had.
    const running = await held?.catch(() => null)
    if (running) await this.closeRunners(running)
  }

  async close(): Promise<void> {
    this.closed = true
    this.subscription?.close()
    await Promise.all([...this.designs.keys()].map((designId) => this.forget(designId)))
  }

  private wake(designId: string): void {
    const held = this.designs.get(designId)
    const running =
      held ??
      this.parts.catalogue
        .load(designId)
        .then((loaded) =>
          loaded.design.projections.length === 0
            ? null
            : this.of(loaded).then((runners) => ({ version: loaded.version, runners })),
        )
    running
      .then((one) => {
        for (const runner of one?.runners.values() ?? []) runner.wake()
      })
      .catch((error: unknown) => {
        if (this.closed) return
        // A design may be deleted before its last events have come round.
        if (!isWorkbenchError(error) || error.code !== 'DESIGN_NOT_FOUND') this.parts.onDefect(error)
      })
  }

  private async open(loaded: LoadedDesign): Promise<Running> {
    const { store, code, onDefect } = this.parts
    const runners = new Map<string, ProjectionRunner>()
    for (const projection of loaded.design.projections) {
      const onChange = (rows: Readonly<Record<string, Json>> | null, progress: ProjectionProgress) => {
        for (const listener of this.listeners)
          listener({ designId: loaded.id, name: projection.id, rows, progress })
      }
      runners.set(
        projection.id,
        new ProjectionRunner({ store, code, loaded, projection, onChange, onDefect }),
      )
    }
    const running = { version: loaded.version, runners }
    try {
      for (const runner of runners.values()) await runner.open()
    } catch (error) {
      // They are opened again when next asked for: two runners of one projection would undo each other's work.
      await this.closeRunners(running)
      throw error
    }
    return running
  }

  private async closeRunners(running: Running): Promise<void> {
    await Promise.all([...running.runners.values()].map((runner) => runner.close()))
  }
}
