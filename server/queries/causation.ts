import { recordedCommand } from '@/core/aggregate/recorded-command'
import { runOfStream, streamOfCommands } from '@/core/aggregate/stream'
import { type CausedEvent, causationGraph, causesNamed } from '@/core/causation/graph'
import type { Design } from '@/core/design/document'
import { WorkbenchError } from '@/core/errors'
import type { RecordedEvent } from '@/core/log/event'
import { listensTo } from '@/core/projection/fold'
import type { CausationAnswer, CausationNode } from '@/core/protocol'
import { isReactionMessage, reactionCommandId, reactionId } from '../engine/reaction-id'
import { LIMITS } from '../limits'
import type { EventStore } from '../store/contract'
import type { Workbench } from '../workbench'
import { listProjections } from './projections'

/**
 * Everything that led to an event of a design and everything that followed from it, across runs, aggregates and
 * projections. Causes are looked up one by one, wherever they stand; effects are those of its own story, which a chain
 * of commands, runs and policies shares. At most `limit` events: half of them causes, the nearest, and effects, the first.
 * @throws {WorkbenchError} DESIGN_NOT_FOUND, EVENT_NOT_FOUND
 */
export async function causation(
  wb: Workbench,
  designId: string,
  position: number,
  { limit }: { readonly limit: number },
): Promise<CausationAnswer> {
  const { design } = await wb.catalogue.load(designId)
  const { events } = wb.store
  const [self] = await events.readAll(position - 1, { designId, limit: 1 })
  if (self?.position !== position)
    throw new WorkbenchError('EVENT_NOT_FOUND', `This design has no event at position ${position}.`)
  const before = await causesOf(events, self, Math.floor(limit / 2))
  const after = await storyAfter(events, self)
  const most = limit - 1 - before.causes.length
  const graph = causationGraph(self, before.causes, after.events, most)
  const projections = (await listProjections(wb, designId)).items
  return {
    position,
    events: graph.events.map((one) => nodeOf(design, one)),
    projections: projections.map(({ name, checkpoint, status }) => ({ name, checkpoint, status })),
    origin: before.origin,
    cut: { causes: before.cut, effects: graph.cut || after.cut },
    limit,
  }
}

/** The line of causes, nearest first. A cause stands before what it led to: an id made up to say otherwise ends it. */
async function causesOf(events: EventStore, self: RecordedEvent, most: number) {
  const causes: RecordedEvent[] = []
  for (let at = self; ; ) {
    const cause = await causeOf(events, at)
    if (!cause) return { causes, origin: at.metadata.causationId, cut: false }
    if (causes.length >= most) return { causes, origin: null, cut: true }
    causes.push(cause)
    at = cause
  }
}

async function causeOf(events: EventStore, event: RecordedEvent): Promise<RecordedEvent | null> {
  for (const id of causesNamed(event)) {
    const cause = await events.findMessage(id)
    if (cause?.designId === event.designId && cause.position < event.position) return cause
  }
  return null
}

/** What comes after an event in its story, as far as is looked. */
async function storyAfter(events: EventStore, self: RecordedEvent) {
  const all: RecordedEvent[] = []
  for (let after = self.position; all.length < LIMITS.causationScanned; ) {
    const page = await events.story(self.designId, self.metadata.correlationId, {
      after,
      limit: LIMITS.readMost,
    })
    all.push(...page)
    const last = page.at(-1)
    if (!last || page.length < LIMITS.readMost) return { events: all, cut: false }
    after = last.position
  }
  return { events: all, cut: true }
}

function nodeOf(design: Design, { event, part, cause }: CausedEvent): CausationNode {
  const { position, streamId, version, type, recordedAt, metadata } = event
  const { messageId, correlationId, userId } = metadata
  return {
    position,
    streamId,
    version,
    type,
    title: titleOf(event),
    recordedAt,
    messageId,
    correlationId,
    ...(userId === undefined ? {} : { userId }),
    part,
    causedBy: cause?.position ?? null,
    policy: cause && policyBetween(design, cause, event),
    projections: design.projections
      .filter((projection) => type in projection.on && listensTo(design, projection, streamId))
      .map(({ id }) => id),
  }
}

/** The policy whose reaction to `cause` led to `event`: the ids say so, whatever the policy says today. */
function policyBetween(design: Design, cause: RecordedEvent, event: RecordedEvent): string | null {
  const runId = runOfStream(event.streamId)
  if (runId === null && !isReactionMessage(event)) return null
  if (runId !== null && event.version !== 1) return null
  const made = ({ id }: { readonly id: string }) =>
    runId === null
      ? `${event.metadata.messageId}/`.includes(`/${reactionCommandId(id, cause)}/`)
      : reactionId(id, cause) === runId
  return design.policies.find(made)?.id ?? null
}

/** A recorded command is called by what was asked. */
function titleOf(event: RecordedEvent): string {
  const record = streamOfCommands(event.streamId) === null ? null : recordedCommand(event)
  if (!record) return event.type
  return record.type === 'CommandAccepted'
    ? record.data.type
    : `${record.data.type} refused: ${record.data.code}`
}
