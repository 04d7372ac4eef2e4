import { randomBytes } from 'node:crypto'
import { type Design, parseDesign } from '@/core/design/document'
import { WorkbenchError } from '@/core/errors'
import { asJson } from '@/core/json'
import type { DesignAnswer } from '@/core/protocol'
import { templates } from '@/examples'
import { isImportedRun } from '../engine/imported-run'
import { designNotFound } from '../engine/loaded-design'
import type { DesignRow, RunRow } from '../store/contract'
import type { Workbench } from '../workbench'

export const newDesignId = (): string => `d${randomBytes(8).toString('hex')}`

/** The answer that every call about one design gives. */
export function designAnswer(row: DesignRow, document: Design): DesignAnswer {
  const { id, name, version, createdAt, updatedAt } = row
  return { id, name, version, createdAt, updatedAt, document }
}

/** @throws {WorkbenchError} DESIGN_INVALID with paths, UNSUPPORTED_FORMAT_VERSION */
export function readDocument(document: unknown): Design {
  const parsed = parseDesign(document)
  if (parsed.ok) return parsed.value
  const [first] = parsed.error
  if (first?.code === 'UNSUPPORTED_FORMAT_VERSION')
    throw new WorkbenchError('UNSUPPORTED_FORMAT_VERSION', `${first.message}.`, { issues: parsed.error })
  const where =
    first && first.path.length > 0
      ? ` at ${first.path.join('.')}: ${first.message}`
      : first
        ? `: ${first.message}`
        : ''
  throw new WorkbenchError(
    'DESIGN_INVALID',
    `This is not a design document${where}. ${parsed.error.length} ${parsed.error.length === 1 ? 'problem' : 'problems'} in all.`,
    { issues: parsed.error },
  )
}

/** @throws {WorkbenchError} TEMPLATE_NOT_FOUND, DESIGN_INVALID */
export async function createDesign(
  wb: Workbench,
  body:
    | { readonly template: string; readonly name?: string | undefined }
    | { readonly document: unknown; readonly name?: string | undefined },
): Promise<DesignAnswer> {
  const document = 'template' in body ? templateDocument(body.template) : readDocument(body.document)
  const named: Design = body.name === undefined ? document : { ...document, name: body.name }
  const row = await wb.store.designs.create({
    id: newDesignId(),
    name: named.name,
    document: asJson(named),
    at: Date.now(),
  })
  return designAnswer(row, named)
}

function templateDocument(id: string): Design {
  const template = templates.find((one) => one.id === id)
  if (!template)
    throw new WorkbenchError(
      'TEMPLATE_NOT_FOUND',
      `There is no template "${id}". GET /api/templates lists them.`,
    )
  return template.document
}

/**
 * Saves a new version. What is shown stays as it was when the document is refused.
 * @throws {WorkbenchError} STALE_VERSION with both versions, DESIGN_NOT_FOUND, DESIGN_INVALID
 */
export async function saveDesign(
  wb: Workbench,
  id: string,
  expectedVersion: number,
  document: unknown,
): Promise<DesignAnswer> {
  const design = readDocument(document)
  const saved = await wb.store.designs.save(id, expectedVersion, {
    name: design.name,
    document: asJson(design),
    at: Date.now(),
  })
  if (!saved) throw designNotFound(id)
  if (!saved.saved) {
    throw new WorkbenchError(
      'STALE_VERSION',
      `Somebody saved version ${saved.currentVersion} after you opened version ${expectedVersion}. Read it, merge, and save again.`,
      {
        currentVersion: saved.currentVersion,
        yourVersion: expectedVersion,
      },
    )
  }
  wb.catalogue.forget(id)
  const loaded = await wb.catalogue.load(id)
  await wb.projections.of(loaded)
  await wb.policies.of(loaded)
  return designAnswer(saved.row, design)
}

/** Those that somebody may still wait for: a run that came from a file is never gone on with. */
async function unfinishedRuns(wb: Workbench, designId: string): Promise<readonly RunRow[]> {
  const runs = (await wb.store.runs.unfinished()).filter((run) => run.designId === designId)
  const imported = await Promise.all(runs.map(({ id }) => isImportedRun(wb.store, designId, id)))
  return runs.filter((_run, index) => !imported[index])
}

/**
 * Deletes a design with its events, runs and rows.
 * @throws {WorkbenchError} DESIGN_HAS_RUNNING_RUNS naming them, unless `force`
 */
export async function deleteDesign(wb: Workbench, id: string, force: boolean): Promise<void> {
  const row = await wb.store.designs.get(id)
  if (!row) throw designNotFound(id)
  await wb.runs.waitFor(await wb.store.events.head())
  const unfinished = await unfinishedRuns(wb, id)
  if (unfinished.length > 0 && !force) {
    const runs = unfinished.map((run) => run.id)
    throw new WorkbenchError(
      'DESIGN_HAS_RUNNING_RUNS',
      `${runs.length} ${runs.length === 1 ? 'run' : 'runs'} of this design ${runs.length === 1 ? 'has' : 'have'} not ended. Delete with ?force=true to stop and delete them too.`,
      { runs },
    )
  }
  await wb.policies.forget(id)
  await wb.engine.abandon(
    id,
    unfinished.map((run) => run.id),
  )
  await wb.projections.forget(id)
  await wb.store.designs.delete(id)
  wb.catalogue.deleted(id)
}
