'use client'
import Link from 'next/link'
import { useMemo } from 'react'
import { aggregateHref, runHref } from '@/components/data-view/data-href'
import { When } from '@/components/data-view/when'
import type { MapNode } from '@/core/model-map'
import { recentEvents } from '@/lib/data-store/recent-events'
import { useDesign } from '@/lib/design-store'
import { LiveList } from './live-list'
import { useLive } from './use-live'

/** The last times that the event happened, each with the way to where. */
export function RecentEvents({ node }: { readonly node: MapNode }) {
  const designId = useDesign((state) => state.designId)
  const design = useDesign((state) => state.document)
  const read = useMemo(
    () => recentEvents(designId, { type: node.name, aggregate: node.owner }),
    [designId, node.name, node.owner],
  )
  const live = useLive(node.id, () => read(design))
  return (
    <LiveList
      title="Recent instances"
      live={live}
      none="It has not happened yet, or not lately."
      keyOf={({ position }) => String(position)}
    >
      {({ key, version, data, recordedAt }) => (
        <Link
          href={
            node.owner === null
              ? runHref(designId, key, version)
              : aggregateHref(designId, node.owner, key, version)
          }
          className="block rounded-sm py-1.5 -outline-offset-2! hover:bg-hover"
        >
          <span className="flex items-baseline justify-between gap-2">
            <span className="data min-w-0 truncate font-medium">
              {key} <span className="text-subtle">v{version}</span>
            </span>
            <span className="data shrink-0 text-subtle">
              <When at={recordedAt} />
            </span>
          </span>
          <span className="data block truncate text-muted">{JSON.stringify(data)}</span>
        </Link>
      )}
    </LiveList>
  )
}
