import { z } from 'zod'
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
})

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

    async list({ designId, saga, status, limit, after }) {
      const wanted = [
        { sql: 'designId = ?', arg: designId },
        { sql: 'saga = ?', arg: saga },
        { sql: 'status = ?', arg: status },
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

    unfinished: () =>
      select("WHERE status IN ('running', 'suspended', 'compensating') ORDER BY Run.startedAt, Run.id"),
  }
}

function runOfRow(row: { readonly id: string }): RunRow {
  const run = storedRun.safeParse(row)
  if (!run.success) throw corrupt(`Run ${row.id}`, 'is not as this program writes it', run.error)
  return { ...run.data, error: parseColumn(run.data.error, `Run ${row.id}`) }
}

const COLUMNS =
  'id, designId, designVersion, saga, mode, status, +startedAt AS startedAt, +endedAt AS endedAt, error'
const UPSERT_RUNS = `INSERT INTO Run (id, designId, designVersion, saga, mode, status, startedAt, endedAt, error)
SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8
FROM json_each(?) WHERE true
ON CONFLICT (id) DO UPDATE SET designId = excluded.designId, designVersion = excluded.designVersion,
  saga = excluded.saga, mode = excluded.mode, status = excluded.status, startedAt = excluded.startedAt,
  endedAt = excluded.endedAt, error = excluded.error`
const SET_CHECKPOINT = `INSERT INTO Mark (name, position) VALUES ('runs', ?)
  ON CONFLICT (name) DO UPDATE SET position = excluded.position`
