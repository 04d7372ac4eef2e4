import { CircleCheck, CirclePause, CircleX, RefreshCw } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { ProjectionInfo } from '@/core/protocol'
import { assertNever } from '@/core/result'

/** How a read model or a policy follows the log. */
export function FollowerStatus({ status }: { readonly status: ProjectionInfo['status'] }) {
  switch (status) {
    case 'running':
      return (
        <Badge tone="succeeded" icon={<CircleCheck aria-hidden />}>
          Following
        </Badge>
      )
    case 'paused':
      return (
        <Badge tone="unknown" icon={<CirclePause aria-hidden />}>
          Paused
        </Badge>
      )
    case 'faulted':
      return (
        <Badge tone="failed" icon={<CircleX aria-hidden />}>
          Faulted
        </Badge>
      )
    case 'rebuilding':
      return (
        <Badge tone="running" icon={<RefreshCw aria-hidden />}>
          Rebuilding
        </Badge>
      )
    default:
      return assertNever(status)
  }
}
