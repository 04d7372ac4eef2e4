'use client'
import Link from 'next/link'
import { aggregateHref, dataHref, readModelHref, runHref } from '@/components/data-view/data-href'
import { FollowerStatus } from '@/components/data-view/follower-status'
import { When } from '@/components/data-view/when'
import { Panel } from '@/components/ui/panel'
import { StateBadge } from '@/components/ui/state-badge'
import { aggregateOfStream } from '@/core/aggregate/handle'
import type { MapNode } from '@/core/model-map'
import { designsApi } from '@/lib/api/designs'
import { runsApi } from '@/lib/api/runs'
import { useDesign } from '@/lib/design-store'
import { LiveList } from './live-list'
import { useLive } from './use-live'

const SHOWN = 8
/** As many as one page of the interface gives when nothing is asked. */
const COUNTED = 50
const rowClass = 'flex items-center justify-between gap-2 rounded-sm py-1.5 -outline-offset-2! hover:bg-hover'

/** How many there are of an aggregate, and the ones that changed last. */
export function Instances({ node }: { readonly node: MapNode }) {
  const designId = useDesign((state) => state.designId)
  const design = useDesign((state) => state.document)
  const live = useLive(node.id, async () => {
    const page = await designsApi.streams(designId, { prefix: `${node.name}-`, limit: COUNTED })
    const items = page.items.flatMap((stream) => {
      const owner = aggregateOfStream(design, stream.streamId)
      return owner?.aggregate.id === node.name ? [{ ...stream, key: owner.key }] : []
    })
    return { items, more: page.next !== null }
  })
  const shown =
    live.status === 'ready' ? { status: live.status, value: live.value.items.slice(0, SHOWN) } : live
  return (
    <LiveList
      title="Instances"
      live={shown}
      none="None yet: a command to a new key makes one."
      keyOf={({ streamId }) => streamId}
      foot={
        live.status === 'ready' && live.value.items.length > 0 ? (
          <p className="pt-2 text-xs text-muted">
            {live.value.items.length}
            {live.value.more ? ' or more' : ''} in all,{' '}
            <Link href={dataHref(designId)} className="underline">
              see them under Data
            </Link>
          </p>
        ) : null
      }
    >
      {({ key, version, updatedAt }) => (
        <Link href={aggregateHref(designId, node.name, key)} className={rowClass}>
          <span className="data min-w-0 truncate font-medium">
            {key} <span className="text-subtle">v{version}</span>
          </span>
          <span className="data shrink-0 text-subtle">
            <When at={updatedAt} />
          </span>
        </Link>
      )}
    </LiveList>
  )
}

/** How far a read model has come: its lag and its rows. */
export function ReadModelFacts({ node }: { readonly node: MapNode }) {
  const designId = useDesign((state) => state.designId)
  const live = useLive(node.id, async () => {
    const { items } = await designsApi.projections(designId)
    return items.find(({ name }) => name === node.name) ?? null
  })
  const info = live.status === 'ready' ? live.value : null
  return (
    <Panel title="Live">
      {live.status === 'error' ? <p className="text-xs text-state-failed">{live.message}</p> : null}
      {live.status === 'ready' && info === null ? (
        <p className="text-xs text-muted">The server does not have it yet: it comes with the next save.</p>
      ) : null}
      {info === null ? null : (
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1 text-sm">
          <dt className="text-muted">State</dt>
          <dd>
            <FollowerStatus status={info.status} />
          </dd>
          <dt className="text-muted">Lag</dt>
          <dd className="data">
            {info.lag} {info.lag === 1 ? 'event' : 'events'}
          </dd>
          <dt className="text-muted">Rows</dt>
          <dd className="data">
            <Link href={readModelHref(designId, node.name)} className="underline">
              {info.rows}
            </Link>
          </dd>
        </dl>
      )}
    </Panel>
  )
}

/** The last runs of a saga. */
export function RecentRuns({ node }: { readonly node: MapNode }) {
  const designId = useDesign((state) => state.designId)
  const live = useLive(
    node.id,
    async () => (await runsApi.list({ design: designId, saga: node.name, limit: SHOWN })).items,
  )
  return (
    <LiveList title="Recent runs" live={live} none="It has not run yet." keyOf={({ id }) => id}>
      {({ id, status, startedAt }) => (
        <Link href={runHref(designId, id)} className={rowClass}>
          <span className="data text-muted">
            <When at={startedAt} />
          </span>
          <StateBadge size="sm" status={status} />
        </Link>
      )}
    </LiveList>
  )
}
