import { setImmediate as nextTurn } from 'node:timers/promises'
import { WorkbenchError } from '@/core/errors'
import type { ImportedEvent, ImportStore, LogImport } from '../contract'
import { logNotEmpty } from '../log-not-empty'
import type { Db } from './db'
import { INSERT_EVENTS, insertRow } from './event-rows'
import { renewal } from './lease'
import { syncPolicies } from './policies'
import { SqliteFault } from './sqlite-fault'
import type { Writer } from './writer'

interface ImportParts {
  readonly reader: Db
  readonly writer: Writer
  readonly head: () => number
  /** The lease's, which is renewed: its heartbeat waits while a long log is written. */
  readonly token: number
  readonly onCommitted: (last: number, rows: number, characters: number) => void
}

interface Written {
  readonly events: number
  readonly last: number
  readonly characters: number
}

/** @returns the store, and what forgets a design that is deleted */
export async function createImportStore(
  parts: ImportParts,
): Promise<ImportStore & { forget(designId: string): void }> {
  const { reader, writer, head, token, onCommitted } = parts
  const rows = await reader.query<{ designId: string; lastPosition: number }>(
    'SELECT designId, lastPosition FROM LogImport',
  )
  const importedTo = new Map(rows.map((row) => [row.designId, row.lastPosition]))

  /** Nothing else is written meanwhile: positions go on from the head without a gap. */
  async function write(db: Db, { designId, create, at, events }: LogImport): Promise<Written> {
    if (create) await createWith(db, designId, create, at)
    else await assertEmpty(db, designId)
    let last = head()
    let characters = 0
    for await (const batch of events()) {
      const values = batch.map((event, index) => rowOf(event, designId, last + index + 1))
      const text = JSON.stringify(values)
      await db.execute(INSERT_EVENTS, text)
      last += batch.length
      characters += text.length
      // Other connections, sockets and timers have their turn in between.
      await nextTurn()
    }
    const count = last - head()
    await db.execute(INSERT_IMPORT, designId, last, count, at)
    // What came with the file was reacted to where it happened.
    if (create) await syncPolicies(db, designId, newestOf(create), last)
    else await db.execute('UPDATE Policy SET checkpoint = ? WHERE designId = ?', last, designId)
    const { sql, args } = renewal(token)
    await db.execute(sql, ...args)
    return { events: count, last, characters }
  }

  return {
    importedTo: (designId) => importedTo.get(designId) ?? 0,
    forget: (designId) => void importedTo.delete(designId),
    async run(log) {
      try {
        const { events, last } = await writer.unit(
          (db) => write(db, log),
          (written) => {
            importedTo.set(log.designId, written.last)
            onCommitted(written.last, written.events, written.characters)
          },
        )
        return { events, last }
      } catch (error) {
        if (!(error instanceof SqliteFault && error.kind === 'unique')) throw error
        throw new WorkbenchError(
          'MESSAGE_ID_REUSED',
          'While this log was imported one of its message ids was recorded by something else. Import it again.',
          {},
          { cause: error },
        )
      }
    },
    async taken(messageIds) {
      const found = await reader.query<{ messageId: string }>(
        'SELECT messageId FROM Event WHERE messageId IN (SELECT value FROM json_each(?))',
        JSON.stringify(messageIds),
      )
      return found.map(({ messageId }) => messageId)
    },
  }
}

async function assertEmpty(db: Db, designId: string): Promise<void> {
  const [design] = await db.query('SELECT id FROM Design WHERE id = ?', designId)
  if (!design) throw new WorkbenchError('DESIGN_NOT_FOUND', `There is no design "${designId}".`)
  const [event] = await db.query('SELECT position FROM Event WHERE designId = ? LIMIT 1', designId)
  if (event) throw logNotEmpty()
}

async function createWith(
  db: Db,
  designId: string,
  { name, versions }: NonNullable<LogImport['create']>,
  at: number,
): Promise<void> {
  const newest = Math.max(...versions.map(({ version }) => version))
  await db.execute(INSERT_DESIGN, designId, name, newest, at, at)
  for (const one of versions)
    await db.execute(INSERT_VERSION, designId, one.version, one.name, JSON.stringify(one.document), at)
}

function newestOf({ versions }: NonNullable<LogImport['create']>): string {
  const [newest] = [...versions].sort((a, b) => b.version - a.version)
  return JSON.stringify(newest?.document ?? {})
}

function rowOf(event: ImportedEvent, designId: string, position: number) {
  return insertRow({ ...event, designId, position }, JSON.stringify(event.data))
}

const INSERT_IMPORT = 'INSERT INTO LogImport (designId, lastPosition, events, importedAt) VALUES (?, ?, ?, ?)'
const INSERT_DESIGN = 'INSERT INTO Design (id, name, version, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?)'
const INSERT_VERSION =
  'INSERT INTO DesignVersion (designId, version, name, document, createdAt) VALUES (?, ?, ?, ?, ?)'
