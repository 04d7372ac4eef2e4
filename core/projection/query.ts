import type { CodeCall } from '../code/contract'
import { codeId } from '../design/code-id'
import { asJson, type Json } from '../json'

/** The one crossing a query handler takes. @param rows in order of their keys */
export function answerCall(
  projection: string,
  query: string,
  rows: readonly { readonly key: string; readonly row: Json }[],
  params: Json,
): Extract<CodeCall, { kind: 'call' }> {
  return {
    kind: 'call',
    fn: codeId.query(projection, query),
    args: [rows.map(({ key, row }) => asJson({ key, row })), params],
  }
}
