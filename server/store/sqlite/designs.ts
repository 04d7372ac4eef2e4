import type { DesignRow, DesignStore } from '../contract'
import { listLimit } from '../page'
import type { Db } from './db'
import { parseColumn } from './json-column'
import { syncPolicies } from './policies'
import type { Writer } from './writer'

interface DesignParts {
  readonly reader: Db
  readonly writer: Writer
  /** The log's head, kept when the newest events go with their design. */
  readonly head: () => number
  /** Called once a design and its events are gone. */
  readonly onDeleted: (id: string) => void
}

type ListedRow = Omit<DesignRow, 'document'>

export function createDesignStore({ reader, writer, head, onDeleted }: DesignParts): DesignStore {
  async function get(id: string, version?: number): Promise<DesignRow | null> {
    const [row] = await reader.query<ListedRow & { readonly document: string }>(
      `SELECT ${VERSION_COLUMNS}, v.document FROM Design d JOIN DesignVersion v ON v.designId = d.id
       WHERE d.id = ? AND v.version = coalesce(?, d.version)`,
      id,
      version ?? null,
    )
    return row ? { ...row, document: parseColumn(row.document, `Design ${id} version ${row.version}`) } : null
  }

  return {
    async create({ id, name, document, at }) {
      await writer.unit(async (db) => {
        await db.execute(INSERT_DESIGN, id, name, at, at)
        const text = JSON.stringify(document)
        await db.execute(INSERT_VERSION, id, 1, name, text, at)
        await syncPolicies(db, id, text, head())
      })
      return { id, name, version: 1, document, createdAt: at, updatedAt: at }
    },

    save: (id, expectedVersion, { name, document, at }) =>
      writer.unit(async (db) => {
        const [current] = await db.query<{ version: number; createdAt: number }>(
          'SELECT version, +createdAt AS createdAt FROM Design WHERE id = ?',
          id,
        )
        if (!current) return null
        if (current.version !== expectedVersion) return { saved: false, currentVersion: current.version }
        const version = current.version + 1
        await db.execute(
          'UPDATE Design SET name = ?, version = ?, updatedAt = ? WHERE id = ?',
          name,
          version,
          at,
          id,
        )
        const text = JSON.stringify(document)
        await db.execute(INSERT_VERSION, id, version, name, text, at)
        await syncPolicies(db, id, text, head())
        const row = { id, name, version, document, createdAt: current.createdAt, updatedAt: at }
        return { saved: true, row }
      }),

    get,

    async list({ limit, after }) {
      // A cursor that was deleted meanwhile ends the list: there is no telling where it stood.
      const cursor = '(SELECT updatedAt, id FROM Design WHERE id = ?)'
      const beyond = after === undefined ? '' : `WHERE (updatedAt, id) < ${cursor}`
      return await reader.query<ListedRow>(
        `SELECT ${LIST_COLUMNS} FROM Design ${beyond} ORDER BY Design.updatedAt DESC, Design.id DESC LIMIT ?`,
        ...(after === undefined ? [] : [after]),
        listLimit(limit),
      )
    },

    async delete(id) {
      return await writer.unit(
        async (db) => {
          await db.execute(KEEP_HEAD, head())
          for (const table of TABLES_OF_A_DESIGN) {
            await db.execute(`DELETE FROM ${table} WHERE designId = ?`, id)
          }
          return (await db.execute('DELETE FROM Design WHERE id = ?', id)) > 0
        },
        () => onDeleted(id),
      )
    },
  }
}

const LIST_COLUMNS = 'id, name, version, +createdAt AS createdAt, +updatedAt AS updatedAt'
/** A past version has the name and the time it was saved with. */
const VERSION_COLUMNS = 'd.id, v.name, v.version, +d.createdAt AS createdAt, +v.createdAt AS updatedAt'
const INSERT_DESIGN = 'INSERT INTO Design (id, name, version, createdAt, updatedAt) VALUES (?, ?, 1, ?, ?)'
const INSERT_VERSION =
  'INSERT INTO DesignVersion (designId, version, name, document, createdAt) VALUES (?, ?, ?, ?, ?)'
const KEEP_HEAD = `INSERT INTO Mark (name, position) VALUES ('log-head', ?)
  ON CONFLICT (name) DO UPDATE SET position = max(position, excluded.position)`
const TABLES_OF_A_DESIGN = [
  'Event',
  'Snapshot',
  'Policy',
  'ProjectionRow',
  'Projection',
  'Run',
  'RunRest',
  'LogImport',
  'DesignVersion',
] as const
