import { runStream } from '@/core/aggregate/stream'
import { WorkbenchError } from '@/core/errors'
import type { RecordedEvent, StreamAppend } from '@/core/log/event'
import { ok, type Result } from '@/core/result'
import {
  decideNext,
  type Effect,
  effectsOf,
  evaluate,
  isTerminal,
  type PerformContext,
  type PerformEffect,
  type Performed,
  perform,
  replay,
  type SagaRejection,
  type SagaState,
  type Stimulus,
} from '@/core/saga'
import { LIMITS } from '../limits'
import type { EventStore } from '../store/contract'
import { isPassingFault } from '../store/passing-fault'
import type { Aggregates } from './aggregates'
import { type AttemptEnding, type AttemptPort, attemptEndings } from './attempt'
import type { RunClock } from './clock'
import type { FairSlots } from './fair-slots'
import { beginCall } from './http-attempt'
import type { HttpCaller } from './http-caller'
import type { LoadedDesign } from './loaded-design'
import { runMessageId, runMessages, sagaEvent } from './run-messages'

export interface RunActorParts {
  readonly runId: string
  /** The story it is a part of: what it causes carries it on. */
  readonly correlationId: string
  readonly loaded: LoadedDesign
  readonly context: PerformContext
  readonly events: EventStore
  readonly aggregates: Aggregates
  readonly http: HttpCaller
  readonly clock: RunClock
  /** Where effects wait for their turn, a lane a design. */
  readonly slots: FairSlots
  /** Called when the run's end is on disk. An answer may still be on its way. */
  readonly onEnded: (state: SagaState) => void
  /** Called when the run has ended and nothing of it is under way. */
  readonly onDone: () => void
  /** Called when a fault made it crash: nothing it holds in memory counts any more. */
  readonly onCrash: () => void
  /** Called when it cannot go on at all: a defect, not a failure of the saga. */
  readonly onDefect: (error: unknown) => void
}

/**
 * One run, one thing at a time: a stimulus is decided, its events are put on disk, and only then is what follows from
 * them performed. What it owes the world is always `effectsOf(state)`, so starting and resuming are the same.
 */
export class RunActor {
  /** Resolves when the last turn that was asked for has ended, however. */
  private chain: Promise<void> = Promise.resolve()
  /** Effects under way, by key; the value cancels a timer. */
  private readonly inFlight = new Map<string, (() => void) | null>()
  /** Answers that are on their way: what cancels each. */
  private readonly arriving = new Set<() => void>()
  private busy = 0
  private answers: Promise<void> = Promise.resolve()
  private stopped = false
  /** It crashes once what is being recorded is on disk: it begins nothing more. */
  private isDying = false
  private quietFrom = performance.now()
  private readonly port: AttemptPort

  constructor(
    private readonly parts: RunActorParts,
    private current: SagaState,
  ) {
    this.port = {
      parts,
      state: () => this.current,
      apply: async (stimulus, also) => void (await this.apply(stimulus, { also })),
      beginNothing: () => {
        this.isDying = true
      },
      crash: () => this.crash(),
    }
  }

  get state(): SagaState {
    return this.current
  }

  get designId(): string {
    return this.parts.loaded.id
  }

  get clock(): RunClock {
    return this.parts.clock
  }

  /** When anything last happened here, on the clock of `performance.now()`. */
  get quietSince(): number {
    return this.quietFrom
  }

  /**
   * When the run is next due by itself, in epoch ms; Infinity when only somebody from outside moves it. Null while
   * something of it is under way, or when its next timer is not on the clock on the wall: then it must stay in memory.
   */
  get dueAt(): number | null {
    if (this.busy > 0 || this.arriving.size > 0) return null
    let due = Number.POSITIVE_INFINITY
    for (const effect of effectsOf(this.parts.context.plan, this.current)) {
      if (effect.type !== 'timer') return null
      due = Math.min(due, effect.at)
    }
    const { mode, speed = 1 } = this.current
    const onTheWall = mode === 'live' && speed === 1 && this.parts.clock.now() <= Date.now()
    return due === Number.POSITIVE_INFINITY || onTheWall ? due : null
  }

  /** Takes up the work the run is owed. */
  resume(): void {
    this.launch()
    this.rest()
  }

  /** As if the process had died: nothing that is under way comes to anything. */
  private crash(): void {
    void this.stop()
    this.parts.onCrash()
  }

