import type { Page, PolicyInfo } from '@/core/protocol'
import type { LoadedDesign } from '../engine/loaded-design'
import { LIMITS } from '../limits'
import type { Workbench } from '../workbench'
import { type ListQuery, pageOfWhole } from './events'

/** Where a policy stands. @throws {WorkbenchError} POLICY_NOT_FOUND */
export async function policyInfo(wb: Workbench, loaded: LoadedDesign, id: string): Promise<PolicyInfo> {
  const { state } = await wb.policies.get(loaded, id)
  const { policy, type, status, checkpoint, fault, recent } = state
  const lag = await wb.store.policies.lag(state)
  return { policy, on: type, status, checkpoint, lag, fault, recent: [...recent] }
}

/**
 * The policies of a design's newest version, in its order.
 * @throws {WorkbenchError} DESIGN_NOT_FOUND; INVALID_QUERY when `after` is no policy
 */
export async function listPolicies(
  wb: Workbench,
  designId: string,
  query: ListQuery = { limit: LIMITS.listMost },
): Promise<Page<PolicyInfo>> {
  const loaded = await wb.catalogue.load(designId)
  const ids = [...(await wb.policies.of(loaded)).keys()]
  const { items, next } = pageOfWhole(ids, query, (id) => id)
  return { items: await Promise.all(items.map((id) => policyInfo(wb, loaded, id))), next }
}
