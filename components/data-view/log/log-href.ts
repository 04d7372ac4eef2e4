import type { LogFilterQuery } from '@/core/protocol'
import { dataHref } from '../data-href'

/** Address of the log, filtered, and at a position of it. */
export function logHref(designId: string, query: LogFilterQuery & { readonly at?: number } = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return `${dataHref(designId)}/log${search.size === 0 ? '' : `?${search}`}`
}
