import { isWorkbenchError } from '@/core/errors'

/** Whether the store may do later what it could not do now: a lock goes, a disk is given room, a page is put back. */
export function isPassingFault(error: unknown): boolean {
  return isWorkbenchError(error) && PASSING.has(error.code)
}

const PASSING: ReadonlySet<string> = new Set(['STORE_UNAVAILABLE', 'STORE_FULL', 'STORE_DAMAGED'])
