import { z } from 'zod'
import type { Json } from '@/core/json'
import { wholeQuery } from '@/core/protocol'
import { LIMITS } from '../../limits'

export const limitQuery = wholeQuery({ least: 1, most: LIMITS.listMost }).default(LIMITS.listDefault)
export const positionQuery = wholeQuery()

/** Paging with a position as the cursor. */
export const afterPosition = z.strictObject({ limit: limitQuery, after: positionQuery.default(0) })
/** Paging with an id as the cursor. */
export const afterId = z.strictObject({ limit: limitQuery, after: z.string().min(1).max(200).optional() })
export const noQuery = z.strictObject({})
export const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')

/** For reads of a projection that want to see a write: wait until it has come to the write's position. */
export const atLeastQuery = {
  atLeast: positionQuery.optional(),
  waitMs: wholeQuery({ most: LIMITS.readWaitMostMs }).optional(),
}

/** JSON in the query of a GET. */
export const jsonQuery = z
  .string()
  .max(LIMITS.filterChars)
  .transform((text, context): Json => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' })
      return z.NEVER
    }
  })
