import { Course } from '../check/course'
import type { JsonObject } from '../json'
import { assertNever } from '../result'
import { type Effect, effectsOf, type PerformEffect } from '../saga/effects'
import { type Ending, endingsOf, isAwaited, lostStimulus } from '../saga/endings'
import type { DecidedEvent } from '../saga/events'
import type { Fault } from '../saga/fault'
import { commandOutcome, evaluate, type PerformContext, perform } from '../saga/perform'
import type { SagaPlan } from '../saga/plan'
import { isTerminal, type SagaState } from '../saga/state'
import type { OperatorAction, Stimulus } from '../saga/stimulus'
import { Agenda } from './agenda'
import type { WorldStreams } from './streams'

/** What a person does, and who. */
export interface Word {
  readonly act: OperatorAction
  readonly by: string
}

export interface WorldRunOptions {
  readonly runId: string
  readonly seed: string
  readonly input: JsonObject
  readonly faults: readonly Fault[]
  /** Epoch ms at which it starts. */
  readonly at: number
  /**
   * What people do and what signals come, in order, each as soon as it is not null and the run takes it. It is asked for
   * before time moves on.
   */
  readonly told?: readonly ((state: SagaState) => Word | null)[]
  /** Turns that are taken at most: evaluations, attempts and their ends. */
  readonly bound: number
  /** Asked before every turn: whether the caller has waited long enough. */
  readonly isEnough?: () => boolean
  /** Awaited now and then, so that whoever shares the thread has a turn too: a run may go on without ever waiting. */
  readonly breathe?: () => Promise<void>
}

/** Turns between two breaths. */
const BREATH = 100

export interface WorldRun {
  readonly state: SagaState
  readonly events: readonly DecidedEvent[]
  /** Of `told`, how many were. */
  readonly told: number
  /**
   * `rest`: it has ended, or nothing more happens by itself. `real-call`: it came to a call that goes out into the
   * world, at `nodeId`. `bound`, `enough`: it was broken off.
   */
  readonly end:
    | { readonly type: 'rest' | 'bound' | 'enough' }
    | { readonly type: 'real-call'; readonly nodeId: string }
}

/**
 * A whole run in memory, in virtual time: the interpreter, the sandbox and the simulated calls are those of a run on the
 * server, and so is the order in which things come. The streams of aggregates are `streams`, and change with it.
 */
export async function runInWorld(
  streams: WorldStreams,
  plan: SagaPlan,
  options: WorldRunOptions,
): Promise<WorldRun> {
  const run = new Running(streams, plan, options)
  return run.run()
}

class Running {
  private readonly course: Course
  private readonly agenda = new Agenda()
  /** Effects under way, by key; the value calls a timer off. */
  private readonly inFlight = new Map<string, (() => void) | null>()
  private readonly context: PerformContext
  private now: number
  private told = 0
  private realCall: string | null = null

  constructor(
    private readonly streams: WorldStreams,
    private readonly plan: SagaPlan,
    private readonly options: WorldRunOptions,
  ) {
    const { design, program, code } = streams
    const { runId, seed, at } = options
    this.course = new Course(plan)
    this.context = { design, plan, program, code, runId, seed }
    this.now = at
  }

  private get state(): SagaState {
    return this.course.position.state
  }

  async run(): Promise<WorldRun> {
    const { input, seed, faults, bound, isEnough, breathe } = this.options
    const saga = this.plan.saga.id
    this.apply({ type: 'start', saga, designVersion: 1, input, seed, mode: 'virtual', faults, at: this.now })
    for (let turn = 0; turn < bound; turn++) {
      if (turn % BREATH === BREATH - 1) await breathe?.()
      if (isEnough?.()) return this.answer({ type: 'enough' })
      if (!(await this.turn())) return this.answer({ type: 'rest' })
      if (this.realCall !== null) return this.answer({ type: 'real-call', nodeId: this.realCall })
    }
    return this.answer({ type: 'bound' })
  }

  private answer(end: WorldRun['end']): WorldRun {
    return { state: this.state, events: this.course.events, told: this.told, end }
  }

  /** What is begun is done first; then what people say; then time moves on. @returns false when nothing is left */
  private async turn(): Promise<boolean> {
    const work = this.agenda.nextWork()
    if (work) {
      await work()
      return true
    }
    if (this.hear()) return true
    const due = this.agenda.nextDue()
    if (!due) return false
    this.now = Math.max(this.now, due.at)
    await due.job()
    return true
  }

