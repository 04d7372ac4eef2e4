import type { Design } from '@/core/design/document'
import { listensTo } from '@/core/projection/fold'
import type { EventAnswer } from '@/core/protocol'

/** The command that an event was decided on: message ids are `{design}/{stream}/{commandId}/{nth}`. */
export function commandIdOf({ streamId, metadata }: Pick<EventAnswer, 'streamId' | 'metadata'>): string {
  const at = metadata.messageId.indexOf(`/${streamId}/`)
  const rest = at < 0 ? metadata.messageId : metadata.messageId.slice(at + streamId.length + 2)
  return rest.replace(/\/\d+$/, '')
}

/** The other events that the same command led to, in order. @param events the stream; they stand beside each other */
export function sameDecision(events: readonly EventAnswer[], event: EventAnswer): readonly EventAnswer[] {
  const command = commandIdOf(event)
  const near = (by: 1 | -1): readonly EventAnswer[] => {
    const found: EventAnswer[] = []
    for (let at = event.version - 1 + by; ; at += by) {
      const other = events[at]
      if (other === undefined || commandIdOf(other) !== command) return found
      found.push(other)
    }
  }
  return [...near(-1).toReversed(), ...near(1)]
}

/** The read models that are given an event and have a handler for it. */
export function heardBy(
  design: Design,
  { type, streamId }: Pick<EventAnswer, 'type' | 'streamId'>,
): readonly string[] {
  return design.projections
    .filter((projection) => Object.hasOwn(projection.on, type) && listensTo(design, projection, streamId))
    .map(({ id }) => id)
}
