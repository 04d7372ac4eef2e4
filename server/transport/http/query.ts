import { z } from 'zod'
import { LIMITS } from '../../limits'

const whole = z.coerce.number().int()

export const limitQuery = whole.min(1).max(LIMITS.listMost).default(LIMITS.listDefault)
export const positionQuery = whole.min(0)

/** Paging with a position as the cursor. */
export const afterPosition = z.strictObject({ limit: limitQuery, after: positionQuery.default(0) })
/** Paging with an id as the cursor. */
export const afterId = z.strictObject({ limit: limitQuery, after: z.string().min(1).max(200).optional() })
export const noQuery = z.strictObject({})
export const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')