  /** Takes no more stimuli; resolves when the one under way is done. */
  async stop(): Promise<void> {
    this.stopped = true
    for (const cancel of this.inFlight.values()) cancel?.()
    for (const cancel of this.arriving) cancel()
    this.inFlight.clear()
    this.arriving.clear()
    await this.chain
  }

  /**
   * Puts a stimulus from outside to the run, in its turn.
   * @param at what comes, given the time on the run's clock when its turn is there
   * @param outsideCause message id of the request it came with
   * @returns the state after it, on disk, or why it changes nothing
   */
  submit(
    stimulus: (at: number) => Stimulus,
    outsideCause: string,
    userId?: string,
  ): Promise<Result<SagaState, SagaRejection>> {
    return this.enqueue(async () => {
      const rejection = await this.apply(stimulus(this.parts.clock.now()), {
        outsideCause,
        ...(userId === undefined ? {} : { userId }),
      })
      return rejection ? { ok: false, error: rejection } : ok(this.current)
    })
  }

  private async enqueue<T>(job: () => Promise<T>): Promise<T> {
    this.busy += 1
    const before = this.chain
    let next = (): void => undefined
    this.chain = new Promise((resolve) => {
      next = resolve
    })
    try {
      await before
      if (this.stopped)
        throw new WorkbenchError('ENGINE_STOPPED', 'The engine is stopping. The run goes on when it is back.')
      return await job()
    } finally {
      next()
      this.busy -= 1
      this.rest()
    }
  }

  /** A job of the run's own: what cannot be stored now is tried again until it can. */
  private later(job: () => Promise<void>): void {
    this.enqueue(() => this.insist(job)).catch((error: unknown) => {
      if (!this.stopped) this.parts.onDefect(error)
    })
  }

