'use client'
import { useMemo } from 'react'
import { SagaGraph } from '@/components/saga-graph/saga-graph'
import type { NodeFaults } from '@/components/saga-graph/types'
import { designPath, type FaultInput, joinPath, type NodePath, type RunView } from '@/core/saga'
import { sagaPositions } from '@/lib/layout/saga-positions'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { isPast, stateShown, viewShown } from '@/lib/run-store/run-store'
import { useEnter } from './use-enter'

/**
 * Which halves of which nodes are set to break.
 * @param scope the path of the node whose graph is shown; `''` for the saga itself
 */
export function faultMarks(
  faults: readonly FaultInput[],
  scope: NodePath = '',
): Readonly<Record<string, NodeFaults>> {
  const marks: Record<string, NodeFaults> = {}
  const prefix = designPath(scope)
  for (const { node, phase } of faults) {
    const place = designPath(node)
    if (prefix !== '' && !place.startsWith(`${prefix}/`)) continue
    // What is set to break deeper within marks the node that one goes in by.
    const [id = ''] = (prefix === '' ? place : place.slice(prefix.length + 1)).split('/')
    const before = marks[id] ?? { action: false, compensation: false }
    marks[id] = phase === 'compensation' ? { ...before, compensation: true } : { ...before, action: true }
  }
  return marks
}

/** What stands in one graph of the run, by the ids it has there. */
function within<T>(all: Readonly<Record<string, T>>, scope: NodePath): Readonly<Record<string, T>> {
  if (scope === '') return all
  const prefix = `${scope}/`
  return Object.fromEntries(
    Object.entries(all).flatMap(([path, value]) =>
      path.startsWith(prefix) ? [[path.slice(prefix.length), value]] : [],
    ),
  )
}

/** The saga's graph, alive, or that of a saga within it: as the run stood at the cursor. */
export function RunGraph() {
  const store = useRunStore()
  const enter = useEnter()
  const scope = useRun((run) => run.scope)
  const saga = useRun(({ history, scope: at, saga: own }) => history.plan.graph(at)?.saga ?? own)
  const placed = useRun((run) => run.design.layout.sagas[saga.id])
  const view: RunView = useRun(viewShown)
  const past = useRun(isPast)
  const faults = useRun((run) => stateShown(run).faults)
  const selectedId = useRun((run) => run.selectedId)
  const positions = useMemo(() => sagaPositions(saga, placed), [saga, placed])
  const live = useMemo(
    () => ({
      nodes: within(view.nodes, scope),
      edges: within(view.edges, scope),
      held: view.held.flatMap((path) => scopedId(path, scope) ?? []),
      status: view.status,
      past,
    }),
    [view, past, scope],
  )
  const breakpoints = useMemo(
    () => view.breakpoints.flatMap((place) => scopedId(place, designPath(scope)) ?? []),
    [view.breakpoints, scope],
  )
  const marks = useMemo(() => faultMarks(faults, scope), [faults, scope])
  const selectedIds = useMemo(() => {
    const id = selectedId === null ? undefined : scopedId(selectedId, scope)
    return id === undefined ? [] : [id]
  }, [selectedId, scope])
  const { select } = store.getState()
  return (
    <SagaGraph
      // A graph of another saga is fitted into view anew.
      key={saga.id}
      ariaLabel="Run graph"
      saga={saga}
      positions={positions}
      run={live}
      faults={marks}
      breakpoints={breakpoints}
      selectedIds={selectedIds}
      onSelect={(id) => select(id === null ? null : joinPath(scope, id))}
      onOpen={(id) => enter(joinPath(scope, id))}
      onGoInto={(id) => enter(joinPath(scope, id))}
    />
  )
}

/** The id under which a path is seen in the graph at `scope`: of a round, its map's or loop's. */
function scopedId(path: NodePath, scope: NodePath): string | undefined {
  if (scope !== '' && !path.startsWith(`${scope}/`)) return undefined
  return (scope === '' ? path : path.slice(scope.length + 1)).split('/')[0]
}
