import { z } from 'zod'
import { attentionSchema } from '@/core/protocol'
import type { RunIndex, RunRow } from '../contract'
import { listLimit } from '../page'
import type { Db, SqlValue } from './db'
import { corrupt, parseColumn } from './json-column'
import type { Writer } from './writer'

const storedRun = z.object({
  id: z.string(),
  designId: z.string(),
  designVersion: z.number(),
  saga: z.string(),
  mode: z.enum(['live', 'virtual', 'manual']),
  status: z.enum(['running', 'suspended', 'compensating', 'completed', 'compensated', 'failed']),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  error: z.string(),
  attention: z.string(),
  needsPerson: z.number(),
  watched: z.number(),
  position: z.number(),
})
const storedAttention = z.array(attentionSchema)

/** The list of runs. Its rows and its checkpoint move in one transaction. */
export function createRunIndex(reader: Db, writer: Writer): RunIndex {
  async function select(tail: string, ...args: readonly SqlValue[]): Promise<readonly RunRow[]> {
    const rows = await reader.query<{ readonly id: string }>(`SELECT ${COLUMNS} FROM Run ${tail}`, ...args)
    return rows.map(runOfRow)
  }

  return {
    apply: (rows, checkpoint) =>
      writer.unit(async (db) => {
        const values = rows.map((row) => [
          row.id,
          row.designId,
          row.designVersion,
          row.saga,
          row.mode,
          row.status,
          row.startedAt,
          row.endedAt,
          JSON.stringify(row.error),
          JSON.stringify(row.attention),
          row.needsPerson,
          row.watched ? 1 : 0,
          row.position,
        ])
        if (rows.length > 0) await db.execute(UPSERT_RUNS, JSON.stringify(values))
        await db.execute(SET_CHECKPOINT, checkpoint)
      }),

    async checkpoint() {
      const [row] = await reader.query<{ position: number }>("SELECT position FROM Mark WHERE name = 'runs'")
      return row?.position ?? 0
    },

    get: async (id) => (await select('WHERE id = ?', id))[0] ?? null,

    find: (ids) => select('WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids)),

    async list({ designId, saga, status, needsPerson, limit, after }) {
      const wanted = [
        { sql: 'designId = ?', arg: designId },
        { sql: 'saga = ?', arg: saga },
        { sql: 'status = ?', arg: status },
        { sql: 'needsPerson >= ?', arg: needsPerson ? 1 : undefined },
        { sql: '(startedAt, id) < (SELECT startedAt, id FROM Run WHERE id = ?)', arg: after },
      ].flatMap(({ sql, arg }) => (arg === undefined ? [] : [{ sql, arg }]))
      const where = wanted.length === 0 ? '' : `WHERE ${wanted.map(({ sql }) => sql).join(' AND ')}`
      const args = wanted.map(({ arg }) => arg)
      return await select(
        `${where} ORDER BY Run.startedAt DESC, Run.id DESC LIMIT ?`,
        ...args,
        listLimit(limit),
      )
    },

    changedSince: (designId, position, limit) =>
      select('WHERE designId = ? AND position > ? ORDER BY position LIMIT ?', designId, position, limit),

    async watched() {
      const rows = await reader.query<{ readonly id: string }>('SELECT id FROM Run WHERE watched = 1')
      return rows.map(({ id }) => id)
    },

    unfinished: () =>
      select("WHERE status IN ('running', 'suspended', 'compensating') ORDER BY Run.startedAt, Run.id"),
  }
}

function runOfRow(row: { readonly id: string }): RunRow {
  const run = storedRun.safeParse(row)
  if (!run.success) throw corrupt(`Run ${row.id}`, 'is not as this program writes it', run.error)
  const about = `Run ${row.id}`
  const attention = storedAttention.safeParse(parseColumn(run.data.attention, about))
  if (!attention.success) throw corrupt(about, 'is not as this program writes it', attention.error)
  return {
    ...run.data,
    error: parseColumn(run.data.error, about),
    attention: attention.data,
    watched: run.data.watched === 1,
  }
}

const COLUMNS =
  'id, designId, designVersion, saga, mode, status, +startedAt AS startedAt, +endedAt AS endedAt, error, attention, needsPerson, watched, position'
const UPSERT_RUNS = `INSERT INTO Run (id, designId, designVersion, saga, mode, status, startedAt, endedAt, error,
  attention, needsPerson, watched, position)
SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8,
  value->>9, value->>10, value->>11, value->>12
FROM json_each(?) WHERE true
ON CONFLICT (id) DO UPDATE SET designId = excluded.designId, designVersion = excluded.designVersion,
  saga = excluded.saga, mode = excluded.mode, status = excluded.status, startedAt = excluded.startedAt,
  endedAt = excluded.endedAt, error = excluded.error, attention = excluded.attention,
  needsPerson = excluded.needsPerson, watched = excluded.watched, position = excluded.position`
const SET_CHECKPOINT = `INSERT INTO Mark (name, position) VALUES ('runs', ?)
  ON CONFLICT (name) DO UPDATE SET position = excluded.position`
