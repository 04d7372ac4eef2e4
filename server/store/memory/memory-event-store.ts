import { WorkbenchError } from '@/core/errors'
import { MessageIdReusedError } from '@/core/log/errors'
import type { RecordedEvent, StreamAppend } from '@/core/log/event'
import type { AppendAnswer, EventStore, ReadOptions, StreamInfo } from '../contract'
import { streamKey, versionConflict } from '../expected-version'
import { createFeed } from '../feed'
import { listLimit, readLimit } from '../page'
import { messageIds, messageTwice, repeatedEvents } from '../repeated-messages'
import { createSteadyClock } from '../steady-clock'
import { createMemoryLogReads } from './memory-log-reads'

/**
 * The log in memory, for fast tests. Same contract as the one on disk, but nothing outlives it.
 * @param options.now epoch milliseconds; default the wall clock
 */
export function createMemoryEventStore(options: { readonly now?: () => number } = {}): EventStore {
  const now = createSteadyClock(options.now ?? Date.now)
  const log: RecordedEvent[] = []
  const byMessage = new Map<string, RecordedEvent>()
  const streams = new Map<string, RecordedEvent[]>()
  const streamOf = (designId: string, streamId: string) =>
    streams.get(streamKey({ designId, streamId })) ?? []
  let closed = false

  const feed = createFeed({
    head: () => log.length,
    range: (after, upTo, limit, { designId, streamId }) =>
      log.slice(after, upTo).filter(matches(designId, streamId)).slice(0, limit),
  })

  function append(appends: readonly StreamAppend[]): AppendAnswer {
    if (closed) throw new WorkbenchError('STORE_UNAVAILABLE', 'The store is closed.')
    const twice = messageTwice(messageIds(appends))
    if (twice !== null) throw new MessageIdReusedError(twice)
    const repeated = repeatedEvents(appends, recordedOf(appends))
    if (repeated) return { events: repeated, repeated: true }
    const events = plan(appends)
    for (const event of events) record(event)
    if (events.length > 0) feed.wake()
    return { events, repeated: false }
  }

  function recordedOf(appends: readonly StreamAppend[]): ReadonlyMap<string, RecordedEvent> {
    const ids = appends.flatMap((one) => one.events.map((event) => event.metadata.messageId))
    return new Map(ids.flatMap((id) => [byMessage.get(id) ?? []].flat().map((event) => [id, event] as const)))
  }

  /** Throws before anything is recorded: all or nothing. */
  function plan(appends: readonly StreamAppend[]): readonly RecordedEvent[] {
    const versions = new Map<string, number>()
    const recordedAt = now()
    let position = log.length
    return appends.flatMap((one) => {
      const key = streamKey(one)
      let version = versions.get(key) ?? streamOf(one.designId, one.streamId).length
      const conflict = versionConflict(one, version)
      if (conflict) throw conflict
      const events = one.events.map(({ type, data, metadata }): RecordedEvent => {
        position += 1
        version += 1
        const { designId, streamId } = one
        // A copy as the disk would give it, so that nobody can change the past.
        const copy: typeof data = JSON.parse(JSON.stringify(data))
        return { type, data: copy, metadata, position, designId, streamId, version, recordedAt }
      })
      versions.set(key, version)
      return events
    })
  }

  function record(event: RecordedEvent): void {
    log.push(event)
    byMessage.set(event.metadata.messageId, event)
    const stream = streams.get(streamKey(event))
    if (stream) stream.push(event)
    else streams.set(streamKey(event), [event])
  }

  return {
    append: async (appends) => append(appends),
    read: async (designId, streamId, readOptions = {}) =>
      readStream(streamOf(designId, streamId), readOptions),
    streamVersion: async (designId, streamId) => streamOf(designId, streamId).length,
    readAll: async (after, { designId, limit, types } = {}) =>
      log
        .slice(Math.max(after, 0))
        .filter(matches(designId))
        .filter((event) => !types || types.includes(event.type))
        .slice(0, readLimit(limit)),
    streams: async (designId, { prefix = '', limit, after = Number.POSITIVE_INFINITY } = {}) =>
      [...streams.values()]
        .flatMap((stream) => stream.at(-1) ?? [])
        .filter((last) => last.designId === designId && last.streamId.startsWith(prefix))
        .filter((last) => last.position < after)
        .sort((a, b) => b.position - a.position)
        .slice(0, listLimit(limit))
        .map(streamInfo),
    head: async () => log.length,
    story: async (designId, correlationId, { after = 0, limit } = {}) =>
      log
        .slice(Math.max(after, 0))
        .filter(matches(designId))
        .filter(({ metadata }) => metadata.correlationId === correlationId)
        .slice(0, readLimit(limit)),
    findMessage: async (messageId) => byMessage.get(messageId) ?? null,
    lag: async (designId, after) => {
      const own = log.filter((event) => event.designId === designId)
      return { lag: own.filter((event) => event.position > after).length, head: own.at(-1)?.position ?? 0 }
    },
    eventBefore: async (designId, position) =>
      log.findLast((event) => event.designId === designId && event.position < position) ?? null,
    countEvents: async (designId, types) =>
      log.filter((event) => event.designId === designId && types.includes(event.type)).length,
    countStreams: async (designId, prefix) =>
      [...streams.values()].filter(
        ([first]) => first?.designId === designId && first.streamId.startsWith(prefix),
      ).length,
    ...createMemoryLogReads(log),
    subscribe: feed.subscribe,
    close: async () => {
      closed = true
      feed.close()
    },
  }
}

function matches(designId?: string, streamId?: string): (event: RecordedEvent) => boolean {
  return (event) =>
    (designId === undefined || event.designId === designId) &&
    (streamId === undefined || event.streamId === streamId)
}

function readStream(stream: readonly RecordedEvent[], options: ReadOptions): readonly RecordedEvent[] {
  const { from, to, direction = 'forwards', limit } = options
  if (direction === 'forwards') {
    return stream.slice(Math.max((from ?? 1) - 1, 0), to ?? stream.length).slice(0, readLimit(limit))
  }
  return stream
    .slice(Math.max((to ?? 1) - 1, 0), from ?? stream.length)
    .reverse()
    .slice(0, readLimit(limit))
}

function streamInfo(last: RecordedEvent): StreamInfo {
  return {
    streamId: last.streamId,
    version: last.version,
    position: last.position,
    updatedAt: last.recordedAt,
  }
}
