import { WorkbenchError } from '@/core/errors'
import type { PolicyAction, PolicyInfo } from '@/core/protocol'
import { assertNever } from '@/core/result'
import { policyInfo } from '../queries/policies'
import type { Workbench } from '../workbench'

/**
 * What a person does to a policy: stop it and let it go on; give it the event that it stopped at again, or pass it over.
 * @throws {WorkbenchError} POLICY_NOT_FOUND, POLICY_ACTION_REFUSED
 */
export async function actOnPolicy(
  wb: Workbench,
  designId: string,
  id: string,
  { action }: PolicyAction,
): Promise<PolicyInfo> {
  const loaded = await wb.catalogue.load(designId)
  const runner = await wb.policies.get(loaded, id)
  const { status } = runner.state
  const needs = (wanted: typeof status) => {
    if (status !== wanted)
      throw new WorkbenchError(
        'POLICY_ACTION_REFUSED',
        `Policy "${id}" is ${status}; only one that is ${wanted} can be told to ${action}.`,
      )
  }
  switch (action) {
    case 'pause':
      needs('running')
      await runner.pause()
      break
    case 'resume':
      needs('paused')
      await runner.resume()
      break
    case 'retry':
      needs('faulted')
      await runner.resume()
      break
    case 'skip':
      needs('faulted')
      await runner.skip()
      break
    default:
      return assertNever(action)
  }
  return policyInfo(wb, loaded, id)
}
