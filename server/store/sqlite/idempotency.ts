import { z } from 'zod'
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
  /** Null: it was kept by a version that kept none. */
  readonly headers: string | null
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
          'SELECT requestHash, status, body, headers FROM IdempotencyKey WHERE key = ?',
          key,
        )
        if (!row || row.status === null || row.body === null) {
          return { claimed: false, requestHash: row?.requestHash ?? requestHash, answer: null }
        }
        const about = `Answer under key ${key}`
        const answer = {
          status: row.status,
          body: parseColumn(row.body, about),
          headers: headersSchema.parse(parseColumn(row.headers ?? '{}', about)),
        }
        return { claimed: false, requestHash: row.requestHash, answer }
      }),

    async finish(key, requestHash, { status, body, headers }) {
      const values = [requestHash, status, JSON.stringify(body), JSON.stringify(headers)]
      await writer.write([statement(FINISH, ...values, key)])
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

const headersSchema = z.record(z.string(), z.string())

const FINISH = 'UPDATE IdempotencyKey SET requestHash = ?, status = ?, body = ?, headers = ? WHERE key = ?'
const CLAIM = `INSERT INTO IdempotencyKey (key, requestHash, createdAt) VALUES (?, ?, ?)
  ON CONFLICT (key) DO NOTHING`
