import type { CodeRunner } from '@/core/code/contract'
import { isWorkbenchError, WorkbenchError } from '@/core/errors'
import type { RecordedEvent } from '@/core/log/event'
import type { PolicyState, Store, Subscription } from '../store/contract'
import type { Aggregates } from './aggregates'
import type { Engine } from './engine'
import type { DesignCatalogue, LoadedDesign } from './loaded-design'
import { PolicyRunner } from './policy-runner'

interface Running {
  readonly version: number
  readonly runners: ReadonlyMap<string, PolicyRunner>
}

interface PoliciesParts {
  readonly store: Store
  readonly code: CodeRunner
  readonly catalogue: DesignCatalogue
  readonly aggregates: Aggregates
  readonly engine: Engine
  readonly onDefect: (error: unknown) => void
}

/** Runs the policies of the newest version of every design that is in use; woken by one subscription to the log. */
export class Policies {
  private readonly designs = new Map<string, Promise<Running>>()
  private readonly listeners = new Set<(state: PolicyState) => void>()
  private subscription: Subscription | null = null
  private closed = false

  constructor(private readonly parts: PoliciesParts) {}

  /** Takes up what was not given when the workbench last closed or died, and listens from now on. */
  async start(): Promise<void> {
    const { store } = this.parts
    const wake = (events: readonly RecordedEvent[]) => {
      const types = new Map<string, Set<string>>()
      for (const { designId, type } of events) {
        const heard = types.get(designId)
        if (heard) heard.add(type)
        else types.set(designId, new Set([type]))
      }
      const position = events.at(-1)?.position ?? 0
      for (const [designId, heard] of types) this.wake(designId, { heard, position })
    }
    // An event that cannot be read stops the policies that come to it, not their being woken.
    const onCorrupt = () => undefined
    this.subscription = store.events.subscribe(await store.events.head(), wake, { onCorrupt })
    for (const designId of await store.policies.behind()) this.wake(designId)
  }

  /**
   * The policies of a design's newest version, opened when they are not yet running. Those of an older version are
   * closed first: an event is given to one version only.
   * @throws {WorkbenchError} ENGINE_STOPPED
   */
  async of(loaded: LoadedDesign): Promise<ReadonlyMap<string, PolicyRunner>> {
    for (;;) {
      if (this.closed)
        throw new WorkbenchError('ENGINE_STOPPED', 'The workbench is stopping. Try again when it is back.')
      const held = this.designs.get(loaded.id)
      const running = await held
      if (running && running.version >= loaded.version) return running.runners
      // Somebody else was quicker.
      if (this.designs.get(loaded.id) !== held) continue
      const opening = (async () => {
        if (running) await closeRunners(running)
        return this.open(loaded)
      })()
      this.designs.set(loaded.id, opening)
      opening.catch(() => {
        if (this.designs.get(loaded.id) === opening) this.designs.delete(loaded.id)
      })
      return (await opening).runners
    }
  }

  /** @throws {WorkbenchError} POLICY_NOT_FOUND, ENGINE_STOPPED */
  async get(loaded: LoadedDesign, id: string): Promise<PolicyRunner> {
    const runner = (await this.of(loaded)).get(id)
    if (!runner)
      throw new WorkbenchError(
        'POLICY_NOT_FOUND',
        `This design has no policy "${id}". It has: ${loaded.design.policies.map((policy) => policy.id).join(', ') || 'none'}.`,
      )
    return runner
  }

  /** Called with where a policy stands whenever that has changed, on disk. */
  onChange(listener: (state: PolicyState) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Stops the policies of a design that goes. */
  async forget(designId: string): Promise<void> {
    const held = this.designs.get(designId)
    this.designs.delete(designId)
    const running = await held?.catch(() => null)
    if (running) await closeRunners(running)
  }

  /** Resolves when the events that are being given have been given. */
  async close(): Promise<void> {
    this.closed = true
    this.subscription?.close()
    await Promise.all([...this.designs.keys()].map((designId) => this.forget(designId)))
  }

  /** @param came without it there may be something for each of them */
  private wake(
    designId: string,
    came?: { readonly heard: ReadonlySet<string>; readonly position: number },
  ): void {
    this.running(designId)
      .then((runners) => {
        for (const runner of runners.values()) {
          if (!came || came.heard.has(runner.listensFor)) runner.wake()
          else runner.passed(came.position)
        }
      })
      .catch((error: unknown) => {
        if (this.closed) return
        // A design may be deleted before its last events have come round.
        if (!isWorkbenchError(error) || error.code !== 'DESIGN_NOT_FOUND') this.parts.onDefect(error)
      })
  }

  private async running(designId: string): Promise<ReadonlyMap<string, PolicyRunner>> {
    const held = this.designs.get(designId)
    return held ? (await held).runners : this.of(await this.parts.catalogue.load(designId))
  }

  private async open(loaded: LoadedDesign): Promise<Running> {
    const { store, code, aggregates, engine, onDefect } = this.parts
    const runners = new Map<string, PolicyRunner>()
    const states = loaded.design.policies.length === 0 ? [] : await store.policies.list(loaded.id)
    for (const policy of loaded.design.policies) {
      const state = states.find((one) => one.policy === policy.id && one.type === policy.on)
      // Of two with one id the first counts. Without a place of its own it is one of a version that is not the newest.
      if (!state || runners.has(policy.id)) continue
      const own = { store, events: store.events, code, aggregates, engine, loaded, policy, onDefect }
      const onChange = (now: PolicyState) => {
        for (const listener of this.listeners) listener(now)
      }
      runners.set(policy.id, new PolicyRunner({ ...own, onChange }, state))
    }
    for (const runner of runners.values()) runner.wake()
    return { version: loaded.version, runners }
  }
}

async function closeRunners({ runners }: Running): Promise<void> {
  await Promise.all([...runners.values()].map((runner) => runner.close()))
}
