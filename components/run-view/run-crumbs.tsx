'use client'
import { ChevronRight } from 'lucide-react'
import { parentPath, type SagaPlan } from '@/core/saga'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'

interface Crumb {
  readonly path: string
  readonly label: string
  /** A graph stands there to go back to; of a map or a loop there is none. */
  readonly opens: boolean
}

/** The way from the saga into what it runs, and back. */
export function RunCrumbs() {
  const store = useRunStore()
  const scope = useRun((run) => run.scope)
  const plan = useRun(({ history }) => history.plan)
  const saga = useRun((run) => run.saga)
  if (scope === '') return null
  const crumbs = [{ path: '', label: saga.name ?? saga.id, opens: true }, ...crumbsTo(plan, scope)]
  return (
    <nav
      aria-label="Where in the run"
      className="absolute top-3 left-3 z-20 flex items-center gap-1 rounded-md border bg-surface px-2 py-1 text-xs shadow-float"
    >
      {crumbs.map(({ path, label, opens }, at) => (
        <span key={path} className="flex items-center gap-1">
          {at === 0 ? null : <ChevronRight aria-hidden size={12} className="text-subtle" />}
          {path === scope ? (
            <span aria-current="page" className="font-medium">
              {label}
            </span>
          ) : (
            <button
              type="button"
              className="rounded-sm text-muted hover:text-ink"
              onClick={() => (opens ? store.getState().enter(path) : store.getState().select(path))}
            >
              {label}
            </button>
          )}
        </span>
      ))}
    </nav>
  )
}

function crumbsTo(plan: SagaPlan, scope: string): readonly Crumb[] {
  if (scope === '') return []
  const place = plan.place(scope)
  const node = place?.graph.node(place.nodeId)
  const label = place?.round == null ? (node?.name ?? scope) : `#${place.round + 1}`
  return [
    ...crumbsTo(plan, parentPath(scope)),
    { path: scope, label, opens: plan.graph(scope) !== undefined },
  ]
}
