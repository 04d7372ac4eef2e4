/**
 * What may be expected to be refused is a value, not an exception.
 * @example const parsed = parse(text); if (!parsed.ok) return parsed.error
 */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E }

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error })

/** Ends an exhaustive switch: adding a member to the union makes every forgotten switch a type error. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
