import { codeProblems, lintDesign, type Problem } from '@/core/design'
import type { DesignAnswer, DesignSummary, Page, TemplateSummary } from '@/core/protocol'
import { templates } from '@/examples'
import { designAnswer, readDocument } from '../commands/designs'
import { designNotFound } from '../engine/loaded-design'
import type { Workbench } from '../workbench'
import { type ListQuery, noSuchCursor, page, pageOfWhole } from './events'

/** @throws {WorkbenchError} INVALID_QUERY when `after` is no template */
export function listTemplates(query: ListQuery): Page<TemplateSummary> {
  const summaries = templates.map(({ id, name, summary, teaches, document }) => ({
    id,
    name,
    summary,
    teaches: [...teaches],
    sagas: document.sagas.length,
    aggregates: document.aggregates.length,
    steps: document.sagas.reduce(
      (sum, saga) => sum + saga.nodes.filter((node) => node.type === 'step').length,
      0,
    ),
    document,
  }))
  return pageOfWhole(summaries, query, ({ id }) => id)
}

/** @throws {WorkbenchError} INVALID_QUERY when `after` is no design */
export async function listDesigns(wb: Workbench, query: ListQuery): Promise<Page<DesignSummary>> {
  const rows = await wb.store.designs.list({
    limit: query.limit + 1,
    ...(query.after === undefined ? {} : { after: query.after }),
  })
  if (rows.length === 0 && query.after !== undefined && !(await wb.store.designs.get(query.after)))
    throw noSuchCursor(query.after)
  return page(
    rows,
    query.limit,
    (row) => row.id,
    ({ id, name, version, createdAt, updatedAt }) => ({ id, name, version, createdAt, updatedAt }),
  )
}

/** @throws {WorkbenchError} DESIGN_NOT_FOUND */
export async function getDesign(wb: Workbench, id: string, version?: number): Promise<DesignAnswer> {
  const row = await wb.store.designs.get(id, version)
  if (!row) throw designNotFound(id, version)
  return designAnswer(row, readDocument(row.document))
}

/** The lint, and what the sandbox finds in the code. @param paging all of it, unless it says so; `after` so many */
export async function designProblems(
  wb: Workbench,
  id: string,
  { limit, after = 0 }: { readonly limit?: number | undefined; readonly after?: number | undefined } = {},
): Promise<readonly Problem[]> {
  const { design, program } = await wb.catalogue.load(id)
  const checked = await wb.code.run(program, { kind: 'check' })
  const faults = checked.ok ? checked.value.faults : [checked.error]
  const problems = [...lintDesign(design), ...codeProblems(design, faults)]
  return problems.slice(after, limit === undefined ? undefined : after + limit)
}
