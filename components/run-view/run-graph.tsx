'use client'
import { useMemo } from 'react'
import { SagaGraph } from '@/components/saga-graph/saga-graph'
import type { NodeFaults } from '@/components/saga-graph/types'
import type { FaultInput } from '@/core/saga'
import { sagaPositions } from '@/lib/layout/saga-positions'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { isPast, stateShown, viewShown } from '@/lib/run-store/run-store'

/** Which halves of which nodes are set to break. */
export function faultMarks(faults: readonly FaultInput[]): Readonly<Record<string, NodeFaults>> {
  const marks: Record<string, NodeFaults> = {}
  for (const { node, phase } of faults) {
    const before = marks[node] ?? { action: false, compensation: false }
    marks[node] = phase === 'compensation' ? { ...before, compensation: true } : { ...before, action: true }
  }
  return marks
}

/** The saga's graph, alive: as the run stood at the cursor. */
export function RunGraph() {
  const store = useRunStore()
  const saga = useRun((run) => run.saga)
  const placed = useRun((run) => run.design.layout.sagas[run.saga.id])
  const view = useRun(viewShown)
  const past = useRun(isPast)
  const faults = useRun((run) => stateShown(run).faults)
  const selectedId = useRun((run) => run.selectedId)
  const positions = useMemo(() => sagaPositions(saga, placed), [saga, placed])
  const live = useMemo(
    () => ({ nodes: view.nodes, edges: view.edges, status: view.status, past }),
    [view, past],
  )
  const marks = useMemo(() => faultMarks(faults), [faults])
  const selectedIds = useMemo(() => (selectedId === null ? [] : [selectedId]), [selectedId])
  return (
    <SagaGraph
      ariaLabel="Run graph"
      saga={saga}
      positions={positions}
      run={live}
      faults={marks}
      selectedIds={selectedIds}
      onSelect={store.getState().select}
    />
  )
}
