import type { z } from 'zod'
import type { Workbench } from '../../workbench'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** A call as its handler sees it: parsed, checked, and nothing of HTTP left but what it needs. */
export interface Call<Body, Query> {
  readonly params: Readonly<Record<string, string>>
  readonly body: Body
  readonly query: Query
  /** From `If-Match`, when the route asks for it. */
  readonly ifMatch: number
  /** The body as it comes in, when the route takes a file; nothing otherwise. */
  readonly upload: AsyncIterable<Buffer>
}

export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Instead of a body: text of a type of its own, written as it is taken. */
  readonly stream?: { readonly type: string; readonly chunks: AsyncIterable<string> }
}

/** One line of the interface. The router checks, the handler does, the OpenAPI document is written from the same line. */
export interface Route<Body = unknown, Query = unknown> {
  readonly method: Method
  /** `/api/designs/{id}`: a name in braces is a path parameter. */
  readonly path: string
  readonly summary: string
  readonly body?: z.ZodType<Body>
  readonly query?: z.ZodType<Query>
  readonly answer?: z.ZodType
  /** It takes a file of this type. */
  readonly takes?: string
  /** It gives a file of this type. */
  readonly gives?: string
  /** Needs `If-Match: version`. */
  readonly conditional?: boolean
  readonly handle: (wb: Workbench, call: Call<Body, Query>) => Promise<Answer> | Answer
  /**
   * What is asked on top of that each time: of the first answer, and of the same one given again under its
   * `Idempotency-Key`. The query is about this alone, and no part of what was asked first.
   */
  readonly afterwards?: (wb: Workbench, call: Call<Body, Query>, answer: Answer) => Promise<Answer>
}

/** Keeps the handler's types tied to its schemas while the table holds routes of every shape. */
export function route<Body, Query>(definition: Route<Body, Query>): Route {
  return definition as unknown as Route
}

export const answered = (
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({ status, body, headers })
