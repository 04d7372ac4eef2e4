import type { Json } from '@/core/json'
import type { ListedSnapshot, SnapshotStore } from '../contract'
import { SNAPSHOTS_RECENT, snapshotSpacing } from '../snapshot-spacing'
import { type Db, statement } from './db'
import { parseColumn } from './json-column'
import type { Writer } from './writer'

export function createSnapshotStore(reader: Db, writer: Writer): SnapshotStore {
  return {
    async load(designId, streamId, definitionHash, atMost) {
      const [row] = await reader.query<{ version: number; state: string }>(
        `SELECT version, state FROM Snapshot
         WHERE designId = ? AND streamId = ? AND definitionHash = ? AND version <= ?
         ORDER BY version DESC LIMIT 1`,
        designId,
        streamId,
        definitionHash,
        atMost ?? Number.MAX_SAFE_INTEGER,
      )
      if (!row) return null
      return { version: row.version, state: parseColumn(row.state, `Snapshot of ${streamId} (delete it)`) }
    },

    async list(designId, limit) {
      const rows = await reader.query<Omit<ListedSnapshot, 'state'> & { readonly state: string }>(
        `SELECT streamId, definitionHash, version, state FROM Snapshot WHERE designId = ?
         ORDER BY streamId, version LIMIT ?`,
        designId,
        limit,
      )
      return rows.map((row) => ({ ...row, version: Number(row.version), state: readState(row.state) }))
    },

    async save(designId, streamId, definitionHash, { version, state }) {
      const stream = [designId, streamId] as const
      const of = [...stream, definitionHash] as const
      await writer.write([
        statement(UPSERT, ...of, version, JSON.stringify(state)),
        statement(PRUNE_OTHERS, ...of),
        statement(PRUNE_OLD, ...of, ...of, SNAPSHOTS_RECENT, ...of, snapshotSpacing(version)),
      ])
    },
  }
}

function readState(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const UPSERT = `INSERT INTO Snapshot (designId, streamId, definitionHash, version, state) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (designId, streamId, definitionHash, version) DO UPDATE SET state = excluded.state`
/** Those of an older definition are of no use any more. */
const PRUNE_OTHERS = 'DELETE FROM Snapshot WHERE designId = ? AND streamId = ? AND definitionHash <> ?'
/** Behind the newest, the first of each stretch stays. The driver gives numbers as REAL, which would not be a stretch. */
const PRUNE_OLD = `DELETE FROM Snapshot WHERE designId = ? AND streamId = ? AND definitionHash = ?
  AND version <= (SELECT version FROM Snapshot WHERE designId = ? AND streamId = ? AND definitionHash = ?
    ORDER BY version DESC LIMIT 1 OFFSET ?)
  AND version NOT IN (SELECT min(version) FROM Snapshot WHERE designId = ? AND streamId = ? AND definitionHash = ?
    GROUP BY version / CAST(? AS INTEGER))`
