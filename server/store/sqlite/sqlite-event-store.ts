import { MessageIdReusedError } from '@/core/log/errors'
import type { RecordedEvent, StreamAppend } from '@/core/log/event'
import type { AppendAnswer, EventStore, ReadOptions, StreamInfo, SubscribeOptions } from '../contract'
import { streamKey } from '../expected-version'
import type { Feed } from '../feed'
import { listLimit, readLimit } from '../page'
import { messageIds, messageTwice } from '../repeated-messages'
import type { Db, SqlValue } from './db'
import { EVENT_COLUMNS, type EventRow, eventOfRow } from './event-rows'
import type { Heads } from './heads'
import { createLogReads } from './log-scan'
import type { Writer } from './writer'

interface EventStoreParts {
  readonly reader: Db
  /** For events by the thousand. */
  readonly scanner: Pick<Db, 'query'>
  readonly writer: Writer
  readonly heads: Heads
  readonly feed: Feed
  readonly head: () => number
  readonly close: () => Promise<void>
}

/** The log on disk: appends go through the one writer, reads through a connection of their own. */
export function createSqliteEventStore(parts: EventStoreParts): EventStore {
  const { reader, scanner, writer, heads, feed, head, close } = parts

  function append(appends: readonly StreamAppend[]): Promise<AppendAnswer> {
    return new Promise((resolve, reject) => {
      const ids = messageIds(appends)
      const twice = messageTwice(ids)
      if (twice !== null) throw new MessageIdReusedError(twice)
      const data = appends.flatMap((one) => one.events.map((event) => JSON.stringify(event.data)))
      const characters = data.reduce((sum, text) => sum + text.length, 0)
      writer.append({
        appends: appends.map((one) => ({ ...one, key: streamKey(one) })),
        messageIds: ids,
        data,
        characters,
        retries: 0,
        resolve,
        reject,
      })
    })
  }

  return {
    append,
    async read(designId, streamId, options = {}) {
      const { sql, args } = readQuery(designId, streamId, options)
      return (await scanner.query<EventRow>(sql, ...args)).map(eventOfRow)
    },
    async streamVersion(designId, streamId) {
      const known = heads.get(streamKey({ designId, streamId }))
      if (known !== undefined) return known
      const [row] = await reader.query<{ version: number | null }>(
        'SELECT max(version) AS version FROM Event WHERE designId = ? AND streamId = ?',
        designId,
        streamId,
      )
      return row?.version ?? 0
    },
    async readAll(after, { designId, limit, types } = {}) {
      const where = conditions({ designId })
      const types_ = types ? 'AND type IN (SELECT value FROM json_each(?))' : ''
      const sql = `SELECT ${EVENT_COLUMNS} FROM Event WHERE position > ? AND position <= ? ${where.sql} ${types_} ORDER BY position LIMIT ?`
      const wanted = types ? [JSON.stringify(types)] : []
      const rows = await scanner.query<EventRow>(
        sql,
        after,
        head(),
        ...where.args,
        ...wanted,
        readLimit(limit),
      )
      return rows.map(eventOfRow)
    },
    async streams(designId, { prefix = '', limit, after } = {}) {
      const before = after ?? Number.MAX_SAFE_INTEGER
      return await reader.query<StreamInfo>(STREAMS, designId, before, prefix, prefix, listLimit(limit))
    },
    head: async () => head(),
    async story(designId, correlationId, { after = 0, limit } = {}) {
      const sql = `SELECT ${EVENT_COLUMNS} FROM Event
        WHERE correlationId = ? AND designId = ? AND position > ? AND position <= ? ORDER BY position LIMIT ?`
      const args = [correlationId, designId, after, head(), readLimit(limit)]
      return (await reader.query<EventRow>(sql, ...args)).map(eventOfRow)
    },
    async findMessage(messageId) {
      const sql = `SELECT ${EVENT_COLUMNS} FROM Event WHERE messageId = ?`
      const [row] = await reader.query<EventRow>(sql, messageId)
      return row ? eventOfRow(row) : null
    },
    async lag(designId, after) {
      const [behind] = await reader.query<{ lag: number }>(
        'SELECT count(*) AS lag FROM Event WHERE designId = ? AND position > ?',
        designId,
        after,
      )
      const [last] = await reader.query<{ head: number | null }>(
        'SELECT max(position) AS head FROM Event WHERE designId = ?',
        designId,
      )
      return { lag: Number(behind?.lag ?? 0), head: Number(last?.head ?? 0) }
    },
    async eventBefore(designId, position) {
      const sql = `SELECT ${EVENT_COLUMNS} FROM Event WHERE designId = ? AND position < ? AND position <= ?
        ORDER BY position DESC LIMIT 1`
      const [row] = await reader.query<EventRow>(sql, designId, position, head())
      return row ? eventOfRow(row) : null
    },
    async countEvents(designId, types) {
      const sql = `SELECT count(*) AS events FROM Event
        WHERE designId = ? AND type IN (SELECT value FROM json_each(?))`
      const [row] = await reader.query<{ events: number }>(sql, designId, JSON.stringify(types))
      return Number(row?.events ?? 0)
    },
    async countStreams(designId, prefix) {
      const sql = `SELECT count(*) AS streams FROM Event
        WHERE designId = ? AND version = 1 AND substr(streamId, 1, length(?)) = ?`
      const [row] = await reader.query<{ streams: number }>(sql, designId, prefix, prefix)
      return Number(row?.streams ?? 0)
    },
    ...createLogReads(reader, head),
    subscribe: feed.subscribe,
    close,
  }
}

