import type { StoreFault } from '../store/contract'
import type { Workbench } from '../workbench'

export const VERSION = '0.1.0'

/** Answers once it can serve: the store is asked, not assumed. */
export async function health(wb: Workbench): Promise<{
  /** `degraded`: it answers, and what it cannot do now stands in `fault`. */
  readonly status: 'ok' | 'degraded'
  readonly version: string
  readonly store: string
  readonly head: number
  readonly fault: StoreFault | null
}> {
  const fault = wb.store.fault()
  const head = await wb.store.events.head()
  return { status: fault ? 'degraded' : 'ok', version: VERSION, store: wb.store.kind, head, fault }
}
