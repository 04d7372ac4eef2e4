import { aggregateOfStream } from '@/core/aggregate/handle'
import { runOfStream, streamOfCommands } from '@/core/aggregate/stream'
import type { Design } from '@/core/design/document'
import type { CausationAnswer, CausationNode } from '@/core/protocol'

/** Whose event it is. */
export type Owner =
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'aggregate'; readonly aggregate: string; readonly key: string }
  /** A command that was put to this instance, recorded with its answer. */
  | { readonly kind: 'command'; readonly aggregate: string; readonly key: string }
  /** Of an aggregate that the design has no more. */
  | { readonly kind: 'gone' }

export function ownerOf(design: Design, streamId: string): Owner {
  const runId = runOfStream(streamId)
  if (runId !== null) return { kind: 'run', runId }
  const asked = streamOfCommands(streamId)
  const owner = aggregateOfStream(design, asked ?? streamId)
  if (!owner) return { kind: 'gone' }
  return { kind: asked === null ? 'aggregate' : 'command', aggregate: owner.aggregate.id, key: owner.key }
}

/** Whether a projection has come to an event yet. */
export function takenUp(answer: CausationAnswer, projection: string, position: number): boolean {
  const checkpoint = answer.projections.find(({ name }) => name === projection)?.checkpoint ?? 0
  return checkpoint >= position
}

/** `+12 ms`, `−3 s`, `+2 min`: when it happened, seen from the event that was asked about. */
export function sinceText(ms: number): string {
  const sign = ms < 0 ? '−' : '+'
  const size = Math.abs(ms)
  if (size < 1_000) return `${sign}${size} ms`
  if (size < 60_000) return `${sign}${(size / 1_000).toFixed(1)} s`
  if (size < 3_600_000) return `${sign}${Math.round(size / 60_000)} min`
  return size < 86_400_000
    ? `${sign}${Math.round(size / 3_600_000)} h`
    : `${sign}${Math.round(size / 86_400_000)} d`
}

/** What a node is called when it is read aloud. */
export function spokenNode({ title, streamId, version, position, part, policy }: CausationNode): string {
  const role = part === 'self' ? ', the event looked at' : part === 'cause' ? ', a cause' : ', an effect'
  const by = policy === null ? '' : `, by policy ${policy}`
  return `${title} of ${streamId}, version ${version}, position ${position}${role}${by}`
}
