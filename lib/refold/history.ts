import type { DecisionSlice, EventAnswer, EventHistory, HistorySlice } from '@/core/protocol'

/** Where history is read from, slice by slice. A signal that is aborted makes the read fail. */
export interface HistoryPorts {
  streams(aggregate: string, after: string | undefined, signal: AbortSignal): Promise<HistorySlice>
  decisions(aggregate: string, after: string | undefined, signal: AbortSignal): Promise<DecisionSlice>
  events(types: readonly string[], after: number, signal: AbortSignal): Promise<EventHistory>
}

/** One slice of what is there, and how much there is in all. */
export interface Slice<T> {
  readonly items: readonly T[]
  readonly total: number
}

export type HistoryStream = HistorySlice['items'][number]
export type DecidedInstance = DecisionSlice['items'][number]

/** The recorded history of a design, each slice read once: the past does not change while somebody types. */
export interface History {
  streams(aggregate: string, signal: AbortSignal): AsyncGenerator<Slice<HistoryStream>>
  /** Instances that were sent commands, with these. */
  decisions(aggregate: string, signal: AbortSignal): AsyncGenerator<Slice<DecidedInstance>>
  /** In order of their positions. */
  events(types: readonly string[], signal: AbortSignal): AsyncGenerator<Slice<EventAnswer>>
}

interface Kept<T> {
  readonly slices: Slice<T>[]
  /** Where the next slice begins; null once all is read. */
  next: string | null | undefined
}

export function createHistory(ports: HistoryPorts): History {
  const streams = new Map<string, Kept<HistoryStream>>()
  const decisions = new Map<string, Kept<DecidedInstance>>()
  const events = new Map<string, Kept<EventAnswer>>()

  async function* read<T>(
    kept: Kept<T>,
    load: (after: string | undefined) => Promise<Slice<T> & { readonly next: string | null }>,
  ): AsyncGenerator<Slice<T>> {
    for (let at = 0; ; at += 1) {
      const held = kept.slices[at]
      if (held) {
        yield held
        continue
      }
      if (kept.next === null) return
      const { items, total, next } = await load(kept.next)
      // two readers of one history: the slower finds it read
      if (kept.slices[at] === undefined) {
        kept.slices.push({ items, total })
        kept.next = next
      }
      at -= 1
    }
  }

  const keptOf = <T>(all: Map<string, Kept<T>>, name: string): Kept<T> => {
    const kept = all.get(name) ?? { slices: [], next: undefined }
    all.set(name, kept)
    return kept
  }
  return {
    streams: (aggregate, signal) =>
      read(keptOf(streams, aggregate), (after) => ports.streams(aggregate, after, signal)),
    decisions: (aggregate, signal) =>
      read(keptOf(decisions, aggregate), (after) => ports.decisions(aggregate, after, signal)),
    events: (types, signal) => {
      const names = [...types].sort()
      return read(keptOf(events, names.join(',')), (after) => ports.events(names, Number(after ?? 0), signal))
    },
  }
}
