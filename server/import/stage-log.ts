import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { EventLine } from '@/core/log/file'
import { type IdsInLog, renamedData, renamedMetadata, renamedText } from '@/core/log/rename'
import type { ImportedEvent } from '../store/contract'
import type { CheckedLog, LogChecker } from './log-checker'
import { readLines } from './read-lines'

/** Events written in one statement, and the bytes of their lines: the statement's text is held several times over. */
const BATCH_EVENTS = 500
const BATCH_BYTES = 2 * 1024 * 1024

/**
 * Checks a whole log while it comes in, and keeps its events in a file: only then is it known that nothing is wrong, and
 * a client that sends slowly keeps nobody from writing.
 * @param onEvents told of every event, some at once
 */
export async function stageLog(
  upload: AsyncIterable<Buffer>,
  path: string,
  checker: LogChecker,
  onEvents: (events: readonly EventLine[]) => Promise<void>,
): Promise<CheckedLog> {
  const out = createWriteStream(path)
  const failed = once(out, 'error').then(([error]) => Promise.reject(error))
  failed.catch(() => undefined)
  try {
    for await (const lines of readLines(upload)) {
      const events: EventLine[] = []
      const kept: Buffer[] = []
      for (const line of lines) {
        const event = await checker.check(line)
        if (!event) continue
        events.push(event)
        kept.push(line.bytes, NEWLINE)
      }
      if (events.length === 0) continue
      await onEvents(events)
      if (!out.write(Buffer.concat(kept))) await Promise.race([once(out, 'drain'), failed])
    }
  } finally {
    out.end()
    await finished(out)
  }
  return checker.end()
}

const NEWLINE = Buffer.from('\n')

/** The events of a staged log, under the ids they have here. They were checked when they were staged. */
export async function* stagedEvents(path: string, ids: IdsInLog): AsyncGenerator<readonly ImportedEvent[]> {
  let batch: ImportedEvent[] = []
  let bytes = 0
  for await (const lines of readLines(createReadStream(path))) {
    for (const line of lines) {
      batch.push(renamed(JSON.parse(line.bytes.toString('utf8')), ids))
      bytes += line.bytes.length
      if (batch.length < BATCH_EVENTS && bytes < BATCH_BYTES) continue
      yield batch
      batch = []
      bytes = 0
    }
  }
  if (batch.length > 0) yield batch
}

function renamed(
  { streamId, data, metadata, type, version, recordedAt }: EventLine,
  ids: IdsInLog,
): ImportedEvent {
  const { userId, ...rest } = metadata
  return {
    streamId: renamedText(streamId, ids),
    version,
    type,
    data: renamedData(data, ids),
    metadata: renamedMetadata(userId === undefined ? rest : { ...rest, userId }, ids),
    recordedAt,
  }
}
