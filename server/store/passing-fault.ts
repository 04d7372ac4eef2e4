import { isWorkbenchError } from '@/core/errors'

/** Whether the store may do later what it could not do now: a lock goes, a disk is given room. */
export function isPassingFault(error: unknown): boolean {
  return isWorkbenchError(error) && (error.code === 'STORE_UNAVAILABLE' || error.code === 'STORE_FULL')
}
