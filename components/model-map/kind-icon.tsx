import { Boxes, type LucideIcon, SquareTerminal, Table2, Waypoints, Workflow, Zap } from 'lucide-react'
import type { MapKind } from '@/core/model-map'

export const KIND_ICONS: Readonly<Record<MapKind, LucideIcon>> = {
  command: SquareTerminal,
  aggregate: Boxes,
  event: Zap,
  policy: Waypoints,
  saga: Workflow,
  projection: Table2,
}

/** In the colour of its kind. The kind's word is always near: colour and icon never say it alone. */
export function KindIcon({ kind, size = 16 }: { readonly kind: MapKind; readonly size?: number }) {
  const Icon = KIND_ICONS[kind]
  return (
    <span data-kind={kind} className="map-kind-icon flex shrink-0">
      <Icon aria-hidden size={size} />
    </span>
  )
}
