'use client'
import { Workflow } from 'lucide-react'
import Link from 'next/link'
import { parseAsString, useQueryState } from 'nuqs'
import { useMemo, useState } from 'react'
import { SagaGraph } from '@/components/saga-graph/saga-graph'
import { WorkbenchLayout } from '@/components/shell/workbench-layout'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import type { Saga } from '@/core/design/saga'
import { planSaga } from '@/core/saga'
import { useDesign } from '@/lib/design-store'
import { sagaPositions } from '@/lib/layout/saga-positions'
import { stepLeft } from '@/lib/run-store/fault-choice'
import { type RunsList, useRuns } from '@/lib/run-store/use-runs'
import { ConnectionBanner } from './connection-banner'
import { faultMarks } from './run-graph'
import { RunList } from './run-list'
import { StartRun } from './start-run'
import { useBreakpointKey } from './use-breakpoint-key'
import { useStartRun } from './use-start-run'

/** Run mode: the runs there are, and everything a new one starts with. */
export function RunsPage({ designId }: { readonly designId: string }) {
  const list = useRuns(designId)
  const sagas = useDesign(({ document }) => document.sagas)
  const [wanted, setWanted] = useQueryState('start', parseAsString)
  const runnable = useMemo(
    () => sagas.filter((saga) => saga.nodes.some(({ type }) => type === 'start')),
    [sagas],
  )
  const saga = runnable.find(({ id }) => id === wanted) ?? runnable[0]
  const names = sagas.map(({ id, name }) => ({ id, name: name ?? id }))
  return (
    <div className="flex h-full flex-col">
      <ConnectionBanner connected={list.connected} />
      <div className="min-h-0 flex-1">
        {saga ? (
          <StartScreen
            key={saga.id}
            designId={designId}
            saga={saga}
            sagas={names}
            list={list}
            onSaga={setWanted}
          />
        ) : (
          <WorkbenchLayout
            id="runs"
            left={{ title: 'Runs', content: <RunList designId={designId} list={list} sagas={names} /> }}
          >
            <div className="flex h-full items-center justify-center">
              <EmptyState
                icon={<Workflow />}
                title="Nothing to run yet"
                description="A run needs a saga with a start node. Draw one in Design, then come back."
                actions={
                  <Link href={`/w/${designId}`} className={buttonClass('primary', 'md')}>
                    Open Design
                  </Link>
                }
              />
            </div>
          </WorkbenchLayout>
        )}
      </div>
    </div>
  )
}

interface StartScreenProps {
  readonly designId: string
  readonly saga: Saga
  readonly sagas: readonly { readonly id: string; readonly name: string }[]
  readonly list: RunsList
  readonly onSaga: (id: string) => void
}

function StartScreen({ designId, saga, sagas, list, onSaga }: StartScreenProps) {
  const design = useDesign(({ document }) => document)
  const plan = useMemo(() => planSaga(saga, design.sagas), [saga, design.sagas])
  const positions = useMemo(() => sagaPositions(saga, design.layout.sagas[saga.id]), [saga, design.layout])
  const form = useStartRun(designId, saga)
  const [nodeId, setNodeId] = useState<string | null>(null)
  useBreakpointKey(nodeId, form.toggleBreakpoint)
  const marks = useMemo(() => faultMarks(form.faults), [form.faults])
  const selectedIds = useMemo(() => (nodeId === null ? [] : [nodeId]), [nodeId])
  return (
    <WorkbenchLayout
      id="runs"
      left={{ title: 'Runs', content: <RunList designId={designId} list={list} sagas={sagas} /> }}
      right={{
        title: 'Start a run',
        content: (
          <StartRun
            design={design}
            plan={plan}
            form={form}
            sagas={sagas}
            onSaga={onSaga}
            nodeId={nodeId}
            onNode={setNodeId}
          />
        ),
      }}
    >
      <SagaGraph
        ariaLabel={`Graph of ${saga.name ?? saga.id}`}
        saga={saga}
        positions={positions}
        selectedIds={selectedIds}
        onSelect={(id) => {
          if (id !== nodeId) form.change(stepLeft)
          setNodeId(id)
        }}
        faults={marks}
        breakpoints={form.breakpoints}
      />
    </WorkbenchLayout>
  )
}
