'use client'
import { Boxes, History, Hourglass, ScrollText, Table2 } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { Spinner } from '@/components/ui/spinner'
import type { Overview } from '@/lib/data-store/overview'
import { useDesign } from '@/lib/design-store'
import { atHref, consistencyHref, readModelHref } from './data-href'
import { FollowerStatus } from './follower-status'
import { InstanceTable } from './instance-table'
import { logHref } from './log/log-href'
import { OpenInstance } from './open-instance'
import { PoliciesSection } from './policies/policies-section'
import { SendCommand } from './send-command'
import { TwoCursors } from './two-cursors'
import { useOverview } from './use-overview'

/** Both sides of the design's data: what was written, and what is read of it. */
export function DataPage() {
  const { state, retry } = useOverview()
  const designId = useDesign((one) => one.designId)
  return (
    <main className="h-full overflow-y-auto">
      <nav
        aria-label="Views of the data"
        className="mx-auto flex max-w-[1200px] items-center justify-end gap-2 px-6 pt-4"
      >
        <p className="mr-auto text-sm text-muted">What was written, and what is read of it.</p>
        <Link href={logHref(designId)} className={buttonClass('secondary', 'sm')}>
          <ScrollText aria-hidden size={14} />
          Open the log
        </Link>
        <Link href={atHref(designId)} className={buttonClass('secondary', 'sm')}>
          <History aria-hidden size={14} />
          At a position
        </Link>
      </nav>
      <div className="mx-auto grid max-w-[1200px] grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)] items-start gap-6 p-6 max-md:grid-cols-1">
        {state.status === 'loading' ? <Spinner label="Reading" /> : null}
        {state.status === 'error' ? (
          <EmptyState
            title="The data could not be read"
            description={state.message}
            actions={<Button onClick={retry}>Try again</Button>}
          />
        ) : null}
        {state.status === 'ready' ? (
          <>
            <WriteSide overview={state.overview} />
            <ReadSide overview={state.overview} />
            <PoliciesSection />
          </>
        ) : null}
      </div>
    </main>
  )
}

function Side({
  title,
  teaches,
  action,
  children,
}: {
  readonly title: string
  readonly teaches: string
  /** Stands beside the title. */
  readonly action?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-4">
      <div className="flex items-start justify-between gap-4">
        <div>
          <h2 className="text-md font-semibold">{title}</h2>
          <p className="text-sm text-muted">{teaches}</p>
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}

function WriteSide({ overview }: { readonly overview: Overview }) {
  const designId = useDesign((state) => state.designId)
  const aggregates = useDesign((state) => state.document.aggregates)
  return (
    <Side
      title="Write side"
      teaches="Every instance of an aggregate is a stream of events. Its state is those events, folded."
      action={<SendCommand />}
    >
      {aggregates.length === 0 ? (
        <EmptyState
          icon={<Boxes />}
          title="No aggregates"
          description="An aggregate decides what a command may do, and remembers it as events."
          actions={
            <Link href={`/w/${designId}/model`} className={buttonClass('primary', 'md')}>
              Define an aggregate
            </Link>
          }
        />
      ) : null}
      {aggregates.map(({ id, name, description }) => {
        const { items, more } = overview.instances[id] ?? { items: [], more: false }
        return (
          <div key={id} className="overflow-hidden rounded-md border border-line bg-surface">
            <div className="flex items-start justify-between gap-4 border-b border-line px-3 py-2">
              <div className="min-w-0">
                <h3 className="text-sm font-semibold">{name ?? id}</h3>
                {description === undefined ? null : <p className="text-xs text-muted">{description}</p>}
              </div>
              <OpenInstance designId={designId} aggregate={id} />
            </div>
            {items.length === 0 ? (
              <EmptyState
                compact
                title="No instances yet"
                description="Run the saga, or open one by a key of your choice and send it a command."
              />
            ) : (
              <InstanceTable designId={designId} aggregate={id} instances={items} />
            )}
            {more ? (
              <p className="border-t border-line px-3 py-2 text-xs text-subtle">
                The {items.length} that changed last. Open others by their key.
              </p>
            ) : null}
          </div>
        )
      })}
    </Side>
  )
}

function ReadSide({ overview }: { readonly overview: Overview }) {
  const designId = useDesign((state) => state.designId)
  const projections = useDesign((state) => state.document.projections)
  return (
    <Side
      title="Read side"
      teaches="A read model follows the same events, a moment later. Queries ask it, and lock nothing."
    >
      {projections.length === 0 ? (
        <EmptyState
          icon={<Table2 />}
          title="No read models"
          description="A read model folds events into rows that are made for one question."
          actions={
            <Link href={`/w/${designId}/model`} className={buttonClass('secondary', 'md')}>
              Define a read model
            </Link>
          }
        />
      ) : null}
      {projections.length === 0 ? null : (
        <Link
          href={consistencyHref(designId)}
          className="flex items-center gap-2 rounded-md border border-line bg-surface px-3 py-2 text-sm hover:bg-hover"
        >
          <Hourglass aria-hidden size={14} className="shrink-0 text-state-unknown" />
          <span>
            <span className="font-medium">See a stale read happen</span>{' '}
            <span className="text-muted">and put this data to the test</span>
          </span>
        </Link>
      )}
      {overview.projections.map((info) => {
        const definition = projections.find(({ id }) => id === info.name)
        return (
          <div key={info.name} className="flex flex-col gap-3 rounded-md border border-line bg-surface p-3">
            <div className="flex items-start justify-between gap-3">
              <div className="min-w-0">
                <h3 className="text-sm font-semibold">
                  <Link href={readModelHref(designId, info.name)} className="rounded-sm hover:underline">
                    {definition?.name ?? info.name}
                  </Link>
                </h3>
                <p className="text-xs text-muted">
                  {info.rows} {info.rows === 1 ? 'row' : 'rows'}
                  {info.delayMs > 0 ? ` · delayed by ${info.delayMs} ms` : ''}
                </p>
              </div>
              <FollowerStatus status={info.status} />
            </div>
            <TwoCursors info={info} />
          </div>
        )
      })}
    </Side>
  )
}
