import type { z } from 'zod'
import type { Issue } from './errors'
import { err, ok, type Result } from './result'

/**
 * Parses what came from outside.
 * @returns the value as the schema gives it, or what is wrong with paths. zod hands the issues of a list on as the
 *   arguments of one call: with a hundred thousand of them the stack ends, and the whole is refused with one issue.
 */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown): Result<T, readonly Issue[]> {
  try {
    const parsed = schema.safeParse(value)
    if (parsed.success) return ok(parsed.data)
    return err(
      parsed.error.issues.map(({ path, message, code }) => ({
        path: path as (string | number)[],
        message,
        code,
      })),
    )
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return err([{ path: [], message: 'has more mistakes than can be listed', code: 'too_many_issues' }])
  }
}
