import { codeEvent } from '@/core/aggregate/handle'
import { runStream } from '@/core/aggregate/stream'
import type { CodeRunner } from '@/core/code/contract'
import type { Policy } from '@/core/design/aggregate'
import { isWorkbenchError } from '@/core/errors'
import type { RecordedEvent } from '@/core/log/event'
import type { PolicyFault, PolicyOutcome } from '@/core/policy/delivery'
import { MOST_REACTIONS_IN_A_CHAIN } from '@/core/policy/limits'
import { type Reaction, type ReactionFault, reactionOf } from '@/core/policy/react'
import { liftEvents } from '@/core/projection/lift'
import { assertNever, err, ok, type Result } from '@/core/result'
import type { EventStore } from '../store/contract'
import type { Aggregates } from './aggregates'
import type { Engine } from './engine'
import { type Lineage, lineageOf } from './lineage'
import type { LoadedDesign } from './loaded-design'
import { reactionCommandId, reactionId } from './reaction-id'
import { startablePlan } from './startable'

export interface DeliveryParts {
  readonly events: EventStore
  readonly code: CodeRunner
  readonly aggregates: Aggregates
  readonly engine: Pick<Engine, 'start'>
  readonly loaded: LoadedDesign
  readonly policy: Policy
}

type Delivered = Result<PolicyOutcome, ReactionFault>

/**
 * Gives an event to a policy and does what it wants done. It may be given again after a crash: what is done then has
 * the same id as before, and is done once.
 * @returns what it came to, or why a person has to look at it
 * @throws {WorkbenchError} STORE_*, TOO_MANY_REQUESTS, COMMAND_CONFLICT, ENGINE_STOPPED: give it again later
 */
export async function deliver(
  parts: DeliveryParts,
  event: RecordedEvent,
): Promise<Result<PolicyOutcome, PolicyFault>> {
  const delivered = await decideAndDo(parts, event)
  if (delivered.ok) return delivered
  const { position, streamId, version, type } = event
  return err({ ...delivered.error, position, streamId, version, type })
}

async function decideAndDo(parts: DeliveryParts, event: RecordedEvent): Promise<Delivered> {
  const { events, code, loaded, policy } = parts
  const lineage = await lineageOf(events, event)
  if (lineage.copied) return ok({ outcome: 'ignored', why: 'copy' })
  const [seen = codeEvent(event)] = liftEvents(loaded.design, [codeEvent(event)])
  const wanted = await reactionOf(policy, loaded.program, code, seen)
  if (!wanted.ok) return wanted
  const reaction = wanted.value
  if (!reaction) return ok({ outcome: 'ignored', why: 'when' })
  if (lineage.reactions >= MOST_REACTIONS_IN_A_CHAIN)
    return err({
      code: 'POLICY_CHAIN_TOO_LONG',
      message: `${MOST_REACTIONS_IN_A_CHAIN} reactions of policies already stand behind this event, one led to by the other. Give the policy a "when" that ends it, then skip this event.`,
    })
  switch (reaction.type) {
    case 'start-saga':
      return startSaga(parts, event, reaction, lineage)
    case 'send-command':
      return sendCommand(parts, event, reaction)
    default:
      return assertNever(reaction)
  }
}

/** What of a start is the design's or the event's fault, and stays so until somebody mends it. */
const NOT_STARTABLE = ['SAGA_NOT_FOUND', 'DESIGN_NOT_RUNNABLE', 'RUN_INPUT_INVALID'] as const

async function startSaga(
  { events, engine, loaded, policy }: DeliveryParts,
  event: RecordedEvent,
  { saga, input }: Extract<Reaction, { type: 'start-saga' }>,
  { virtual }: Lineage,
): Promise<Delivered> {
  const { messageId, correlationId } = event.metadata
  const runId = reactionId(policy.id, event)
  const started = ok({ outcome: 'started', saga, runId } as const)
  if ((await events.streamVersion(loaded.id, runStream(runId))) > 0) return started
  try {
    startablePlan(loaded, saga, input)
  } catch (error) {
    if (!isWorkbenchError(error) || !NOT_STARTABLE.some((code) => code === error.code)) throw error
    return err({ code: error.code, message: error.message })
  }
  await engine.start(loaded, {
    saga,
    input,
    // A story has one kind of time: what a run in virtual time sets off need not wait for the clock on the wall.
    mode: virtual ? 'virtual' : 'live',
    seed: runId,
    faults: [],
    runId,
    correlationId,
    causationId: messageId,
  })
  return started
}

async function sendCommand(
  { aggregates, loaded, policy }: DeliveryParts,
  event: RecordedEvent,
  { aggregate, command, key, payload }: Extract<Reaction, { type: 'send-command' }>,
): Promise<Delivered> {
  const { messageId, correlationId } = event.metadata
  const answer = await aggregates.handle(loaded, {
    aggregate,
    key,
    type: command,
    payload,
    commandId: reactionCommandId(policy.id, event),
    at: Date.now(),
    correlationId,
    causationId: messageId,
  })
  const sent = { aggregate, key, command } as const
  if (answer.ok) {
    const { version, events } = answer.value
    return ok({ outcome: 'sent', ...sent, version, events: events.length })
  }
  const { code, message, kind, details } = answer.error
  if (kind === 'rejected') return ok({ outcome: 'rejected', ...sent, code, message })
  return err({ code, message, ...placeOf(details) })
}

/** Where in user code it happened, when it did. */
function placeOf({ fn, line, column }: Readonly<Record<string, unknown>>): Partial<ReactionFault> {
  return {
    ...(typeof fn === 'string' ? { fn } : {}),
    ...(typeof line === 'number' ? { line } : {}),
    ...(typeof column === 'number' ? { column } : {}),
  }
}
