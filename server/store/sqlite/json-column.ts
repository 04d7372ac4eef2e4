import { WorkbenchError } from '@/core/errors'
import type { Json } from '@/core/json'

/**
 * Parses a JSON column.
 * @param where what to call the row in the error: `Design d1 version 3`
 * @param details of an event, where it stands: who reads on passes over it
 * @throws {WorkbenchError} CORRUPT_EVENT, naming the row and what to do
 */
export function parseColumn(text: string, where: string, details: Place = {}): Json {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw corrupt(where, 'does not parse as JSON', cause, details)
  }
}

/** Members of the error besides its message. */
type Place = Readonly<Record<string, string | number>>

/** A row that this program cannot have written. */
export function corrupt(where: string, what: string, cause?: unknown, details: Place = {}): WorkbenchError {
  return new WorkbenchError(
    'CORRUPT_EVENT',
    `${where} ${what}: the file was changed by something else. Stop the server and restore the row or the file from a copy.`,
    { where, ...details },
    { cause },
  )
}
