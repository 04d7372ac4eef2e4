import type { Workbench } from '../workbench'

export const VERSION = '0.1.0'

/** Answers once it can serve: the store is asked, not assumed. */
export async function health(wb: Workbench): Promise<{
  readonly status: 'ok'
  readonly version: string
  readonly store: string
  readonly head: number
}> {
  return { status: 'ok', version: VERSION, store: wb.store.kind, head: await wb.store.events.head() }
}
