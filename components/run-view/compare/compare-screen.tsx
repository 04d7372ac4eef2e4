'use client'
import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import { useMemo } from 'react'
import { SagaGraph } from '@/components/saga-graph/saga-graph'
import { JsonView } from '@/components/ui/json-view'
import { StateBadge } from '@/components/ui/state-badge'
import type { JsonObject } from '@/core/json'
import { planSaga, renamed, type SagaPlan } from '@/core/saga'
import { sagaPositions } from '@/lib/layout/saga-positions'
import { type ComparedLine, compareRuns } from '@/lib/run-store/compare'
import { formatDuration } from '@/lib/run-store/duration'
import { begunAt, emptyHistory, extend, headOf, type RunHistory, stateAt } from '@/lib/run-store/history'
import type { RunSeed } from '@/lib/run-store/run-store'
import { viewOf } from '@/lib/run-store/view'
import { CompareEvents } from './compare-events'

interface Side {
  readonly seed: RunSeed
  readonly plan: SagaPlan
  readonly history: RunHistory
}

function sideOf(seed: RunSeed): Side {
  const plan = planSaga(seed.saga, seed.design.sagas)
  const none = emptyHistory(plan)
  return { seed, plan, history: extend(none, seed.events) ?? none }
}

interface CompareScreenProps {
  readonly designId: string
  readonly left: RunSeed
  readonly right: RunSeed
}

/** Two runs side by side: their graphs at the end, where their events part, and what their data came to. */
export function CompareScreen({ designId, left, right }: CompareScreenProps) {
  const [a, b] = useMemo(() => [sideOf(left), sideOf(right)] as const, [left, right])
  const compared = useMemo(
    () =>
      compareRuns(
        { id: a.seed.run.id, events: a.history.events },
        { id: b.seed.run.id, events: b.history.events },
      ),
    [a, b],
  )
  const dataBefore = useMemo(() => renamed(endData(a), a.seed.run.id, b.seed.run.id), [a, b])
  return (
    <main className="flex h-full flex-col">
      <header className="flex h-11 shrink-0 items-center gap-3 border-b border-line bg-surface px-3">
        <Link
          href={`/w/${designId}/runs/${right.run.id}`}
          className="flex items-center gap-1 rounded-sm text-muted text-xs hover:text-ink"
        >
          <ArrowLeft aria-hidden size={14} />
          Run
        </Link>
        <h1 className="font-semibold text-sm">Two runs of {left.saga.name ?? left.saga.id}</h1>
        <p className="text-muted text-xs">{partingWords(compared.first)}</p>
      </header>
      <div className="grid min-h-0 flex-1 grid-cols-2 grid-rows-[minmax(0,1fr)_minmax(0,1.2fr)]">
        <RunSide side={a} label="First run" designId={designId} />
        <RunSide side={b} label="Second run" designId={designId} />
        <CompareEvents plans={[a.plan, b.plan]} lines={compared.lines} first={compared.first} />
        <section aria-label="Data" className="overflow-auto border-t border-l border-line p-3">
          <h2 className="pb-2 font-medium text-muted text-xs">
            The data of the second run at its end, with what is other than in the first
          </h2>
          <JsonView ariaLabel="Data compared" value={endData(b)} previous={dataBefore} openDepth={3} />
        </section>
      </div>
    </main>
  )
}

const endData = ({ history }: Side): JsonObject => stateAt(history, headOf(history)).data

function partingWords(first: ComparedLine | null): string {
  if (first === null) return 'They are the same.'
  if (first.left !== null) return `They part at event ${first.left.seq}.`
  return `They part at event ${first.right?.seq} of the second run.`
}

function RunSide({
  side: { seed, plan, history },
  label,
  designId,
}: {
  readonly side: Side
  readonly label: string
  readonly designId: string
}) {
  const state = stateAt(history, headOf(history))
  const view = viewOf(plan, state)
  const begun = begunAt(history, headOf(history))
  const positions = useMemo(() => sagaPositions(seed.saga, seed.design.layout.sagas[seed.saga.id]), [seed])
  const live = useMemo(
    () => ({ nodes: view.nodes, edges: view.edges, status: view.status, past: true }),
    [view],
  )
  return (
    <section aria-label={label} className="flex min-h-0 flex-col border-line [&+&]:border-l">
      <h2 className="flex min-w-0 items-center gap-2 overflow-hidden whitespace-nowrap border-b border-line px-3 py-1.5 text-xs">
        <Link href={`/w/${designId}/runs/${seed.run.id}`} className="data min-w-0 truncate underline">
          {seed.run.id}
        </Link>
        <StateBadge size="sm" status={view.status} />
        <span className="text-muted">design v{seed.run.designVersion}</span>
        <span className="text-muted">
          {state.faults.length === 0
            ? 'no faults'
            : state.faults.length === 1
              ? '1 fault'
              : `${state.faults.length} faults`}
        </span>
        <span className="data ml-auto text-muted">
          {begun === null || view.endedAt === null ? '' : formatDuration(view.endedAt - begun)}
        </span>
      </h2>
      <div className="min-h-0 flex-1">
        <SagaGraph
          ariaLabel={`${label}, graph`}
          saga={seed.saga}
          positions={positions}
          run={live}
          selectedIds={[]}
          onSelect={() => {}}
        />
      </div>
    </section>
  )
}