/** Events with `after < position ≤ upTo`, from disk. */
export async function readRange(
  reader: Pick<Db, 'query'>,
  after: number,
  upTo: number,
  limit: number,
  options: SubscribeOptions,
): Promise<readonly RecordedEvent[]> {
  const where = conditions(options)
  const sql = `SELECT ${EVENT_COLUMNS} FROM Event WHERE position > ? AND position <= ? ${where.sql} ORDER BY position LIMIT ?`
  return (await reader.query<EventRow>(sql, after, upTo, ...where.args, limit)).map(eventOfRow)
}

function conditions(only: {
  readonly designId?: string | undefined
  readonly streamId?: string | undefined
}): {
  readonly sql: string
  readonly args: readonly SqlValue[]
} {
  const parts = [
    ...(only.designId === undefined ? [] : [{ sql: 'AND designId = ?', arg: only.designId }]),
    ...(only.streamId === undefined ? [] : [{ sql: 'AND streamId = ?', arg: only.streamId }]),
  ]
  return { sql: parts.map(({ sql }) => sql).join(' '), args: parts.map(({ arg }) => arg) }
}

function readQuery(designId: string, streamId: string, options: ReadOptions) {
  const { from, to, direction = 'forwards', limit } = options
  const forwards = direction === 'forwards'
  const low = (forwards ? from : to) ?? 1
  const high = (forwards ? to : from) ?? Number.MAX_SAFE_INTEGER
  const sql = `SELECT ${EVENT_COLUMNS} FROM Event
    WHERE designId = ? AND streamId = ? AND version BETWEEN ? AND ?
    ORDER BY version ${forwards ? 'ASC' : 'DESC'} LIMIT ?`
  const args: readonly SqlValue[] = [designId, streamId, low, high, readLimit(limit)]
  return { sql, args }
}

/**
 * A stream's last event is the one with no successor. Walking the design's positions backwards gives the newest
 * first and stops at the limit, so the writer need not keep a table of streams.
 */
const STREAMS = `SELECT streamId, version, position, +recordedAt AS updatedAt FROM Event AS event
WHERE designId = ? AND position < ? AND substr(streamId, 1, length(?)) = ?
  AND NOT EXISTS (SELECT 1 FROM Event AS next WHERE next.designId = event.designId
    AND next.streamId = event.streamId AND next.version = event.version + 1)
ORDER BY position DESC LIMIT ?`
