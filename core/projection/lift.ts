import { aggregateOfStream } from '../aggregate/handle'
import { isLifted, liftEvent } from '../aggregate/upcast'
import type { CodeEvent } from '../code/contract'
import type { Design } from '../design/document'

/** `liftEvent` for events of any stream of a design. Where nothing has upcasters, which is usual, it costs nothing. */
export function liftEvents(design: Design, events: readonly CodeEvent[]): readonly CodeEvent[] {
  const types = new Set(
    design.aggregates.flatMap((one) => one.events.filter(isLifted).map(({ name }) => name)),
  )
  if (types.size === 0) return events
  return events.map((event) => {
    if (!types.has(event.type) || event.streamId === undefined) return event
    const owner = aggregateOfStream(design, event.streamId)
    return owner === undefined ? event : liftEvent(owner.aggregate, event)
  })
}
