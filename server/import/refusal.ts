import { type ErrorCode, WorkbenchError } from '@/core/errors'

type ImportCode = Extract<ErrorCode, `IMPORT_${string}`>

/** Why a file is no log, and in which line. Nothing of it is kept. */
export function refusal(code: ImportCode, line: number, message: string): WorkbenchError {
  return new WorkbenchError(code, `Line ${line}: ${message}.`, { line })
}