  private hear(): boolean {
    const word = this.options.told?.[this.told]?.(this.state)
    if (!word || isTerminal(this.state.status)) return false
    const refused = this.apply({ type: 'operator', ...word, at: this.now })
    if (refused) return false
    this.told += 1
    return true
  }

  /** @returns whether it was refused: it is stale or repeated, and changes nothing */
  private apply(stimulus: Stimulus): boolean {
    if (this.course.happens(stimulus)) return true
    this.launch()
    return false
  }

  /** Begins what is owed and not under way yet; lets go of timers that nothing waits for. */
  private launch(): void {
    const owed = effectsOf(this.plan, this.state)
    const keys = new Set(owed.map(({ key }) => key))
    for (const [key, callOff] of this.inFlight) {
      if (keys.has(key) || callOff === null) continue
      callOff()
      this.inFlight.delete(key)
    }
    for (const effect of owed) if (!this.inFlight.has(effect.key)) this.begin(effect)
  }

  private begin(effect: Effect): void {
    const { key, nodeId } = effect
    if (effect.type === 'timer') {
      const { phase } = effect
      const wake = async (): Promise<void> => {
        this.inFlight.delete(key)
        this.apply({ type: 'timer', nodeId, phase, at: this.now })
      }
      this.inFlight.set(key, this.agenda.at(effect.at, wake))
      return
    }
    this.inFlight.set(key, null)
    this.agenda.begin(async () => {
      if (effect.type === 'perform') return this.attempt(effect)
      const stimulus = await evaluate(this.context, effect, this.now)
      this.inFlight.delete(key)
      this.apply(stimulus)
    })
  }

  private async attempt(effect: PerformEffect): Promise<void> {
    const began = this.now
    const performed = await perform(this.context, effect, began)
    if (performed.type === 'http') {
      this.realCall = effect.nodeId
      return
    }
    for (const ending of endingsOf(effect, performed))
      this.agenda.at(began + ending.afterMs, async () => {
        const crashed = await this.strike(effect, ending)
        // Not before: a fault that is noted first must not begin the attempt anew. A crash has begun it anew already.
        if (ending.last && !crashed) this.inFlight.delete(effect.key)
      })
  }

  /**
   * A fault of the engine's own strikes once: a crash forgets everything under way, a duplicate comes twice.
   * @returns whether it crashed
   */
  private async strike(effect: PerformEffect, ending: Ending): Promise<boolean> {
    const { nodeId, phase, attempt } = effect
    const fault = effect.fault?.effect
    const strikes = fault?.type === 'crash' || fault?.type === 'duplicate' ? fault : null
    if (strikes) this.apply({ type: 'injected', nodeId, phase, attempt, fault: strikes.type, at: this.now })
    if (strikes?.type !== 'crash' || strikes.when === 'after') await this.end(effect, ending)
    if (strikes?.type === 'duplicate') await this.end(effect, ending)
    if (strikes?.type !== 'crash') return false
    this.agenda.clear()
    this.inFlight.clear()
    this.launch()
    return true
  }

  private async end(effect: PerformEffect, ending: Ending): Promise<void> {
    const { nodeId, phase, attempt } = effect
    switch (ending.type) {
      case 'given-up':
        this.apply({ type: 'timed-out', nodeId, phase, attempt, at: this.now })
        return
      case 'outcome':
        this.apply({ type: 'outcome', nodeId, phase, attempt, outcome: ending.outcome, at: this.now })
        return
      case 'command':
        return this.command(effect, ending)
      default:
        assertNever(ending)
    }
  }

  private async command(
    effect: PerformEffect,
    { request, lost }: Extract<Ending, { type: 'command' }>,
  ): Promise<void> {
    if (!isAwaited(this.state, effect)) return
    const { nodeId, phase, attempt } = effect
    const at = this.now
    const decided = await this.streams.handle({ ...request, at, attempt, correlationId: this.options.runId })
    if (lost) {
      this.apply(lostStimulus(effect, at))
      return
    }
    const answer = decided.ok
      ? ({ ok: true, ...decided.value } as const)
      : ({
          ok: false,
          error: { code: decided.error.code, message: decided.error.message, kind: 'business' },
        } as const)
    const outcome = await commandOutcome(this.context, effect, request, answer, at)
    this.apply({ type: 'outcome', nodeId, phase, attempt, outcome, at })
  }
}
