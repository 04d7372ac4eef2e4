import { z } from 'zod'

/** Every error answer: `application/problem+json` (RFC 9457) with a literal `code`. */
export const problemDetailsSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  issues: z
    .array(
      z.object({
        path: z.array(z.union([z.string(), z.number()])),
        message: z.string(),
        code: z.string().optional(),
      }),
    )
    .optional(),
})
export type ProblemDetails = z.infer<typeof problemDetailsSchema>

/** One page of a list; `next` is the cursor to send as `after`, null at the end. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}
