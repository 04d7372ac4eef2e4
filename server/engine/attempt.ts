import { aggregateStream } from '@/core/aggregate/stream'
import { WrongExpectedVersionError } from '@/core/log/errors'
import type { StreamAppend } from '@/core/log/event'
import { assertNever } from '@/core/result'
import {
  commandOutcome,
  type Fault,
  nodeState,
  type Outcome,
  type PerformEffect,
  type Performed,
  type SagaState,
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

/** What is known to come of an attempt. Of a real call it is known when it is over: see http-attempt.ts. */
export type Settled = Exclude<Performed, { type: 'http' }>

export const LOST: StepError = {
  code: 'ConnectionLost',
  message: 'the connection was lost before an answer came',
  kind: 'technical',
}

/**
 * When and how an attempt ends. An answer that comes after the step's timeout ends it twice: it is given up at the
 * timeout, and its outcome arrives late.
 */
export function attemptEndings(
  port: AttemptPort,
  effect: PerformEffect,
  performed: Settled,
): readonly AttemptEnding[] {
  const endings = plainEndings(port, effect, performed)
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

function plainEndings(
  port: AttemptPort,
  effect: PerformEffect,
  performed: Settled,
): readonly AttemptEnding[] {
  const timeoutMs = effect.timeoutMs ?? Number.POSITIVE_INFINITY
  const giveUp = (last: boolean): AttemptEnding => ({
    afterMs: timeoutMs,
    last,
    job: () => port.apply(timedOut(port, effect), []),
  })
  switch (performed.type) {
    case 'lost':
      return [giveUp(true)]
    case 'answered': {
      const { afterMs, outcome } = performed
      const answer: AttemptEnding = { afterMs, last: true, job: () => settle(port, effect, outcome, []) }
      return afterMs <= timeoutMs ? [answer] : [giveUp(false), answer]
    }
    case 'command': {
      const { afterMs, lost } = performed
      const job = () => runCommand(port, effect, performed)
      if (lost) return [{ afterMs: effect.timeoutMs ?? afterMs, last: true, job }]
      // A command that would come too late is not sent any more: it is ours to send.
      return afterMs <= timeoutMs ? [{ afterMs, last: true, job }] : [giveUp(true)]
    }
    default:
      return assertNever(performed)
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

const timedOut = (port: AttemptPort, { nodeId, phase, attempt }: PerformEffect): Stimulus => ({
  type: 'timed-out',
  nodeId,
  phase,
  attempt,
  at: port.parts.clock.now(),
})

/**
 * A command's events and its step's outcome are one append: it happens exactly once. When another changed the
 * aggregate meanwhile, it is decided again on what stands there now.
 */
async function runCommand(
  port: AttemptPort,
  effect: PerformEffect,
  { request, lost }: Extract<Performed, { type: 'command' }>,
): Promise<void> {
  const { aggregates, loaded, context, clock, runId, correlationId } = port.parts
  const { nodeId, phase, attempt } = effect
  for (let conflicts = 0; ; conflicts++) {
    const node = nodeState(port.state(), nodeId)
    const half = phase === 'action' ? node : node.compensation
    // The attempt was given up meanwhile: a command that was not decided yet is not decided any more.
    if (half?.status !== 'running' || half.attempts !== attempt) return
    const at = clock.now()
    const causationId = runMessageId(runId, half.lastSeq)
    const sent = { ...request, at, correlationId, causationId, attempt }
    const decided = await aggregates.decide(loaded, sent)
    const answer = decided.ok
      ? { ok: true as const, version: decided.value.version, events: decided.value.events }
      : { ok: false as const, error: businessError(decided.error) }
    const also = decided.ok ? decided.value.appends : decided.error.appends
    try {
      if (!lost)
        return await settle(port, effect, await commandOutcome(context, effect, request, answer, at), also)
      if (effect.timeoutMs === null) return await settle(port, effect, { type: 'unknown', error: LOST }, also)
      return await port.apply(timedOut(port, effect), also)
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
