'use client'
import { Checkbox } from '@/components/ui/checkbox'
import { Panel } from '@/components/ui/panel'
import type { AtOffer, Choosable } from '@/lib/data-store/at-choice'
import { useDesign } from '@/lib/design-store'
import { useAt, useAtStore } from './at-context'

/** What is shown at the position: instances, runs, read models. What was chosen by a link stays in the list. */
export function AtChooser({ offer }: { readonly offer: AtOffer }) {
  const projections = useDesign((state) => state.document.projections)
  const store = useAtStore()
  const streams = useAt((state) => state.streams)
  const read = useAt((state) => state.projections)
  const offered = new Set(
    [...offer.runs, ...offer.aggregates.flatMap(({ instances }) => instances)].map(
      ({ streamId }) => streamId,
    ),
  )
  const others = streams.filter((streamId) => !offered.has(streamId))
  return (
    <div>
      {offer.aggregates.map(({ id, name, instances }) => (
        <Panel key={id} title={name} count={instances.length}>
          <Boxes items={instances} none="No instances yet." />
        </Panel>
      ))}
      <Panel title="Runs" count={offer.runs.length}>
        <Boxes items={offer.runs} none="No runs yet." />
      </Panel>
      {others.length === 0 ? null : (
        <Panel title="Others" count={others.length}>
          <Boxes items={others.map((streamId) => ({ streamId, label: streamId }))} none="" />
        </Panel>
      )}
      <Panel title="Read models" count={projections.length}>
        <div className="flex flex-col gap-1">
          {projections.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name ?? id}
              checked={read.includes(id)}
              onCheckedChange={() => store.getState().toggle('projections', id)}
            />
          ))}
          {projections.length === 0 ? <p className="text-xs text-subtle">No read models.</p> : null}
        </div>
      </Panel>
    </div>
  )
}

function Boxes({ items, none }: { readonly items: readonly Choosable[]; readonly none: string }) {
  const store = useAtStore()
  const streams = useAt((state) => state.streams)
  if (items.length === 0) return <p className="text-xs text-subtle">{none}</p>
  return (
    <div className="flex flex-col gap-1">
      {items.map(({ streamId, label }) => (
        <Checkbox
          key={streamId}
          label={label}
          checked={streams.includes(streamId)}
          onCheckedChange={() => store.getState().toggle('streams', streamId)}
        />
      ))}
    </div>
  )
}
