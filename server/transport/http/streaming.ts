import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { WorkbenchError } from '@/core/errors'

/** What a call is given that takes no file. */
export const NO_UPLOAD: AsyncIterable<Buffer> = { [Symbol.asyncIterator]: () => NOTHING }
const NOTHING: AsyncIterator<Buffer> = { next: async () => ({ done: true, value: undefined }) }

/**
 * Hands on a body as it comes in.
 * @throws {WorkbenchError} UNSUPPORTED_MEDIA_TYPE, or what `take` throws, once the client has sent all of it: one that is
 *   answered while it still sends would often not hear the answer
 */
export async function takeUpload<T>(
  request: IncomingMessage,
  type: string,
  take: (upload: AsyncIterable<Buffer>) => Promise<T>,
): Promise<T> {
  try {
    const given = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
    if (given !== type)
      throw new WorkbenchError(
        'UNSUPPORTED_MEDIA_TYPE',
        `Send the file with content-type ${type}; this is "${given || 'nothing'}".`,
      )
    return await take(request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>)
  } catch (error) {
    await drained(request)
    throw error
  }
}

async function drained(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return
  const gone = new Promise<void>((resolve) => request.once('close', resolve).once('end', resolve))
  request.resume()
  await gone
}

/** Writes chunk by chunk, the next when the client has taken the one before; ends reading when the client has gone. */
export async function sendStream(response: ServerResponse, chunks: AsyncIterable<string>): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  for await (const chunk of chunks) {
    if (response.destroyed) return
    if (response.write(chunk)) continue
    await once(response, 'drain', { signal: gone.signal }).catch(() => undefined)
  }
  response.end()
}
