import { z } from 'zod'
import { attentionSchema } from '@/core/protocol'
import type { RunIndex, RunRow, UnfinishedRun } from '../contract'
import { listLimit } from '../page'
import { type Db, type SqlValue, statement } from './db'
import { corrupt, parseColumn } from './json-column'
import { insertJsonRows } from './json-rows'
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
  archived: z.number(),
  attention: z.string(),
  needsPerson: z.number(),
  watched: z.number(),
  position: z.number(),
  gist: z.string(),
})
const storedAttention = z.array(attentionSchema)

/** The list of runs. Its rows and its checkpoint move in one transaction. */
export function createRunIndex(reader: Db, writer: Writer): RunIndex {
  async function select(tail: string, ...args: readonly SqlValue[]): Promise<readonly RunRow[]> {
    const rows = await reader.query<{ readonly id: string }>(`SELECT ${COLUMNS} FROM Run ${tail}`, ...args)
    return rows.map(runOfRow)
  }

  return {
    async apply(rows, checkpoint) {
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
        row.gist,
      ])
      await writer.write([
        ...(rows.length > 0 ? [statement(UPSERT_RUNS, JSON.stringify(values))] : []),
        statement(SET_CHECKPOINT, checkpoint),
      ])
    },

    async checkpoint() {
      const [row] = await reader.query<{ position: number }>("SELECT position FROM Mark WHERE name = 'runs'")
      return row?.position ?? 0
    },

    get: async (id) => (await select('WHERE id = ?', id))[0] ?? null,

    find: (ids) => select('WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids)),

    async list({ designId, saga, status, archived = false, needsPerson, limit, after }) {
      const wanted = [
        { sql: 'archived = ?', arg: archived ? 1 : 0 },
        { sql: 'designId = ?', arg: designId },
        { sql: 'saga = ?', arg: saga },
        { sql: 'status = ?', arg: status },
        { sql: 'needsPerson >= ?', arg: needsPerson ? 1 : undefined },
        { sql: '(startedAt, id) < (SELECT startedAt, id FROM Run WHERE id = ?)', arg: after },
      ].flatMap(({ sql, arg }) => (arg === undefined ? [] : [{ sql, arg }]))
      const where = `WHERE ${wanted.map(({ sql }) => sql).join(' AND ')}`
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

    unfinished: () => select(`WHERE ${UNFINISHED} ORDER BY Run.startedAt, Run.id`),

    countUnfinished: () =>
      reader.query(`SELECT status, count(*) AS count FROM Run WHERE ${UNFINISHED} GROUP BY status`),

    async toTakeUp() {
      const rows = await reader.query<Omit<UnfinishedRun, 'resting'> & { readonly resting: number }>(
        TO_TAKE_UP,
      )
      return rows.map((row) => ({ ...row, resting: row.resting === 1 }))
    },

    async rest(runs) {
      const values = runs.map(({ runId, designId, seq, wakeAt }) => [runId, designId, seq, wakeAt])
      if (values.length > 0) await writer.write([statement(UPSERT_RESTS, JSON.stringify(values))])
    },

    archiveEnded: (endedBefore, limit) =>
      writer.unit(async (db) => {
        const archived = await db.execute(ARCHIVE_ENDED, endedBefore, limit)
        await db.execute(FORGET_RESTS)
        return archived
      }),

    async setArchived(id, archived) {
      const ended = archived ? `AND NOT (${UNFINISHED})` : ''
      const sql = `UPDATE Run SET archived = ? WHERE id = ? ${ended}`
      const [changed = 0] = await writer.write([statement(sql, archived ? 1 : 0, id)])
      return changed > 0 ? ((await select('WHERE id = ?', id))[0] ?? null) : null
    },
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
    archived: run.data.archived === 1,
    attention: attention.data,
    watched: run.data.watched === 1,
  }
}

const UNFINISHED = "status IN ('running', 'suspended', 'compensating')"
/** One that has got another event since is taken up: whoever let go of it died before it could say so. */
const TO_TAKE_UP = `SELECT Run.id AS runId, Run.designId, +RunRest.wakeAt AS wakeAt,
  RunRest.seq IS NOT NULL AND NOT EXISTS (SELECT 1 FROM Event WHERE Event.designId = Run.designId
    AND Event.streamId = 'run-' || Run.id AND Event.version > RunRest.seq) AS resting
FROM Run LEFT JOIN RunRest ON RunRest.runId = Run.id
WHERE Run.${UNFINISHED} ORDER BY Run.startedAt, Run.id`
const UPSERT_RESTS = `${insertJsonRows('RunRest', ['runId', 'designId', 'seq', 'wakeAt'])}
ON CONFLICT (runId) DO UPDATE SET seq = excluded.seq, wakeAt = excluded.wakeAt`
const FORGET_RESTS = `DELETE FROM RunRest WHERE runId IN (SELECT id FROM Run WHERE NOT (Run.${UNFINISHED}))`
const ARCHIVE_ENDED = `UPDATE Run SET archived = 1 WHERE id IN (
  SELECT id FROM Run WHERE archived = 0 AND endedAt < ? AND NOT (${UNFINISHED}) LIMIT ?)`
const COLUMNS =
  'id, designId, designVersion, saga, mode, status, +startedAt AS startedAt, +endedAt AS endedAt, error, archived, attention, needsPerson, watched, position, gist'
/** One that is taken up again after its end is in the list again, whoever had archived it. */
const UPSERT_RUNS = `${insertJsonRows('Run', [
  'id',
  'designId',
  'designVersion',
  'saga',
  'mode',
  'status',
  'startedAt',
  'endedAt',
  'error',
  'attention',
  'needsPerson',
  'watched',
  'position',
  'gist',
])}
ON CONFLICT (id) DO UPDATE SET designId = excluded.designId, designVersion = excluded.designVersion,
  saga = excluded.saga, mode = excluded.mode, status = excluded.status, startedAt = excluded.startedAt,
  endedAt = excluded.endedAt, error = excluded.error, attention = excluded.attention,
  needsPerson = excluded.needsPerson, watched = excluded.watched, position = excluded.position, gist = excluded.gist,
  archived = CASE WHEN excluded.endedAt IS Run.endedAt THEN Run.archived ELSE 0 END`
const SET_CHECKPOINT = `INSERT INTO Mark (name, position) VALUES ('runs', ?)
  ON CONFLICT (name) DO UPDATE SET position = excluded.position`
