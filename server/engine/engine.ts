import { runStream } from '@/core/aggregate/stream'
import type { CodeRunner } from '@/core/code/contract'
import { WorkbenchError } from '@/core/errors'
import type { JsonObject } from '@/core/json'
import type { RecordedEvent, StreamAppend } from '@/core/log/event'
import {
  type DecidedEvent,
  type Fault,
  INITIAL_STATE,
  isAboutUndoing,
  isTerminal,
  type OperatorAction,
  type PerformContext,
  type RunMode,
  replay,
  type SagaPlan,
  type SagaRejection,
  type SagaState,
} from '@/core/saga'
import type { RunLimits } from '../limits'
import type { Store } from '../store/contract'
import { Admission } from './admission'
import type { Aggregates } from './aggregates'
import { type RunClock, runClock } from './clock'
import { createFairSlots } from './fair-slots'
import type { HttpCaller } from './http-caller'
import { isImportedRun, runImported } from './imported-run'
import type { DesignCatalogue, LoadedDesign } from './loaded-design'
import { readStream } from './read-stream'
import { RestingRuns } from './resting-runs'
import { RunActor } from './run-actor'
import { RunEndings } from './run-endings'
import { newRunId } from './run-id'
import { runMessages, sagaEvent } from './run-messages'

export interface EngineParts {
  readonly store: Store
  readonly code: CodeRunner
  readonly catalogue: DesignCatalogue
  readonly aggregates: Aggregates
  readonly http: HttpCaller
  readonly limits: RunLimits
  readonly onDefect: (error: unknown, runId: string) => void
}

export interface StartRunRequest {
  readonly saga: string
  readonly input: JsonObject
  readonly mode: RunMode
  readonly speed?: number | undefined
  readonly seed: string
  readonly faults: readonly Fault[]
  readonly breakpoints?: readonly string[] | undefined
  /** Message id of what asked for it. */
  readonly causationId: string
  /** The story that it is a part of; by itself it begins its own. */
  readonly correlationId?: string
  /** An id that whoever asks has made up; one run of it at most is ever begun. */
  readonly runId?: string
  readonly userId?: string
}

/** What an engine holds and has to do. */
export interface EnginePressure {
  /** Runs in memory. */
  readonly held: number
  /** Runs that are not, and are due at a known time. */
  readonly due: number
  readonly effectsUnderWay: number
  readonly effectsWaiting: number
  readonly loadsWaiting: number
}

/** A run folded from its events. */
export interface LoadedRun {
  readonly loaded: LoadedDesign
  readonly plan: SagaPlan
  readonly events: readonly RecordedEvent[]
  readonly state: SagaState
}

/**
 * Performs the effects of every unfinished run, and resumes them when it starts. A run is in memory while it has
 * something to do: one that waits is let go of after a while, and taken up when it is due or somebody acts on it.
 */
export class Engine {
  private readonly actors = new Map<string, RunActor>()
  private readonly loading = new Map<string, Promise<RunActor | null>>()
  private readonly endings = new RunEndings()
  private stopped = false
  private closing: Promise<void> | null = null
  /** Effects, in the lanes of their designs. */
  private readonly slots
  private readonly admission
  private readonly resting

  constructor(private readonly parts: EngineParts) {
    const { limits } = parts
    this.slots = createFairSlots({ most: limits.effectsAtOnce, mostPerLane: limits.effectsAtOncePerDesign })
    this.admission = new Admission(this.slots, limits)
    this.resting = new RestingRuns({
      runs: parts.store.runs,
      actors: this.actors,
      limits,
      takeUp: (designId, runId) => this.actor(designId, runId),
      onDefect: parts.onDefect,
    })
  }

  /** Runs held in memory: unfinished ones. */
  get active(): number {
    return this.actors.size
  }

  /** What it holds and has to do, in numbers. */
  get pressure(): EnginePressure {
    return {
      held: this.actors.size,
      due: this.resting.due,
      effectsUnderWay: this.slots.underWay,
      effectsWaiting: this.slots.waiting(),
      loadsWaiting: this.resting.waiting,
    }
  }

  /** Resolves once every run that was unfinished at the start is gone on with, or known to wait. */
  get recovered(): Promise<void> {
    return this.resting.recovered
  }

  /**
   * Starts a run. Resolves once its first events are on disk.
   * @throws {WorkbenchError} SAGA_NOT_FOUND, TOO_MANY_REQUESTS, ENGINE_STOPPED, STORE_*
   */
  start(
    loaded: LoadedDesign,
    request: StartRunRequest,
  ): Promise<{ readonly runId: string; readonly state: SagaState }> {
    return this.admission.admit(loaded.id, () => this.begin(loaded, request))
  }

