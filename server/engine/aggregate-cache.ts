import type { AggregatePoint } from '@/core/aggregate/handle'
import type { RecordedEvent } from '@/core/log/event'
import { LIMITS } from '../limits'

/** Where a command to one instance may begin without reading: a state folded from the log, and events after it. */
export interface HeldPoint {
  /** Of the decider it was folded with. */
  readonly hash: string
  readonly from: AggregatePoint
  readonly tail: readonly RecordedEvent[]
  /** Version of its newest snapshot, 0 without any. */
  readonly snapshotAt: number
}

export interface AggregateCache {
  get(stream: string, hash: string): HeldPoint | undefined
  put(stream: string, point: HeldPoint): void
  /** Events that were appended behind what is held. */
  append(stream: string, events: readonly RecordedEvent[]): void
}

/** Version up to which a point goes. */
export const endOf = ({ from, tail }: Pick<HeldPoint, 'from' | 'tail'>): number => from.version + tail.length

const charactersOf = ({ from, tail }: HeldPoint): number =>
  JSON.stringify(from.state).length + tail.reduce((sum, { data }) => sum + JSON.stringify(data).length, 0)

/**
 * What was last known of instances, those longest unused going first. Nothing depends on it: who asks compares it with
 * the head of the stream, and an append says which version it expects.
 */
export function createAggregateCache(): AggregateCache {
  const held = new Map<string, HeldPoint & { readonly characters: number }>()
  let characters = 0

  function drop(stream: string): void {
    characters -= held.get(stream)?.characters ?? 0
    held.delete(stream)
  }

  function put(stream: string, point: HeldPoint): void {
    drop(stream)
    const size = charactersOf(point)
    held.set(stream, { ...point, characters: size })
    characters += size
    for (const oldest of held.keys()) {
      if (held.size <= LIMITS.heldAggregates && characters <= LIMITS.heldAggregateCharacters) return
      drop(oldest)
    }
  }

  return {
    put,
    get(stream, hash) {
      const point = held.get(stream)
      return point?.hash === hash ? point : undefined
    },
    append(stream, events) {
      const point = held.get(stream)
      if (point && events[0]?.version === endOf(point) + 1)
        put(stream, { ...point, tail: [...point.tail, ...events] })
    },
  }
}
