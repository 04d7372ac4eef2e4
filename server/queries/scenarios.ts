import { type Design, parseDesign } from '@/core/design/document'
import type { Scenario } from '@/core/design/scenario'
import { WorkbenchError } from '@/core/errors'
import type { RunScenarios, ScenariosAnswer } from '@/core/protocol'
import { LIMITS } from '../limits'
import { runAll } from '../scenarios/run-all'
import type { Workbench } from '../workbench'

/** Calls under way, by workbench: what scenarios run is somebody's code, and the sandbox is everybody's. */
const underWay = new WeakMap<Workbench, number>()

/**
 * Runs scenarios of a design, or of a document that is not saved yet. Nothing is recorded, and nothing goes out.
 * @throws {WorkbenchError} DESIGN_NOT_FOUND, DESIGN_INVALID, SCENARIO_NOT_FOUND, TOO_MANY_REQUESTS
 */
export async function runScenarios(
  wb: Workbench,
  designId: string,
  { ids, document }: RunScenarios,
): Promise<ScenariosAnswer> {
  const newest = await wb.catalogue.load(designId)
  const design = document === undefined ? newest.design : readDesign(document)
  const wanted = ids === undefined ? design.scenarios : ids.map((id) => find(design, id))
  const calls = underWay.get(wb) ?? 0
  if (calls >= LIMITS.scenarioCallsAtOnce)
    throw new WorkbenchError(
      'TOO_MANY_REQUESTS',
      `Scenarios are being run for ${calls} others. Try again in a moment.`,
      { retryAfterSeconds: 1 },
    )
  underWay.set(wb, calls + 1)
  try {
    return await runAll(design, wanted, wb.code, LIMITS.scenariosMs)
  } finally {
    underWay.set(wb, (underWay.get(wb) ?? 1) - 1)
  }
}

function find(design: Design, id: string): Scenario {
  const found = design.scenarios.find((scenario) => scenario.id === id)
  if (found) return found
  throw new WorkbenchError(
    'SCENARIO_NOT_FOUND',
    `This design has no scenario "${id}". It has: ${design.scenarios.map((one) => one.id).join(', ') || 'none'}.`,
  )
}

function readDesign(document: unknown): Design {
  const parsed = parseDesign(document)
  if (parsed.ok) return parsed.value
  throw new WorkbenchError('DESIGN_INVALID', 'This document is not a design.', { issues: parsed.error })
}
