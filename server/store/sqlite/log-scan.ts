import type { RecordedEvent } from '@/core/log/event'
import { type LogFilter, lowerAscii, streamPrefix } from '@/core/log/filter'
import type { EventStore, LogScan } from '../contract'
import type { Db, SqlValue } from './db'
import { EVENT_COLUMNS, type EventRow, eventOfRow } from './event-rows'
import { createLogSearch } from './log-search'

type LogReads = Pick<EventStore, 'scan' | 'scanPositions' | 'readAt' | 'count' | 'positionAt'>

interface Found<Row> {
  readonly rows: readonly Row[]
  readonly next: number | null
}

/**
 * Reads from anywhere in a design's log. Statements run in the one thread of the process, so none looks at more rows
 * than its caller allows: first the stretch is measured out on the index, then that stretch is read.
 *
 * Only two indexes are counted on: `(designId, position)`, and `(designId, streamId, version)` for one stream, whose
 * versions ascend with its positions. The `+` keeps SQLite from taking another one, whose rows would come in another
 * order and would have to be read whole.
 */
export function createLogReads(reader: Db, head: () => number): LogReads {
  const search = createLogSearch(reader)

  async function count(
    designId: string,
    { after, before, most }: { readonly after: number; readonly before?: number; readonly most: number },
  ) {
    const [found] = await reader.query<{ events: number; last: number | null }>(
      MEASURE_FORWARDS,
      designId,
      after,
      Math.min(before ?? head() + 1, head() + 1),
      most,
    )
    return { events: Number(found?.events ?? 0), last: Number(found?.last ?? after) }
  }

  async function walk<Row extends { readonly position: number }>(
    designId: string,
    columns: string,
    scan: LogScan,
  ): Promise<Found<Row>> {
    const bounds = await boundsOf(designId, scan)
    if (bounds === null) return { rows: [], next: null }
    const { stream } = scan.filter ?? {}
    return stream !== undefined && streamPrefix(stream) === null
      ? walkStream<Row>(designId, stream, columns, scan, bounds)
      : walkLog<Row>(designId, columns, scan, bounds)
  }

  /** Exclusive. A time is looked up first, so that a stretch of it is as quick as one of positions. */
  async function boundsOf(designId: string, scan: LogScan): Promise<Bounds | null> {
    const { from, to } = scan.filter ?? {}
    let low = scan.after ?? 0
    let high = Math.min(scan.before ?? head() + 1, head() + 1)
    if (from !== undefined) {
      const first = await search.positionAt(designId, from)
      if (first === null) return null
      low = Math.max(low, first - 1)
    }
    if (to !== undefined) {
      const beyond = await search.positionAt(designId, to + 1)
      if (beyond !== null) high = Math.min(high, beyond)
    }
    return high - low > 1 ? { low, high } : null
  }

  async function walkLog<Row extends { readonly position: number }>(
    designId: string,
    columns: string,
    { direction, filter = {}, limit, most }: LogScan,
    { low, high }: Bounds,
  ): Promise<Found<Row>> {
    const forwards = direction !== 'backwards'
    const measure = forwards ? MEASURE_FORWARDS : MEASURE_BACKWARDS
    const [stretch] = await reader.query<{ events: number; last: number | null }>(
      measure,
      designId,
      low,
      high,
      most,
    )
    const events = Number(stretch?.events ?? 0)
    if (events === 0) return { rows: [], next: null }
    const end = Number(stretch?.last ?? 0)
    const where = conditions(filter)
    const rows = await reader.query<Row>(
      `SELECT ${columns} FROM Event WHERE designId = ? AND position > ? AND position < ? ${where.sql}
       ORDER BY position ${forwards ? 'ASC' : 'DESC'} LIMIT ?`,
      designId,
      forwards ? low : end - 1,
      forwards ? end + 1 : high,
      ...where.args,
      limit,
    )
    return { rows, next: nextOf(rows, limit, events < most ? null : end) }
  }

  async function walkStream<Row extends { readonly position: number }>(
    designId: string,
    streamId: string,
    columns: string,
    { direction, filter = {}, limit, most }: LogScan,
    bounds: Bounds,
  ): Promise<Found<Row>> {
    const forwards = direction !== 'backwards'
    const first = await search.versionAfter(designId, streamId, bounds.low)
    const last = (await search.versionAfter(designId, streamId, bounds.high - 1)) - 1
    if (first > last) return { rows: [], next: null }
    const from = forwards ? first : Math.max(first, last - most + 1)
    const to = forwards ? Math.min(last, first + most - 1) : last
    const { stream: _one, ...others } = filter
    const where = conditions(others)
    const rows = await reader.query<Row>(
      `SELECT ${columns} FROM Event WHERE designId = ? AND streamId = ? AND version BETWEEN ? AND ? ${where.sql}
       ORDER BY version ${forwards ? 'ASC' : 'DESC'} LIMIT ?`,
      designId,
      streamId,
      from,
      to,
      ...where.args,
      limit,
    )
    const through = forwards ? to === last : from === first
    const end = through ? null : await search.positionOf(designId, streamId, forwards ? to : from)
    return { rows, next: nextOf(rows, limit, end) }
  }

  return {
    count,
    async scan(designId, scan) {
      const { rows, next } = await walk<EventRow>(designId, EVENT_COLUMNS, scan)
      return { events: rows.map(eventOfRow), next }
    },
    async scanPositions(designId, scan) {
      const { rows, next } = await walk<{ position: number }>(designId, 'position', scan)
      return { positions: rows.map(({ position }) => position), next }
    },
    async readAt(designId, positions): Promise<readonly RecordedEvent[]> {
      const rows = await reader.query<EventRow>(
        `SELECT ${EVENT_COLUMNS} FROM Event WHERE position IN (SELECT value FROM json_each(?)) AND +designId = ?
         AND position <= ? ORDER BY position`,
        JSON.stringify(positions),
        designId,
        head(),
      )
      return rows.map(eventOfRow)
    },
    positionAt: search.positionAt,
  }
}

