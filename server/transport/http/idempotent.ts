import { createHash, type Hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { WorkbenchError } from '@/core/errors'
import type { Json } from '@/core/json'
import type { IdempotencyStore } from '../../store/contract'
import type { Answer } from './route'

/** Where answers are kept, and who is told when one cannot be. */
export interface Keeping {
  readonly keys: IdempotencyStore
  readonly request: IncomingMessage
  readonly onDefect: (error: unknown) => void
}

/**
 * The same `Idempotency-Key` twice gives the first answer; nothing is kept of a call that failed.
 * @param asked what makes two requests the same: the call, and its body as text
 * @throws {WorkbenchError} INVALID_IDEMPOTENCY_KEY, IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_KEY_IN_USE, or what `once` throws
 */
export async function idempotent(
  keeping: Keeping,
  asked: { readonly target: string; readonly text: string },
  once: () => Promise<Answer>,
): Promise<Answer> {
  const key = readKey(keeping.request)
  if (key === null) return once()
  const hash = beginHash(asked.target).update('\0').update(asked.text).digest('hex')
  const begun = await keeping.keys.begin(key, hash, Date.now())
  if (begun.claimed) return keep(keeping, key, once, async () => hash)
  if (begun.requestHash !== hash) throw reused()
  if (!begun.answer) throw inUse()
  return replayed(begun.answer)
}

/**
 * The same for a call that takes a file, which is never held: it is hashed as it goes by. Until all of it has come, the
 * key stands for the call alone.
 * @throws {WorkbenchError} as `idempotent` does
 */
export async function idempotentUpload(
  keeping: Keeping,
  asked: { readonly target: string; readonly upload: AsyncIterable<Buffer> },
  once: (upload: AsyncIterable<Buffer>) => Promise<Answer>,
): Promise<Answer> {
  const key = readKey(keeping.request)
  if (key === null) return once(asked.upload)
  const call = beginHash(asked.target)
  const callAlone = call.copy().digest('hex')
  const hashed = hashing(asked.upload, call.update('\0'))
  const wholeHash = async () => {
    for await (const _rest of hashed);
    return call.copy().digest('hex')
  }
  const begun = await keeping.keys.begin(key, callAlone, Date.now())
  if (begun.claimed) return keep(keeping, key, () => once(hashed), wholeHash)
  if (!begun.answer) throw begun.requestHash === callAlone ? inUse() : reused()
  if (begun.requestHash !== (await wholeHash())) throw reused()
  return replayed(begun.answer)
}

/** @param hashOf what the key stands for, once it is done */
async function keep(
  { keys, onDefect }: Keeping,
  key: string,
  once: () => Promise<Answer>,
  hashOf: () => Promise<string>,
): Promise<Answer> {
  let answer: Answer
  try {
    answer = await once()
  } catch (error) {
    await keys.release(key).catch(onDefect)
    throw error
  }
  // It is done. A key that cannot be given its answer stays claimed: given back, it would let it be done again.
  const { status, body, headers = {} } = answer
  await hashOf()
    .then((hash) => keys.finish(key, hash, { status, body: (body ?? null) as Json, headers }))
    .catch(onDefect)
  return answer
}

const beginHash = (target: string): Hash => createHash('sha256').update(target)

async function* hashing(chunks: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
}

const replayed = (answer: Answer): Answer => ({
  ...answer,
  headers: { ...answer.headers, 'idempotent-replay': 'true' },
})

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

const reused = () =>
  new WorkbenchError(
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used for another request. Take a new one.',
  )

const inUse = () =>
  new WorkbenchError(
    'IDEMPOTENCY_KEY_IN_USE',
    'The first request with this Idempotency-Key is still under way. Ask again in a moment.',
  )
