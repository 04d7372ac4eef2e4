import type { MarkStore } from '../contract'
import { type Db, statement } from './db'
import type { Writer } from './writer'

/** Places in the log that somebody goes on from; one row each. */
export function createMarkStore(reader: Db, writer: Writer): MarkStore {
  return {
    async read(name) {
      const [row] = await reader.query<{ position: number }>('SELECT position FROM Mark WHERE name = ?', name)
      return row?.position ?? null
    },
    write: async (name, position) => void (await writer.write([statement(SET_MARK, name, position)])),
  }
}

const SET_MARK = `INSERT INTO Mark (name, position) VALUES (?, ?)
  ON CONFLICT (name) DO UPDATE SET position = excluded.position`
