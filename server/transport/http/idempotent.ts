import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { WorkbenchError } from '@/core/errors'
import type { Json } from '@/core/json'
import type { IdempotencyStore } from '../../store/contract'
import type { Answer } from './route'

/**
 * The same `Idempotency-Key` twice gives the first answer; nothing is kept of a call that failed.
 * @param asked what makes two requests the same: the call, and its body as text
 * @throws {WorkbenchError} INVALID_IDEMPOTENCY_KEY, IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_KEY_IN_USE, or what `once` throws
 */
export async function idempotent(
  keys: IdempotencyStore,
  request: IncomingMessage,
  asked: { readonly target: string; readonly text: string },
  once: () => Promise<Answer>,
  onDefect: (error: unknown) => void,
): Promise<Answer> {
  const key = readKey(request)
  if (key === null) return once()
  const hash = createHash('sha256').update(asked.target).update('\0').update(asked.text).digest('hex')
  const kept = await claim(keys, key, hash)
  if (kept) return kept
  let answer: Answer
  try {
    answer = await once()
  } catch (error) {
    await keys.release(key).catch(onDefect)
    throw error
  }
  // It is done. A key that cannot be given its answer stays claimed: given back, it would let it be done again.
  await keys.finish(key, { status: answer.status, body: (answer.body ?? null) as Json }).catch(onDefect)
  return answer
}

function readKey(request: IncomingMessage): string | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key))
    throw new WorkbenchError(
      'INVALID_IDEMPOTENCY_KEY',
      'An Idempotency-Key has 1 to 200 printable characters and no spaces.',
    )
  return key
}

/** @returns what was answered under this key before; null when the key is ours now */
async function claim(keys: IdempotencyStore, key: string, hash: string): Promise<Answer | null> {
  const begun = await keys.begin(key, hash, Date.now())
  if (begun.claimed) return null
  if (begun.requestHash !== hash)
    throw new WorkbenchError(
      'IDEMPOTENCY_KEY_REUSED',
      'This Idempotency-Key was used for another request. Take a new one.',
    )
  if (!begun.answer)
    throw new WorkbenchError(
      'IDEMPOTENCY_KEY_IN_USE',
      'The first request with this Idempotency-Key is still under way. Ask again in a moment.',
    )
  return { ...begun.answer, headers: { 'idempotent-replay': 'true' } }
}
