import { runOfStream } from '@/core/aggregate/stream'
import type { RecordedEvent } from '@/core/log/event'
import { MOST_REACTIONS_IN_A_CHAIN } from '@/core/policy/limits'
import type { EventStore } from '../store/contract'
import { isReactionMessage } from './reaction-id'
import { isCopyMessage, sagaEvent } from './run-messages'

/** What stands behind an event, as far as a policy has to know. */
export interface Lineage {
  /** Reactions of policies in the line of its causes, counted up to the most there may be. */
  readonly reactions: number
  /** Whether the nearest run behind it goes in virtual time. */
  readonly virtual: boolean
  /** A fork has it from another run: it happened long ago, and there. */
  readonly copied: boolean
}

/** Hops that are looked back at most. Forks of forks are no reactions, so they need an end of their own. */
const MOST_HOPS = 4 * MOST_REACTIONS_IN_A_CHAIN

/**
 * Follows the causes of an event back through the log, a run in one leap: whatever a run does began with its start.
 * A cause stands before what it led to, so a commandId that names a later message leads nowhere.
 */
export async function lineageOf(events: EventStore, event: RecordedEvent): Promise<Lineage> {
  let reactions = 0
  let virtual: boolean | undefined
  let copied = isCopyMessage(event.metadata.messageId)
  let at = event
  for (let hop = 0; hop < MOST_HOPS && reactions < MOST_REACTIONS_IN_A_CHAIN; hop += 1) {
    const start = runOfStream(at.streamId) === null ? null : await startOf(events, at)
    if (start) {
      const { data } = start
      virtual ??= data.mode === 'virtual'
      if (hop === 0 && data.forkedFrom && event.version <= data.forkedFrom.seq) copied = true
    }
    const began = start?.event ?? at
    const cause = await events.findMessage(began.metadata.causationId)
    if (cause?.designId !== event.designId || cause.position >= began.position) break
    const isReaction = start ? start.data.forkedFrom === undefined : isReactionMessage(began)
    if (isReaction) reactions += 1
    at = cause
  }
  return { reactions, virtual: virtual ?? false, copied }
}

async function startOf(events: EventStore, { designId, streamId }: RecordedEvent) {
  const [event] = await events.read(designId, streamId, { from: 1, to: 1 })
  const first = event && sagaEvent(event)
  return event && first?.type === 'SagaStarted' ? { event, data: first.data } : null
}
