import { WorkbenchError } from '@/core/errors'
import { LIMITS } from '../limits'

/** One line of a file, without its end. `number` counts from 1, as an editor does. */
export interface Line {
  readonly number: number
  readonly bytes: Buffer
}

const NEWLINE = 0x0a

/**
 * The lines of a file as they come in, those of a chunk together: never more of it is held than a chunk and one line.
 * Lines of nothing but blanks are passed over.
 * @throws {WorkbenchError} IMPORT_TOO_LARGE, IMPORT_LINE_TOO_LONG
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  limits: Pick<typeof LIMITS, 'importBytes' | 'importLineBytes'> = LIMITS,
): AsyncGenerator<readonly Line[]> {
  let number = 0
  let bytes = 0
  let begun: Buffer[] = []
  let begunBytes = 0

  function keep(part: Buffer): void {
    begun.push(part)
    begunBytes += part.length
    if (begunBytes > limits.importLineBytes)
      throw new WorkbenchError(
        'IMPORT_LINE_TOO_LONG',
        `Line ${number + 1} is longer than ${limits.importLineBytes / 1024 / 1024} MiB.`,
        { line: number + 1 },
      )
  }

  function finish(): readonly Line[] {
    number += 1
    const whole = begun.length === 1 ? (begun[0] ?? Buffer.alloc(0)) : Buffer.concat(begun)
    begun = []
    begunBytes = 0
    return whole.toString('latin1').trim() === '' ? [] : [{ number, bytes: whole }]
  }

  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > limits.importBytes)
      throw new WorkbenchError(
        'IMPORT_TOO_LARGE',
        `A log may have at most ${limits.importBytes / 1024 / 1024} MiB. Export parts of it, stream by stream.`,
      )
    const lines: Line[] = []
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      keep(chunk.subarray(from, end))
      lines.push(...finish())
      from = end + 1
    }
    if (from < chunk.length) keep(chunk.subarray(from))
    if (lines.length > 0) yield lines
  }
  if (begun.length > 0) {
    const last = finish()
    if (last.length > 0) yield last
  }
}