  private async begin(
    loaded: LoadedDesign,
    request: StartRunRequest,
  ): Promise<{ readonly runId: string; readonly state: SagaState }> {
    this.assertRunning()
    const plan = loaded.plan(request.saga)
    const runId = request.runId ?? newRunId()
    const clock = runClock(request.mode, request.speed ?? 1, Date.now())
    const story = request.correlationId ?? runId
    const actor = this.createActor(runId, story, loaded, plan, request.seed, clock, INITIAL_STATE)
    const { saga, input, mode, speed, seed, faults, breakpoints } = request
    const started = await actor
      .submit(
        (at) => ({
          type: 'start',
          saga,
          designVersion: loaded.version,
          input,
          seed,
          mode,
          faults,
          ...(speed === undefined ? {} : { speed }),
          ...(breakpoints?.length ? { breakpoints } : {}),
          at,
        }),
        request.causationId,
        request.userId,
      )
      .catch((error: unknown) => {
        this.actors.delete(runId)
        throw error
      })
    if (!started.ok) throw new WorkbenchError('INTERNAL', 'a new run refused its start')
    return { runId, state: started.value }
  }

  /**
   * How a run has ended, or where it is when it has not within `withinMs`.
   * @throws {WorkbenchError} RUN_NOT_FOUND
   */
  async ended(designId: string, runId: string, withinMs: number): Promise<SagaState> {
    const ending = this.endings.wait(runId, withinMs)
    // One that is not in memory has ended already, or waits: the log knows. It may end while that is read.
    const held = this.actors.get(runId)?.state ?? (await this.read(designId, runId)).state
    if (isTerminal(held.status) || this.stopped) this.endings.tell(runId, held)
    const ended = await ending
    if (ended === 'gone') throw runNotFound(runId)
    return ended ?? this.actors.get(runId)?.state ?? (await this.read(designId, runId)).state
  }

  /**
   * Begins a run with the events of a fork. Resolves once they are on disk, all in one append.
   * @param events as `forkEvents` gives them
   * @param also streams that are the new run's own
   * @throws {WorkbenchError} TOO_MANY_REQUESTS, ENGINE_STOPPED, STORE_*
   */
  fork(
    loaded: LoadedDesign,
    plan: SagaPlan,
    runId: string,
    events: readonly DecidedEvent[],
    causationId: string,
    also: readonly StreamAppend[],
  ): Promise<void> {
    return this.admission.admit(loaded.id, async () => {
      this.assertRunning()
      const own: StreamAppend = {
        designId: loaded.id,
        streamId: runStream(runId),
        expectedVersion: 'no-stream',
        events: runMessages({ runId, correlationId: runId }, 1, events, causationId),
      }
      await this.parts.store.events.append([own, ...also])
      const state = replay(plan, events)
      const clock = runClock(state.mode, state.speed ?? 1, events.at(-1)?.data.at ?? Date.now())
      // One that stops meanwhile finds the run in the log when it is back.
      if (!this.stopped) this.createActor(runId, runId, loaded, plan, state.seed, clock, state).resume()
    })
  }

  /**
   * What a person does to a run.
   * @throws {WorkbenchError} RUN_NOT_FOUND, RUN_IMPORTED, ENGINE_STOPPED
   */
  async act(
    designId: string,
    runId: string,
    act: OperatorAction,
    who: { readonly by: string; readonly reason?: string; readonly causationId: string },
  ): Promise<SagaState | SagaRejection> {
    this.assertRunning()
    if (await isImportedRun(this.parts.store, designId, runId)) throw runImported(runId)
    // What could not be undone is dealt with when the run has ended, too.
    const actor = await this.actor(designId, runId, isAboutUndoing(act))
    if (!actor) return { code: 'RUN_ENDED' }
    const answer = await actor.submit(
      (at) => ({
        type: 'operator',
        act,
        by: who.by,
        ...(who.reason === undefined ? {} : { reason: who.reason }),
        at,
      }),
      who.causationId,
      who.by,
    )
    return answer.ok ? answer.value : answer.error
  }

