import type { CodeFault, CodeProgram, CodeRunner } from '@/core/code/contract'
import type { Projection } from '@/core/design/aggregate'
import type { Json } from '@/core/json'
import { checkAgainstSchema } from '@/core/json-schema'
import { answerCall } from '@/core/projection/query'
import { compareTexts } from '@/core/projection/row-filter'

export interface QueryPreview {
  readonly id: string
  readonly answer:
    | { readonly kind: 'value'; readonly value: Json }
    | { readonly kind: 'refused'; readonly message: string }
    | { readonly kind: 'fault'; readonly fault: CodeFault }
}

/** What each query of a projection answers to its example parameters, as the server would: by the same call. */
export function previewQueries(
  code: CodeRunner,
  program: CodeProgram,
  projection: Projection,
  rows: readonly { readonly key: string; readonly row: Json }[],
): Promise<readonly QueryPreview[]> {
  const inOrder = [...rows].sort((a, b) => compareTexts(a.key, b.key))
  return Promise.all(
    projection.queries.map(async ({ id, schema, example = {} }): Promise<QueryPreview> => {
      const checked = checkAgainstSchema(schema, example)
      if (!checked.ok) {
        const [issue] = checked.error
        const message = `The example parameters do not fit the schema: ${issue?.path.join('.') || 'it'}: ${issue?.message ?? ''}`
        return { id, answer: { kind: 'refused', message } }
      }
      const answer = await code.run(program, answerCall(projection.id, id, inOrder, example))
      if (!answer.ok) return { id, answer: { kind: 'fault', fault: answer.error } }
      if (answer.value.kind === 'value') return { id, answer: answer.value }
      return { id, answer: { kind: 'refused', message: `${answer.value.code}: ${answer.value.message}` } }
    }),
  )
}
