import type { PolicyDelivery, PolicyInfo } from '@/core/protocol'
import { assertNever } from '@/core/result'

/** What a delivery came to, in words. */
export function deliveryText({ result }: PolicyDelivery): string {
  switch (result.outcome) {
    case 'started':
      return `started ${result.saga}`
    case 'sent':
      return `sent ${result.command} to ${result.aggregate} ${result.key}`
    case 'rejected':
      return `${result.aggregate} ${result.key} refused ${result.command}: ${result.code}`
    case 'ignored':
      return result.why === 'when' ? 'ignored: its “when” said no' : 'ignored: a fork copied it'
    case 'skipped':
      return 'skipped by hand'
    default:
      return assertNever(result)
  }
}

/** Whether it is still at work: what is shown of it will be another in a moment. */
export const isBehind = ({ status, lag }: PolicyInfo): boolean => status === 'running' && lag > 0