  private async insist(job: () => Promise<void>): Promise<void> {
    for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, LIMITS.storeRetryMs)) {
      try {
        return await job()
      } catch (error) {
        if (!isPassingFault(error) || this.stopped) throw error
        await new Promise((resolve) => setTimeout(resolve, waitMs))
      }
    }
  }

  /** Nothing under way: time may jump, and a run that has ended may go. */
  private rest(): void {
    if (this.busy > 0 || this.stopped) return
    this.quietFrom = performance.now()
    if (isTerminal(this.current.status) && this.inFlight.size === 0) this.parts.onDone()
    else this.parts.clock.idle()
  }

  /** Decide, append, fold, launch. `also` goes to disk in the same append. */
  private async apply(
    stimulus: Stimulus,
    options: {
      readonly outsideCause?: string
      readonly userId?: string
      readonly also?: readonly StreamAppend[]
    } = {},
  ): Promise<SagaRejection | undefined> {
    const { runId, correlationId, loaded, context, events } = this.parts
    const decided = decideNext(context.plan, this.current, stimulus)
    if (!decided.ok) return decided.error
    if (decided.value.events.length > 0 || options.also?.length) {
      const messages = runMessages(
        { runId, correlationId },
        this.current.seq + 1,
        decided.value.events,
        options.outsideCause ?? runMessageId(runId, 0),
        options.userId,
      )
      const own: StreamAppend = {
        designId: loaded.id,
        streamId: runStream(runId),
        expectedVersion: this.current.seq === 0 ? 'no-stream' : this.current.seq,
        events: messages,
      }
      const isOwn = (event: RecordedEvent) => event.streamId === own.streamId
      const answer = await events.append([...(messages.length > 0 ? [own] : []), ...(options.also ?? [])])
      const { mode, speed } = this.current
      // Written before after all: what stands in the log is what happened.
      this.current = answer.repeated
        ? replay(context.plan, answer.events.filter(isOwn).map(sagaEvent), this.current)
        : decided.value.state
      if (isTerminal(this.current.status)) this.parts.onEnded(this.current)
      if (this.current.mode !== mode || this.current.speed !== speed)
        this.parts.clock.set(this.current.mode, this.current.speed ?? 1)
    }
    this.launch()
    return
  }

  /** Performs what is owed and not under way yet; lets go of timers that nothing waits for. */
  private launch(): void {
    if (this.stopped || this.isDying) return
    const owed = effectsOf(this.parts.context.plan, this.current)
    const keys = new Set(owed.map(({ key }) => key))
    for (const [key, cancel] of this.inFlight) {
      if (keys.has(key) || cancel === null) continue
      cancel()
      this.inFlight.delete(key)
    }
    for (const effect of owed) if (!this.inFlight.has(effect.key)) this.begin(effect)
  }

  private begin(effect: Effect): void {
    const { clock, context } = this.parts
    switch (effect.type) {
      case 'timer': {
        const { nodeId, phase } = effect
        this.inFlight.set(
          effect.key,
          clock.at(effect.at, () =>
            this.answer(
              effect.key,
              async () => void (await this.apply({ type: 'timer', nodeId, phase, at: clock.now() })),
            ),
          ),
        )
        return
      }
      case 'perform':
        this.inFlight.set(effect.key, null)
        this.beginPerforming(effect)
        return
      default:
        this.inFlight.set(effect.key, null)
        this.working(
          () => evaluate(context, effect, clock.now()),
          (stimulus) => this.answer(effect.key, async () => void (await this.apply(stimulus))),
        )
    }
  }

  /**
   * Async work that is no turn of its own, but keeps virtual time from jumping. Answers are taken in the order in which
   * the work was begun while time is virtual: the same run then has the same events, however fast a worker was.
   */
  private working<T>(work: () => Promise<T>, then: (value: T) => void): void {
    const inTurn = this.parts.slots.run(this.parts.loaded.id, () =>
      this.stopped ? Promise.reject(new Error('stopped')) : work(),
    )
    this.awaiting(inTurn, then)
  }

  private awaiting<T>(doing: Promise<T>, then: (value: T) => void): void {
    this.busy += 1
    // It may fail before its turn to be looked at is there.
    doing.catch(() => undefined)
    this.answers = this.taken(this.current.mode === 'live' ? undefined : this.answers, doing, then)
  }

  private async taken<T>(
    before: Promise<void> | undefined,
    doing: Promise<T>,
    then: (value: T) => void,
  ): Promise<void> {
    try {
      if (before) await before
      const value = await doing
      if (!this.stopped) then(value)
    } catch (error) {
      if (!this.stopped) this.parts.onDefect(error)
    } finally {
      this.busy -= 1
      this.rest()
    }
  }

  private answer(key: string, job: () => Promise<void>): void {
    this.later(async () => {
      this.inFlight.delete(key)
      await job()
    })
  }

  private beginPerforming(effect: PerformEffect): void {
    const { clock, context } = this.parts
    // Its time runs from when it is its turn: what waits here has not reached the service.
    let began = clock.now()
    const work = () => {
      began = clock.now()
      return perform(context, effect, began)
    }
    this.working(work, (performed) => {
      if (performed.type === 'http') this.callOut(effect, performed, began)
      else this.arrive(effect.key, began, attemptEndings(this.port, effect, performed))
    })
  }

  /** @returns calls off what has not come yet */
  private arrive(key: string, began: number, endings: readonly AttemptEnding[]): () => void {
    const coming = endings.map(({ afterMs, last, job }) => {
      // An answer that may still come keeps the attempt known to be under way.
      const cancel = this.parts.clock.at(began + afterMs, () => {
        this.arriving.delete(cancel)
        this.later(async () => {
          await job()
          // Not before: a fault that is noted first must not begin the attempt anew.
          if (last) this.inFlight.delete(key)
        })
      })
      this.arriving.add(cancel)
      return cancel
    })
    return () => {
      for (const cancel of coming) {
        cancel()
        this.arriving.delete(cancel)
      }
    }
  }

  /**
   * A real call: virtual time stands while it is under way, and then has moved on by what it took. The step's timeout
   * goes by the run's clock and does not break the call off: its answer may still come, late.
   */
  private callOut(
    effect: PerformEffect,
    performed: Extract<Performed, { type: 'http' }>,
    began: number,
  ): void {
    const { port } = this
    const { clock } = this.parts
    const { ended, abort } = beginCall(this.parts, effect, performed)
    this.arriving.add(abort)
    const giveUp = effect.timeoutMs === null ? [] : attemptEndings(port, effect, { type: 'lost' })
    const callOff = this.arrive(effect.key, began, giveUp)
    // It takes no slot while it is out: real calls have a limit of their own.
    this.awaiting(ended, ({ performed: came, tookMs }) => {
      this.arriving.delete(abort)
      if (came.type === 'lost') return
      callOff()
      const elapsedMs = this.current.mode === 'live' ? clock.now() - began : tookMs
      const afterMs = came.afterMs + elapsedMs
      // Given up already, it is not given up again: that is expected no more.
      this.arrive(effect.key, began, attemptEndings(port, effect, { ...came, afterMs }))
    })
  }
}
