import { aggregateStream } from '@/core/aggregate/stream'
import { WrongExpectedVersionError } from '@/core/log/errors'
import type { StreamAppend } from '@/core/log/event'
import { assertNever } from '@/core/result'
import {
  commandOutcome,
  type Ending,
  endingsOf,
  type Fault,
  isAwaited,
  lostStimulus,
  nodeState,
  type Outcome,
  type PerformEffect,
  type SagaState,
  type Settled,
  type StepError,
  type Stimulus,
} from '@/core/saga'
import { LIMITS } from '../limits'
import type { RunActorParts } from './run-actor'
import { runMessageId } from './run-messages'

/** What an attempt needs of its run. */
export interface AttemptPort {
  readonly parts: RunActorParts
  state(): SagaState
  /** Decides and appends; `also` goes to disk in the same append. */
  apply(stimulus: Stimulus, also: readonly StreamAppend[]): Promise<void>
  /** What follows from now on is recorded and not begun: a crash comes next. */
  beginNothing(): void
  /** Everything of the run that is in memory is lost; it is taken up again from its events. */
  crash(): void
}

/** Something an attempt comes to, `afterMs` after it began; `last`: nothing more will come of it. */
export interface AttemptEnding {
  readonly afterMs: number
  readonly last: boolean
  readonly job: () => Promise<void>
}

/** When and how an attempt ends, and what is done then. */
export function attemptEndings(
  port: AttemptPort,
  effect: PerformEffect,
  performed: Settled,
): readonly AttemptEnding[] {
  const endings = endingsOf(effect, performed).map((ending) => ({
    afterMs: ending.afterMs,
    last: ending.last,
    job: () => ended(port, effect, ending),
  }))
  const fault = effect.fault?.effect
  if (fault?.type !== 'crash' && fault?.type !== 'duplicate') return endings
  return endings.map((ending) => ({ ...ending, job: () => struck(port, effect, fault, ending.job) }))
}

/**
 * A fault of the engine's own, which strikes once: that is on disk before it does, so that what is taken up afterwards
 * knows. A crash before the outcome is recorded leaves the work done and nobody the wiser; a duplicate delivers the
 * request and its answer again.
 */
async function struck(
  port: AttemptPort,
  { nodeId, phase, attempt }: PerformEffect,
  fault: Extract<Fault['effect'], { type: 'crash' | 'duplicate' }>,
  job: () => Promise<void>,
): Promise<void> {
  const at = port.parts.clock.now()
  await port.apply({ type: 'injected', nodeId, phase, attempt, fault: fault.type, at }, [])
  if (fault.type === 'crash' && fault.when === 'before') return port.crash()
  if (fault.type === 'crash') port.beginNothing()
  await job()
  if (fault.type === 'crash') return port.crash()
  await job()
}

function ended(port: AttemptPort, effect: PerformEffect, ending: Ending): Promise<void> {
  const { nodeId, phase, attempt } = effect
  switch (ending.type) {
    case 'given-up':
      return port.apply({ type: 'timed-out', nodeId, phase, attempt, at: port.parts.clock.now() }, [])
    case 'outcome':
      return settle(port, effect, ending.outcome, [])
    case 'command':
      return runCommand(port, effect, ending)
    default:
      return assertNever(ending)
  }
}

function settle(
  port: AttemptPort,
  { nodeId, phase, attempt }: PerformEffect,
  outcome: Outcome,
  also: readonly StreamAppend[],
): Promise<void> {
  return port.apply({ type: 'outcome', nodeId, phase, attempt, outcome, at: port.parts.clock.now() }, also)
}

/**
 * A command's events and its step's outcome are one append: it happens exactly once. When another changed the
 * aggregate meanwhile, it is decided again on what stands there now.
 */
async function runCommand(
  port: AttemptPort,
  effect: PerformEffect,
  { request, lost }: Extract<Ending, { type: 'command' }>,
): Promise<void> {
  const { aggregates, loaded, context, clock, runId, correlationId } = port.parts
  const { nodeId, phase, attempt } = effect
  for (let conflicts = 0; ; conflicts++) {
    if (!isAwaited(port.state(), effect)) return
    const node = nodeState(port.state(), nodeId)
    const cause = (phase === 'action' ? node.lastSeq : node.compensation?.lastSeq) ?? 0
    const at = clock.now()
    const causationId = runMessageId(runId, cause)
    const sent = { ...request, at, correlationId, causationId, attempt }
    const decided = await aggregates.decide(loaded, sent)
    const answer = decided.ok
      ? { ok: true as const, version: decided.value.version, events: decided.value.events }
      : { ok: false as const, error: businessError(decided.error) }
    const also = decided.ok ? decided.value.appends : decided.error.appends
    try {
      if (!lost)
        return await settle(port, effect, await commandOutcome(context, effect, request, answer, at), also)
      return await port.apply(lostStimulus(effect, clock.now()), also)
    } catch (error) {
      const stream = aggregateStream(request.aggregate, request.key)
      if (!(error instanceof WrongExpectedVersionError && error.streamId === stream)) throw error
      if (conflicts >= LIMITS.commandRetries) {
        const message = `${request.aggregate}-${request.key} was changed by others while this command was decided`
        const failed: Outcome = {
          type: 'failed',
          error: { code: 'CommandConflict', message, kind: 'technical' },
        }
        return await settle(port, effect, failed, [])
      }
    }
  }
}

const businessError = ({
  code,
  message,
}: {
  readonly code: string
  readonly message: string
}): StepError => ({
  code,
  message,
  kind: 'business',
})
