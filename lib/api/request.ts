import { isJsonObject } from '@/core/json'
import { type ProblemDetails, problemDetailsSchema } from '@/core/protocol'

/** Thrown when the server answers with a problem, or does not answer (`code: "NETWORK"`). */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly problem?: ProblemDetails,
  ) {
    super(message)
  }
}

interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly body?: unknown
  /** A file in place of a body: lines of JSON. It is sent as it is read. */
  readonly file?: Blob
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly signal?: AbortSignal
}

/**
 * One call of the HTTP interface.
 * @throws {ApiError} for every answer that is not 2xx, with the server's literal code
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(options.query ?? {}))
    if (value !== undefined) query.set(name, String(value))
  const url = query.size > 0 ? `${path}?${query}` : path
  let response: Response
  try {
    response = await fetch(url, {
      method: options.method ?? 'GET',
      headers: {
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.file === undefined ? {} : { 'content-type': 'application/x-ndjson' }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.file === undefined ? {} : { body: options.file }),
      ...(options.signal ? { signal: options.signal } : {}),
    })
  } catch (cause) {
    if (options.signal?.aborted) throw cause
    throw new ApiError('NETWORK', 0, 'The workbench does not answer. Is it still running?')
  }
  if (response.status === 204) return undefined as T
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body as T
  const problem = problemDetailsSchema.safeParse(body)
  if (problem.success)
    throw new ApiError(problem.data.code, response.status, problem.data.detail, problem.data)
  throw new ApiError(
    'INTERNAL',
    response.status,
    isJsonObject(body) ? JSON.stringify(body) : `The server answered ${response.status}.`,
  )
}
