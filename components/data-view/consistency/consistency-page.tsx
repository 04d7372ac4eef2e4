'use client'
import { Table2 } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { Spinner } from '@/components/ui/spinner'
import type { Projection } from '@/core/design/aggregate'
import { useDesign } from '@/lib/design-store'
import { dataHref } from '../data-href'
import { FollowerStatus } from '../follower-status'
import { DelaySlider } from '../read-model/delay-slider'
import { FaultPanel } from '../read-model/fault-panel'
import { ReadModelProvider, useReadModel } from '../read-model/read-model-context'
import { TwoCursors } from '../two-cursors'
import { EventTrack } from './event-track'
import { LiveChecks } from './live-checks'
import { WriteAndRead } from './write-and-read'

/** The core lesson of CQRS, with this design's own data: what is written is read a little later, and why that is well. */
export function ConsistencyPage() {
  const designId = useDesign((state) => state.designId)
  const projections = useDesign((state) => state.document.projections)
  const [chosen, setChosen] = useState<string | null>(null)
  const projection = projections.find(({ id }) => id === chosen) ?? projections[0]
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-[1000px] flex-col gap-6 p-6">
        <div>
          <div className="flex items-center gap-2 text-sm text-muted">
            <Link href={dataHref(designId)} className="rounded-sm hover:text-ink">
              Data
            </Link>
            <span aria-hidden className="text-line-strong">
              /
            </span>
            <span>Consistency</span>
          </div>
          <h2 className="text-lg font-semibold">What you wrote, and what you read</h2>
          <p className="max-w-[70ch] text-sm text-muted">
            A command writes events to the log. A read model is folded from them a moment later: the distance
            between the two is its lag. While it lasts, a reader sees how things were.
          </p>
        </div>
        {projection === undefined ? (
          <EmptyState
            icon={<Table2 />}
            title="No read models"
            description="There is no read side to be late. A read model folds events into rows."
            actions={
              <Link
                href={`/w/${encodeURIComponent(designId)}/model`}
                className={buttonClass('primary', 'md')}
              >
                Define a read model
              </Link>
            }
          />
        ) : (
          <>
            {projections.length < 2 ? null : (
              <div className="w-64">
                <Field label="Read model">
                  <Select
                    value={projection.id}
                    onValueChange={setChosen}
                    options={projections.map(({ id, name }) => ({ value: id, label: name ?? id }))}
                  />
                </Field>
              </div>
            )}
            <ReadModelProvider key={projection.id} designId={designId} name={projection.id}>
              <Lesson designId={designId} projection={projection} />
            </ReadModelProvider>
          </>
        )}
        <LiveChecks />
      </div>
    </main>
  )
}

function Lesson({ designId, projection }: { readonly designId: string; readonly projection: Projection }) {
  const info = useReadModel((state) => state.info)
  const status = useReadModel((state) => state.status)
  const error = useReadModel((state) => state.error)
  if (status === 'error') return <EmptyState title="It could not be read" description={error} />
  if (info === null) return <Spinner label="Reading" />
  return (
    <>
      {info.status === 'faulted' ? <FaultPanel name={projection.id} fault={info.fault} /> : null}
      <section
        aria-label="The two sides"
        className="flex flex-col gap-4 rounded-md border border-line bg-surface p-4"
      >
        <h3 className="flex items-center gap-2 text-sm font-semibold">
          {projection.name ?? projection.id} <FollowerStatus status={info.status} />
        </h3>
        <EventTrack designId={designId} head={info.head} checkpoint={info.checkpoint} />
        <TwoCursors info={info} />
        <DelaySlider delayMs={info.delayMs} />
      </section>
      <WriteAndRead projection={projection} />
    </>
  )
}
