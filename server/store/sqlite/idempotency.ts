import type { IdempotencyStore } from '../contract'
import { type Db, statement } from './db'
import { parseColumn } from './json-column'
import type { Writer } from './writer'

/** How long an answer is kept. */
const KEPT_MS = 24 * 60 * 60 * 1000

interface StoredAnswer {
  readonly requestHash: string
  readonly status: number | null
  readonly body: string | null
}

/** Answers kept under an Idempotency-Key. Claims left by a crash are given back when the store opens. */
export function createIdempotencyStore(writer: Writer): IdempotencyStore {
  return {
    begin: (key, requestHash, at) =>
      writer.unit(async (db) => {
        await db.execute('DELETE FROM IdempotencyKey WHERE createdAt < ?', at - KEPT_MS)
        const claimed = await db.execute(CLAIM, key, requestHash, at)
        if (claimed > 0) return { claimed: true }
        const [row] = await db.query<StoredAnswer>(
          'SELECT requestHash, status, body FROM IdempotencyKey WHERE key = ?',
          key,
        )
        if (!row || row.status === null || row.body === null) {
          return { claimed: false, requestHash: row?.requestHash ?? requestHash, answer: null }
        }
        const answer = { status: row.status, body: parseColumn(row.body, `Answer under key ${key}`) }
        return { claimed: false, requestHash: row.requestHash, answer }
      }),

    async finish(key, { status, body }) {
      const sql = 'UPDATE IdempotencyKey SET status = ?, body = ? WHERE key = ?'
      await writer.write([statement(sql, status, JSON.stringify(body), key)])
    },

    async release(key) {
      const sql = 'DELETE FROM IdempotencyKey WHERE key = ? AND status IS NULL'
      await writer.write([statement(sql, key)])
    },
  }
}

/** Nobody is working on a claim that was made before this process: the request may be made again. */
export async function releaseAbandonedClaims(db: Db): Promise<void> {
  await db.execute('DELETE FROM IdempotencyKey WHERE status IS NULL')
}

const CLAIM = `INSERT INTO IdempotencyKey (key, requestHash, createdAt) VALUES (?, ?, ?)
  ON CONFLICT (key) DO NOTHING`
