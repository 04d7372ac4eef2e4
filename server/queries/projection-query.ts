import type { Query } from '@/core/design/aggregate'
import { WorkbenchError } from '@/core/errors'
import { asJson, type Json } from '@/core/json'
import { checkAgainstSchema } from '@/core/json-schema'
import { answerCall } from '@/core/projection/query'
import type { ProjectionRow, QueryAnswer } from '@/core/protocol'
import { codeError } from '../engine/aggregate-reader'
import type { LoadedDesign } from '../engine/loaded-design'
import { LIMITS } from '../limits'
import type { Workbench } from '../workbench'
import { type AtLeast, waitFor } from './at-least'
import { readVisible } from './projection-rows'

/**
 * Puts a question to a read model: its query handler is run over all rows, in the sandbox.
 * @throws {WorkbenchError} PROJECTION_NOT_FOUND, QUERY_NOT_FOUND, QUERY_PARAMS_INVALID with issues, QUERY_TOO_LARGE,
 *   QUERY_REFUSED with what the handler failed with, CODE_*, PROJECTION_BEHIND
 */
export async function askQuery(
  wb: Workbench,
  designId: string,
  name: string,
  queryId: string,
  asked: AtLeast & { readonly params: Json },
): Promise<QueryAnswer> {
  const loaded = await wb.catalogue.load(designId)
  await wb.projections.get(loaded, name)
  const query = findQuery(loaded, name, queryId)
  const checked = checkAgainstSchema(query.schema, asked.params)
  if (!checked.ok)
    throw new WorkbenchError(
      'QUERY_PARAMS_INVALID',
      `The parameters of ${queryId} do not fit its schema${checked.error[0] ? `: ${checked.error[0].path.join('.') || 'it'}: ${checked.error[0].message}` : ''}.`,
      { issues: checked.error },
    )
  await waitFor(wb, loaded, name, asked)
  const { rows, checkpoint } = await readVisible(wb, loaded, name, async ({ generation, checkpoint }) => ({
    rows: await wb.store.projections.rows(loaded.id, name, generation, { limit: LIMITS.queryRows + 1 }),
    checkpoint,
  }))
  checkSize(queryId, rows)
  const answer = await wb.code.run(loaded.program, answerCall(name, queryId, rows, asked.params))
  if (!answer.ok) throw codeError(answer.error)
  if (answer.value.kind === 'failed') {
    const { code, message } = answer.value
    throw new WorkbenchError('QUERY_REFUSED', message, { refusal: { code, message } })
  }
  return { result: answer.value.value, rows: rows.length, checkpoint }
}

function findQuery({ design }: LoadedDesign, name: string, queryId: string): Query {
  const queries = design.projections.find(({ id }) => id === name)?.queries ?? []
  const query = queries.find(({ id }) => id === queryId)
  if (query) return query
  throw new WorkbenchError(
    'QUERY_NOT_FOUND',
    `Projection "${name}" has no query "${queryId}". It has: ${queries.map(({ id }) => id).join(', ') || 'none'}.`,
  )
}

function checkSize(queryId: string, rows: readonly ProjectionRow[]): void {
  const chars = rows.reduce((sum, row) => sum + JSON.stringify(asJson(row)).length, 0)
  if (rows.length <= LIMITS.queryRows && chars <= LIMITS.queryChars) return
  throw new WorkbenchError(
    'QUERY_TOO_LARGE',
    `A query handler is given at most ${LIMITS.queryRows} rows and ${LIMITS.queryChars} characters of JSON, and ${queryId} would get more. Project into smaller rows, or filter rows instead.`,
    { rows: rows.length > LIMITS.queryRows ? `more than ${LIMITS.queryRows}` : rows.length },
  )
}
