import type { Db } from './db'

/** Places in a log found by halving: what ascends with the position needs no index of its own. */
export interface LogSearch {
  /** The first event of a design recorded at a time or later; null when there is none. */
  positionAt(designId: string, time: number): Promise<number | null>
  /** The first version of a stream that stands behind a position; one past its last when there is none. */
  versionAfter(designId: string, streamId: string, position: number): Promise<number>
  positionOf(designId: string, streamId: string, version: number): Promise<number | null>
}

export function createLogSearch(reader: Db): LogSearch {
  async function number(sql: string, ...args: readonly (string | number)[]): Promise<number | null> {
    const [row] = await reader.query<{ found: number | null }>(sql, ...args)
    return row?.found === null || row?.found === undefined ? null : Number(row.found)
  }

  return {
    async positionAt(designId, time) {
      const last = await number('SELECT max(position) AS found FROM Event WHERE designId = ?', designId)
      let low = await number('SELECT min(position) AS found FROM Event WHERE designId = ?', designId)
      if (low === null || last === null) return null
      // The place is in [low, high]; `last + 1` stands for "none".
      let high = last + 1
      while (low < high) {
        const middle = Math.floor((low + high) / 2)
        const [at] = await reader.query<{ position: number; recordedAt: number }>(
          EVENT_FROM,
          designId,
          middle,
        )
        if (!at || at.recordedAt >= time) high = middle
        else low = at.position + 1
      }
      // Halving counts positions, of which other designs have some: the event is the next one of this design.
      return number(
        'SELECT min(position) AS found FROM Event WHERE designId = ? AND position >= ?',
        designId,
        low,
      )
    },

    async versionAfter(designId, streamId, position) {
      const last = await number(
        'SELECT max(version) AS found FROM Event WHERE designId = ? AND streamId = ?',
        designId,
        streamId,
      )
      let low = 1
      let high = (last ?? 0) + 1
      while (low < high) {
        const middle = Math.floor((low + high) / 2)
        const at = await number(POSITION_OF, designId, streamId, middle)
        if (at === null || at > position) high = middle
        else low = middle + 1
      }
      return low
    },

    positionOf: (designId, streamId, version) => number(POSITION_OF, designId, streamId, version),
  }
}

const EVENT_FROM = `SELECT position, +recordedAt AS recordedAt FROM Event WHERE designId = ? AND position >= ?
  ORDER BY position LIMIT 1`
const POSITION_OF = 'SELECT position AS found FROM Event WHERE designId = ? AND streamId = ? AND version = ?'
