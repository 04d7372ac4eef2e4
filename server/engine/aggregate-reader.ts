import {
  type AggregatePoint,
  codeEvent,
  deciderHash,
  findAggregate,
  foldCall,
  initialPoint,
} from '@/core/aggregate/handle'
import { aggregateStream } from '@/core/aggregate/stream'
import type { CodeFault, CodeRunner } from '@/core/code/contract'
import type { Aggregate } from '@/core/design/aggregate'
import { WorkbenchError } from '@/core/errors'
import type { Json } from '@/core/json'
import type { RecordedEvent } from '@/core/log/event'
import type { Store } from '../store/contract'
import { snapshotSpacing } from '../store/snapshot-spacing'
import { createAggregateCache, endOf, type HeldPoint } from './aggregate-cache'
import type { LoadedDesign } from './loaded-design'
import { readStream } from './read-stream'

/** A fault of user code, for who asked to have it run. */
export function codeError({ code, message, fn, line, column }: CodeFault): WorkbenchError {
  return new WorkbenchError(code, message, { fn, line, column })
}

const streamKey = ({ id }: LoadedDesign, stream: string): string => `${id}/${stream}`

export interface AggregateReader {
  /** A state to start from, and the events after it up to the head of the stream. */
  load(loaded: LoadedDesign, aggregate: Aggregate, stream: string): Promise<HeldPoint>
  /** Tells what the events of a point came to, all of them on disk: the next command begins there, and so may a snapshot. */
  folded(loaded: LoadedDesign, aggregate: Aggregate, stream: string, point: HeldPoint, state: Json): void
  /** Tells of events that were appended. */
  appended(loaded: LoadedDesign, stream: string, events: readonly RecordedEvent[]): void
  /**
   * The state after `version` events, or after all that were recorded by `at`.
   * @throws {WorkbenchError} AGGREGATE_NOT_FOUND, VERSION_OUT_OF_RANGE, CODE_*
   */
  stateAt(
    loaded: LoadedDesign,
    aggregate: string,
    key: string,
    point: { readonly version?: number; readonly at?: number },
  ): Promise<AggregatePoint & { readonly at: number | null }>
}

/** Reads aggregates: from the newest snapshot that serves, and the events after it. */
export function createAggregateReader(store: Store, code: CodeRunner): AggregateReader {
  const cache = createAggregateCache()
  const snapshot = async (loaded: LoadedDesign, aggregate: Aggregate, stream: string, atMost?: number) =>
    (await store.snapshots.load(loaded.id, stream, deciderHash(aggregate), atMost)) ?? initialPoint(aggregate)

  /** Beside everything else: it is a cache and may be lost. */
  function keep(loaded: LoadedDesign, aggregate: Aggregate, stream: string, point: AggregatePoint): void {
    store.snapshots.save(loaded.id, stream, deciderHash(aggregate), point).catch(() => undefined)
  }

  async function fold(
    loaded: LoadedDesign,
    aggregate: Aggregate,
    from: AggregatePoint,
    events: readonly RecordedEvent[],
  ): Promise<AggregatePoint> {
    if (events.length === 0) return from
    const answer = await code.run(loaded.program, foldCall(aggregate, from, events.map(codeEvent)))
    if (!answer.ok) throw codeError(answer.error)
    return { state: answer.value.state, version: from.version + events.length }
  }

  async function atVersion(loaded: LoadedDesign, aggregate: Aggregate, stream: string, version?: number) {
    const from = await snapshot(loaded, aggregate, stream, version)
    const rest = await readStream(store.events, loaded.id, stream, from.version + 1, version)
    const reached = from.version + rest.length
    if (version !== undefined && reached < version)
      throw new WorkbenchError(
        'VERSION_OUT_OF_RANGE',
        `${stream} has ${reached} events; there is no version ${version}.`,
      )
    const point = await fold(loaded, aggregate, from, rest)
    // Far from any snapshot: whoever looks about here again need not come all the way.
    if (rest.length >= snapshotSpacing(reached)) keep(loaded, aggregate, stream, point)
    const last = rest.at(-1) ?? (await store.events.read(loaded.id, stream, { from: reached, limit: 1 }))[0]
    return { ...point, at: reached === 0 ? null : (last?.recordedAt ?? null) }
  }

  /** The clock of a writer may have been set back: what was recorded by then need not be how the stream begins. */
  async function atTime(loaded: LoadedDesign, aggregate: Aggregate, stream: string, at: number) {
    const all = await readStream(store.events, loaded.id, stream)
    const events = all.filter((event) => event.recordedAt <= at)
    if (events.every(({ version }, index) => version === index + 1))
      return atVersion(loaded, aggregate, stream, events.length)
    const point = await fold(loaded, aggregate, initialPoint(aggregate), events)
    return { ...point, at: events.at(-1)?.recordedAt ?? null }
  }

  return {
    async load(loaded, aggregate, stream) {
      const hash = deciderHash(aggregate)
      const head = await store.events.streamVersion(loaded.id, stream)
      if (head === 0) return { hash, from: initialPoint(aggregate), tail: [], snapshotAt: 0 }
      const held = cache.get(streamKey(loaded, stream), hash)
      if (held && endOf(held) <= head) {
        if (endOf(held) === head) return held
        const rest = await readStream(store.events, loaded.id, stream, endOf(held) + 1)
        return { ...held, tail: [...held.tail, ...rest] }
      }
      const from = await snapshot(loaded, aggregate, stream)
      const tail = await readStream(store.events, loaded.id, stream, from.version + 1)
      return { hash, from, tail, snapshotAt: from.version }
    },
    folded(loaded, aggregate, stream, point, state) {
      const from = { version: endOf(point), state }
      const due = from.version - point.snapshotAt >= aggregate.snapshotEvery
      if (due) keep(loaded, aggregate, stream, from)
      const snapshotAt = due ? from.version : point.snapshotAt
      cache.put(streamKey(loaded, stream), { hash: point.hash, from, tail: [], snapshotAt })
    },
    appended: (loaded, stream, events) => cache.append(streamKey(loaded, stream), events),
    async stateAt(loaded, aggregateId, key, point) {
      const aggregate = findAggregate(loaded.design, aggregateId)
      if (!aggregate)
        throw new WorkbenchError('AGGREGATE_NOT_FOUND', `This design has no aggregate "${aggregateId}".`)
      const stream = aggregateStream(aggregate.id, key)
      return point.at !== undefined && point.version === undefined
        ? atTime(loaded, aggregate, stream, point.at)
        : atVersion(loaded, aggregate, stream, point.version)
    },
  }
}
