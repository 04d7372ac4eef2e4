import { type Design, type DesignInput, parseDesign } from '@/core/design/document'
import type { EventAnswer } from '@/core/protocol'
import { createHistory, type DecidedInstance, type History, type HistoryStream } from './history'

export function designOf(input: DesignInput): Design {
  const parsed = parseDesign(input)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

/** One log out of what happened, in order: `[stream, type, data]`. */
export function logOf(
  happened: readonly (readonly [string, string, EventAnswer['data']])[],
): readonly EventAnswer[] {
  const versions = new Map<string, number>()
  return happened.map(([streamId, type, data], at) => {
    const version = (versions.get(streamId) ?? 0) + 1
    versions.set(streamId, version)
    return {
      position: at + 1,
      streamId,
      version,
      type,
      data,
      metadata: { messageId: `m${at}`, correlationId: 'c', causationId: 'c', schemaVersion: 1 },
      recordedAt: at,
    }
  })
}

/** A server with this log, which gives it a few at a time and counts what it is asked. */
export function historyOf(
  log: readonly EventAnswer[],
  slice = 3,
): { readonly history: History; readonly reads: () => number } {
  let reads = 0
  const sliceOf = <T>(all: T[], after: string | undefined) => {
    const from = Number(after ?? 0)
    const next = from + slice < all.length ? String(from + slice) : null
    return { items: all.slice(from, from + slice), next, total: all.length }
  }
  const byStream = (prefix: string): ReadonlyMap<string, readonly EventAnswer[]> => {
    const streams = new Map<string, EventAnswer[]>()
    for (const event of log)
      if (event.streamId.startsWith(prefix))
        streams.set(event.streamId, [...(streams.get(event.streamId) ?? []), event])
    return streams
  }
  const history = createHistory({
    streams: async (aggregate, after) => {
      reads += 1
      const all = [...byStream(`${aggregate}-`)].map(
        ([streamId, events]): HistoryStream => ({ streamId, version: events.length, events: [...events] }),
      )
      return sliceOf(all, after)
    },
    decisions: async (aggregate, after) => {
      reads += 1
      const streams = byStream(`${aggregate}-`)
      const all = [...byStream(`commands-${aggregate}-`)].map(([stream, commands]): DecidedInstance => {
        const streamId = stream.slice('commands-'.length)
        const events = [...(streams.get(streamId) ?? [])]
        return { streamId, version: events.length, events, commands: [...commands], sent: commands.length }
      })
      return sliceOf(all, after)
    },
    events: async (types, after) => {
      reads += 1
      const all = log.filter(({ type }) => types.includes(type))
      const items = all.filter(({ position }) => position > after).slice(0, slice)
      const last = items.at(-1)?.position ?? after
      const next = all.some(({ position }) => position > last) ? String(last) : null
      return { items, next, total: all.length }
    },
  })
  return { history, reads: () => reads }
}
