import { WorkbenchError } from '@/core/errors'
import type { JsonObject } from '@/core/json'
import { checkAgainstSchema } from '@/core/json-schema'
import type { SagaPlan } from '@/core/saga'
import type { LoadedDesign } from './loaded-design'

/**
 * The plan of a saga that can run with this input; asked before every start, whoever asks for it.
 * @throws {WorkbenchError} SAGA_NOT_FOUND, DESIGN_NOT_RUNNABLE with the problems, RUN_INPUT_INVALID with paths
 */
export function startablePlan(loaded: LoadedDesign, saga: string, input: JsonObject): SagaPlan {
  const plan = loaded.plan(saga)
  const blocking = loaded.blocking(saga)
  if (blocking.length > 0) {
    const issues = blocking.map(({ path, message, code }) => ({ path, message, code }))
    throw new WorkbenchError(
      'DESIGN_NOT_RUNNABLE',
      `Saga "${saga}" cannot run yet: ${blocking[0]?.message ?? ''}`,
      { issues },
    )
  }
  const start = plan.node(plan.startId)
  if (start?.type !== 'start') return plan
  const checked = checkAgainstSchema(start.inputSchema, input)
  if (!checked.ok)
    throw new WorkbenchError('RUN_INPUT_INVALID', `The input does not fit the schema of saga "${saga}".`, {
      issues: checked.error.map((issue) => ({ ...issue, path: ['input', ...issue.path] })),
    })
  return plan
}