  /**
   * A run folded from the log, up to and including `upTo`.
   * @throws {WorkbenchError} RUN_NOT_FOUND, SEQ_OUT_OF_RANGE
   */
  async read(designId: string, runId: string, upTo?: number): Promise<LoadedRun> {
    const events = await readStream(this.parts.store.events, designId, runStream(runId))
    const [first] = events.slice(0, 1).map(sagaEvent)
    if (first?.type !== 'SagaStarted') throw runNotFound(runId)
    if (upTo !== undefined && upTo > events.length)
      throw new WorkbenchError(
        'SEQ_OUT_OF_RANGE',
        `Run "${runId}" has ${events.length} events; there is no event ${upTo}.`,
      )
    const loaded = await this.parts.catalogue.load(designId, first.data.designVersion)
    const plan = loaded.plan(first.data.saga)
    const folded = upTo === undefined ? events : events.slice(0, upTo)
    return { loaded, plan, events, state: replay(plan, folded.map(sagaEvent)) }
  }

  /**
   * Takes up every unfinished run, in the background.
   * @returns how many there are
   */
  recover(): Promise<number> {
    return this.resting.recover()
  }

  /** What a crash leaves is what is on disk: the run is let go of at once and taken up again from its events. */
  private crash(designId: string, runId: string): void {
    this.actors.delete(runId)
    if (this.stopped) return
    this.actor(designId, runId).catch((error: unknown) => this.parts.onDefect(error, runId))
  }

  /** Lets go of the runs of a design that is deleted. */
  async abandon(designId: string, runIds: readonly string[]): Promise<void> {
    await Promise.all(
      runIds.map(async (runId) => {
        await this.actors.get(runId)?.stop()
        this.actors.delete(runId)
        this.endings.tell(runId, 'gone')
        this.resting.forget(runId)
      }),
    )
    this.parts.catalogue.forget(designId)
  }

  /** Finishes what is being written and performs nothing more. */
  close(): Promise<void> {
    this.closing ??= this.shut()
    return this.closing
  }

  private async shut(): Promise<void> {
    this.stopped = true
    const kept = this.resting.close()
    await Promise.all([...this.actors.values()].map((actor) => actor.stop()))
    this.actors.clear()
    this.endings.close()
    await kept
  }

  private assertRunning(): void {
    if (this.stopped)
      throw new WorkbenchError('ENGINE_STOPPED', 'The workbench is stopping. Try again when it is back.')
  }

  /**
   * The actor of a run, loaded when it is not in memory.
   * @param ended whether one that has ended is loaded too; otherwise null is given for it
   */
  private async actor(designId: string, runId: string, ended = false): Promise<RunActor | null> {
    const held = this.actors.get(runId)
    if (held) return held
    const loading =
      this.loading.get(runId) ?? this.load(designId, runId, ended).finally(() => this.loading.delete(runId))
    this.loading.set(runId, loading)
    return loading
  }

  private async load(designId: string, runId: string, ended: boolean): Promise<RunActor | null> {
    if (await isImportedRun(this.parts.store, designId, runId)) return null
    const { loaded, plan, events, state } = await this.read(designId, runId)
    this.assertRunning()
    const held = this.actors.get(runId)
    if (held || (isTerminal(state.status) && !ended)) return held ?? null
    const last = events.at(-1)
    const clock = runClock(state.mode, state.speed ?? 1, last ? sagaEvent(last).data.at : Date.now())
    this.resting.forget(runId)
    const story = events[0]?.metadata.correlationId ?? runId
    const actor = this.createActor(runId, story, loaded, plan, state.seed, clock, state)
    actor.resume()
    return actor
  }

  private createActor(
    runId: string,
    correlationId: string,
    loaded: LoadedDesign,
    plan: SagaPlan,
    seed: string,
    clock: RunClock,
    state: SagaState,
  ): RunActor {
    const { store, code, aggregates, http, onDefect } = this.parts
    const context: PerformContext = {
      design: loaded.design,
      plan,
      program: loaded.program,
      code,
      runId,
      seed,
    }
    const actor = new RunActor(
      {
        runId,
        correlationId,
        loaded,
        context,
        events: store.events,
        aggregates,
        http,
        clock,
        slots: this.slots,
        onEnded: (ended) => this.endings.tell(runId, ended),
        onDone: () => this.actors.delete(runId),
        onCrash: () => this.crash(loaded.id, runId),
        onDefect: (error) => onDefect(error, runId),
      },
      state,
    )
    this.actors.set(runId, actor)
    return actor
  }
}

function runNotFound(runId: string): WorkbenchError {
  return new WorkbenchError('RUN_NOT_FOUND', `There is no run "${runId}".`)
}
