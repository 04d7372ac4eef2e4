'use client'
import { ArrowRight } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import type { UiStatus } from '@/components/ui/state'
import { StateBadge } from '@/components/ui/state-badge'
import { isRounds, joinPath, type NodePath, type NodeView } from '@/core/saga'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { stateShown, viewShown } from '@/lib/run-store/run-store'
import { compensationUiStatus, nodeUiStatus } from './run-words'
import { useEnter } from './use-enter'

/** Rounds that are listed; a map of a thousand has its others in the event list. */
const MOST = 200
const ITEM_CHARS = 80

/** How a round stands in the end: undone, once it is. */
const roundUiStatus = (view: NodeView): UiStatus =>
  view.compensation && view.compensation.status !== 'pending'
    ? compensationUiStatus(view.compensation.status)
    : nodeUiStatus(view)

/** What a node runs: the way into its saga, or its rounds one by one. */
export function Within({ path }: { readonly path: NodePath }) {
  const store = useRunStore()
  const enter = useEnter()
  const plan = useRun(({ history }) => history.plan)
  const nodes = useRun((run) => viewShown(run).nodes)
  const items = useRun((run) => stateShown(run).nodes[path]?.rounds?.items ?? null)
  const node = plan.node(path)
  if (node?.type === 'saga')
    return (
      <div className="border-b border-line px-3 py-2">
        <Button size="sm" icon={<ArrowRight />} onClick={() => enter(path)}>
          Go into this saga
        </Button>
      </div>
    )
  if (!node || !isRounds(node)) return null
  // Of a map it is known what is still to come.
  const all = items?.length ?? nodes[path]?.rounds?.begun ?? 0
  const count = Math.min(MOST, all)
  return (
    <Panel title="Rounds" count={all}>
      {all === 0 ? <p className="text-muted text-xs">None has begun.</p> : null}
      <ul aria-label="Rounds" className="flex flex-col">
        {Array.from({ length: count }, (_, round) => joinPath(path, round)).map((round, at) => {
          const view = nodes[round]
          const item = items?.[at]
          const opens = plan.node(round)?.type === 'saga'
          return (
            <li key={round}>
              <button
                type="button"
                className="flex w-full items-center gap-2 rounded-sm px-1 py-1 text-left text-xs hover:bg-hover"
                onClick={() => (opens ? enter(round) : store.getState().select(round))}
              >
                <span className="data text-muted">#{at + 1}</span>
                {view?.error ? (
                  <span className="flex-1 truncate text-state-failed">{view.error.code}</span>
                ) : (
                  <span className="data flex-1 truncate text-muted">
                    {item === undefined ? '' : JSON.stringify(item).slice(0, ITEM_CHARS)}
                  </span>
                )}
                <StateBadge size="sm" status={view ? roundUiStatus(view) : 'pending'} />
              </button>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
