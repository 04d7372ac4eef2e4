import { type Design, parseDesign } from '@/core/design/document'
import { WorkbenchError } from '@/core/errors'
import type { Rehearse, Rehearsed, ShownDivergence } from '@/core/protocol'
import { type Divergence, planOf, rehearse, type SagaPlan } from '@/core/saga'
import { sagaEvent } from '../engine/run-messages'
import type { RunRow } from '../store/contract'
import type { Workbench } from '../workbench'

/**
 * Plays recorded runs against a version of their design before it is published: which of them would have gone another
 * way. Nothing is recorded, and no code runs.
 * @throws {WorkbenchError} DESIGN_NOT_FOUND, DESIGN_INVALID
 */
export async function rehearseRuns(wb: Workbench, designId: string, request: Rehearse): Promise<Rehearsed> {
  const loaded = await wb.catalogue.load(designId, request.version)
  const design = request.document === undefined ? loaded.design : readDesign(request.document)
  const plans = new Map<string, SagaPlan | undefined>()
  const planFor = (saga: string): SagaPlan | undefined => {
    if (!plans.has(saga)) plans.set(saga, hasStart(design, saga) ? planOf(design, saga) : undefined)
    return plans.get(saga)
  }
  const rows = await runsOf(wb, designId, request)
  const checked = rows.slice(0, request.limit)
  const diverging: Rehearsed['diverging'] = []
  for (const { id, saga, status, designVersion, startedAt } of checked) {
    const plan = planFor(saga)
    const found = plan ? await divergenceOf(wb, designId, id, plan) : noSaga(saga)
    if (found) diverging.push({ run: id, saga, status, designVersion, startedAt, divergence: found })
  }
  return { checked: checked.length, more: rows.length > checked.length, diverging }
}

async function divergenceOf(
  wb: Workbench,
  designId: string,
  runId: string,
  plan: SagaPlan,
): Promise<ShownDivergence | null> {
  const { events } = await wb.engine.read(designId, runId)
  const found = rehearse(plan, events.map(sagaEvent))
  return found && shownDivergence(found)
}

export function shownDivergence({ seq, recorded, instead, why }: Divergence): ShownDivergence {
  const about = recorded ?? instead
  const node = about !== null && 'nodeId' in about.data ? (about.data.nodeId ?? null) : null
  return { seq, recorded: recorded?.type ?? null, instead: instead?.type ?? null, node, why }
}

const noSaga = (saga: string): ShownDivergence => ({
  seq: 1,
  recorded: 'SagaStarted',
  instead: null,
  node: null,
  why: `there is no saga "${saga}" that could run`,
})

/** Those that have not ended first: they are the ones that go on. One more than asked for, when there are more. */
async function runsOf(wb: Workbench, designId: string, request: Rehearse): Promise<readonly RunRow[]> {
  await wb.runs.waitFor(await wb.store.events.head())
  const { saga, unfinished: onlyUnfinished } = request
  const limit = request.limit + 1
  const unfinished = (await wb.store.runs.unfinished()).filter(
    (row) => row.designId === designId && (saga === undefined || row.saga === saga),
  )
  if (onlyUnfinished || unfinished.length >= limit) return unfinished.slice(0, limit)
  const newest = await wb.store.runs.list({ designId, limit, ...(saga === undefined ? {} : { saga }) })
  return [...unfinished, ...newest.filter(({ endedAt }) => endedAt !== null)].slice(0, limit)
}

const hasStart = (design: Design, saga: string): boolean =>
  design.sagas.some(({ id, nodes }) => id === saga && nodes.some(({ type }) => type === 'start'))

function readDesign(document: unknown): Design {
  const parsed = parseDesign(document)
  if (parsed.ok) return parsed.value
  throw new WorkbenchError('DESIGN_INVALID', 'This document is not a design.', { issues: parsed.error })
}