interface Bounds {
  readonly low: number
  readonly high: number
}

/** A walk that filled its limit goes on behind what it gave, any other behind what it looked at. */
function nextOf(
  rows: readonly { readonly position: number }[],
  limit: number,
  end: number | null,
): number | null {
  return rows.length >= limit ? (rows.at(-1)?.position ?? end) : end
}

function conditions(filter: LogFilter): { readonly sql: string; readonly args: readonly SqlValue[] } {
  const { stream, types, correlationId, text, from, to } = filter
  const prefix = stream === undefined ? null : streamPrefix(stream)
  const parts: readonly { readonly sql: string; readonly arg: SqlValue | undefined }[] = [
    { sql: 'AND substr(streamId, 1, length(?1)) = ?1', arg: prefix ?? undefined },
    { sql: 'AND +type IN (SELECT value FROM json_each(?1))', arg: types && JSON.stringify(types) },
    { sql: 'AND +correlationId = ?1', arg: correlationId },
    { sql: 'AND recordedAt >= ?1', arg: from },
    { sql: 'AND recordedAt <= ?1', arg: to },
    // Last: it is the dear one, and SQLite tests in this order.
    { sql: 'AND instr(lower(data), ?1) > 0', arg: text === undefined ? undefined : lowerAscii(text) },
  ]
  const said = parts.flatMap(({ sql, arg }) => {
    if (arg === undefined) return []
    const times = sql.split('?1').length - 1
    return [{ sql: sql.replaceAll('?1', '?'), args: Array.from({ length: times }, () => arg) }]
  })
  return { sql: said.map(({ sql }) => sql).join(' '), args: said.flatMap(({ args }) => args) }
}

const MEASURE_FORWARDS = `SELECT count(*) AS events, max(position) AS last FROM (SELECT position FROM Event
  WHERE designId = ? AND position > ? AND position < ? ORDER BY position LIMIT ?)`
const MEASURE_BACKWARDS = `SELECT count(*) AS events, min(position) AS last FROM (SELECT position FROM Event
  WHERE designId = ? AND position > ? AND position < ? ORDER BY position DESC LIMIT ?)`
