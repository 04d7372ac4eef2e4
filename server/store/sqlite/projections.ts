import { z } from 'zod'
import type { Json } from '@/core/json'
import type { ProjectionState, ProjectionStore } from '../contract'
import { listLimit } from '../page'
import { type Db, statement } from './db'
import { corrupt, parseColumn } from './json-column'
import { insertJsonRows } from './json-rows'
import { searchSql } from './row-search'
import type { Writer } from './writer'

const storedState = z.object({
  designId: z.string(),
  name: z.string(),
  definitionHash: z.string(),
  checkpoint: z.number(),
  status: z.enum(['running', 'paused', 'faulted']),
  generation: z.number(),
  fault: z.string(),
  delayMs: z.number(),
})

interface StoredRow {
  readonly key: string
  readonly row: string
}

/**
 * Read models: rows and checkpoint move in one transaction.
 * @param scanner for rows by the thousand
 */
export function createProjectionStore(
  reader: Db,
  scanner: Pick<Db, 'query'>,
  writer: Writer,
): ProjectionStore {
  return {
    async get(designId, name) {
      const [row] = await reader.query<{ readonly name: string }>(
        'SELECT * FROM Projection WHERE designId = ? AND name = ?',
        designId,
        name,
      )
      return row ? stateOfRow(row) : null
    },

    async list(designId) {
      const sql = 'SELECT * FROM Projection WHERE designId = ? ORDER BY name'
      return (await reader.query<{ readonly name: string }>(sql, designId)).map(stateOfRow)
    },

    async apply(state, generation, rows) {
      const of = [state.designId, state.name, generation] as const
      const entries = Object.entries(rows)
      const gone = entries.flatMap(([key, row]) => (row === null ? [key] : []))
      const kept = entries.flatMap(([key, row]) => (row === null ? [] : [[key, JSON.stringify(row)]]))
      const values = { ...state, fault: JSON.stringify(state.fault) }
      await writer.write([
        ...(gone.length > 0 ? [statement(DELETE_ROWS, ...of, JSON.stringify(gone))] : []),
        ...(kept.length > 0 ? [statement(UPSERT_ROWS, ...of, JSON.stringify(kept))] : []),
        statement(UPSERT_STATE, JSON.stringify(values)),
      ])
    },

    async loadRows(designId, name, generation, keys) {
      const sql = `SELECT key, row FROM ProjectionRow WHERE designId = ? AND name = ? AND generation = ?
        AND key IN (SELECT value FROM json_each(?))`
      const rows = await scanner.query<StoredRow>(sql, designId, name, generation, JSON.stringify(keys))
      return Object.fromEntries(rows.map((stored) => [stored.key, rowOf(name, stored)]))
    },

    async rows(designId, name, generation, { limit, after }) {
      const sql = `SELECT key, row FROM ProjectionRow WHERE designId = ? AND name = ? AND generation = ?
        ${after === undefined ? '' : 'AND key > ?'} ORDER BY key LIMIT ?`
      const beyond = after === undefined ? [] : [after]
      const rows = await scanner.query<StoredRow>(
        sql,
        designId,
        name,
        generation,
        ...beyond,
        listLimit(limit),
      )
      return rows.map((stored) => ({ key: stored.key, row: rowOf(name, stored) }))
    },

    async search(designId, name, generation, search) {
      const { sql, args } = searchSql(designId, name, generation, {
        ...search,
        limit: listLimit(search.limit),
      })
      const rows = await reader.query<StoredRow>(sql, ...args)
      return rows.map((stored) => ({ key: stored.key, row: rowOf(name, stored) }))
    },

    async count(designId, name, generation) {
      const sql =
        'SELECT count(*) AS rows FROM ProjectionRow WHERE designId = ? AND name = ? AND generation = ?'
      const [counted] = await reader.query<{ rows: number }>(sql, designId, name, generation)
      return Number(counted?.rows ?? 0)
    },

    async prune(designId, name, keep) {
      const sql = 'DELETE FROM ProjectionRow WHERE designId = ? AND name = ? AND generation <> ?'
      await writer.unit((db) => db.execute(sql, designId, name, keep))
    },
  }
}

function stateOfRow(row: { readonly name: string }): ProjectionState {
  const state = storedState.safeParse(row)
  if (!state.success) throw corrupt(`Projection ${row.name}`, 'is not as this program writes it', state.error)
  return { ...state.data, fault: parseColumn(state.data.fault, `Projection ${row.name}`) }
}

function rowOf(name: string, stored: StoredRow): Json {
  return parseColumn(stored.row, `Row ${stored.key} of projection ${name} (rebuild it)`)
}

const DELETE_ROWS = `DELETE FROM ProjectionRow WHERE designId = ? AND name = ? AND generation = ?
  AND key IN (SELECT value FROM json_each(?))`
const UPSERT_ROWS = `${insertJsonRows('ProjectionRow', ['key', 'row'], ['designId', 'name', 'generation'])}
ON CONFLICT (designId, name, generation, key) DO UPDATE SET row = excluded.row`
const UPSERT_STATE = `INSERT INTO Projection
  (designId, name, definitionHash, checkpoint, status, generation, fault, delayMs)
SELECT s->>'designId', s->>'name', s->>'definitionHash', s->>'checkpoint', s->>'status', s->>'generation',
  s->>'fault', s->>'delayMs' FROM (SELECT ? AS s) WHERE true
ON CONFLICT (designId, name) DO UPDATE SET definitionHash = excluded.definitionHash,
  checkpoint = excluded.checkpoint, status = excluded.status, generation = excluded.generation,
  fault = excluded.fault, delayMs = excluded.delayMs`
