import { type Design, parseDesign } from '@/core/design/document'
import { WorkbenchError } from '@/core/errors'
import type { Rehearse, Rehearsed } from '@/core/protocol'
import { planOf, rehearse, type SagaPlan } from '@/core/saga'
import { sagaEvent } from '../engine/run-messages'
import type { RunRow } from '../store/contract'
import type { Workbench } from '../workbench'

/**
 * Plays recorded runs against a version of their design before it is published: which of them would have gone another
 * way. Nothing is recorded, and no code runs.
 * @throws {WorkbenchError} DESIGN_NOT_FOUND, DESIGN_INVALID
 */
export async function rehearseRuns(wb: Workbench, designId: string, request: Rehearse): Promise<Rehearsed> {
  const newest = await wb.catalogue.load(designId)
  const design = request.document === undefined ? newest.design : readDesign(request.document)
  const plans = new Map<string, SagaPlan | undefined>()
  const planFor = (saga: string): SagaPlan | undefined => {
    if (!plans.has(saga)) plans.set(saga, hasStart(design, saga) ? planOf(design, saga) : undefined)
    return plans.get(saga)
  }
  const rows = await runsOf(wb, designId, request)
  const diverging: Rehearsed['diverging'] = []
  for (const row of rows) {
    const plan = planFor(row.saga)
    if (!plan) {
      const why = `there is no saga "${row.saga}" that could run`
      const divergence = { seq: 1, recorded: 'SagaStarted', instead: null, node: null, why }
      diverging.push({ run: row.id, saga: row.saga, status: row.status, divergence })
      continue
    }
    const { events } = await wb.engine.read(designId, row.id)
    const found = rehearse(plan, events.map(sagaEvent))
    if (!found) continue
    const { seq, recorded, instead, why } = found
    const node = 'nodeId' in recorded.data ? (recorded.data.nodeId ?? null) : null
    diverging.push({
      run: row.id,
      saga: row.saga,
      status: row.status,
      divergence: { seq, recorded: recorded.type, instead: instead?.type ?? null, node, why },
    })
  }
  return { checked: rows.length, diverging }
}

async function runsOf(wb: Workbench, designId: string, request: Rehearse): Promise<readonly RunRow[]> {
  await wb.runs.waitFor(await wb.store.events.head())
  const { saga, limit, unfinished } = request
  const rows = await wb.store.runs.list({ designId, limit, ...(saga === undefined ? {} : { saga }) })
  return unfinished ? rows.filter(({ endedAt }) => endedAt === null) : rows
}

const hasStart = (design: Design, saga: string): boolean =>
  design.sagas.some(({ id, nodes }) => id === saga && nodes.some(({ type }) => type === 'start'))

function readDesign(document: unknown): Design {
  const parsed = parseDesign(document)
  if (parsed.ok) return parsed.value
  throw new WorkbenchError('DESIGN_INVALID', 'This document is not a design.', { issues: parsed.error })
}
