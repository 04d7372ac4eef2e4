'use client'
import { ArrowRight } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { StateBadge } from '@/components/ui/state-badge'
import { isRounds, joinPath, type NodePath } from '@/core/saga'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { viewShown } from '@/lib/run-store/run-store'
import { nodeUiStatus } from './run-words'
import { useEnter } from './use-enter'

/** Rounds that are listed; a map of a thousand has its others in the event list. */
const MOST = 200

/** What a node runs: the way into its saga, or its rounds one by one. */
export function Within({ path }: { readonly path: NodePath }) {
  const store = useRunStore()
  const enter = useEnter()
  const plan = useRun(({ history }) => history.plan)
  const nodes = useRun((run) => viewShown(run).nodes)
  const begun = useRun((run) => viewShown(run).scopes[path] !== undefined)
  const node = plan.node(path)
  if (node?.type === 'saga')
    return (
      <div className="border-b border-line px-3 py-2">
        <Button size="sm" icon={<ArrowRight />} disabled={!begun} onClick={() => enter(path)}>
          {begun ? 'Go into this saga' : 'It has not begun'}
        </Button>
      </div>
    )
  if (!node || !isRounds(node)) return null
  const count = Math.min(MOST, nodes[path]?.rounds?.begun ?? 0)
  return (
    <Panel title="Rounds" count={nodes[path]?.rounds?.begun ?? 0}>
      <ul aria-label="Rounds" className="flex flex-col">
        {Array.from({ length: count }, (_, round) => joinPath(path, round)).map((round, at) => {
          const view = nodes[round]
          const opens = plan.node(round)?.type === 'saga'
          return (
            <li key={round}>
              <button
                type="button"
                className="flex w-full items-center gap-2 rounded-sm px-1 py-1 text-left text-xs hover:bg-hover"
                onClick={() => (opens ? enter(round) : store.getState().select(round))}
              >
                <span className="data text-muted">#{at + 1}</span>
                <span className="flex-1 truncate text-state-failed">{view?.error?.code ?? ''}</span>
                {view ? <StateBadge size="sm" status={nodeUiStatus(view)} /> : null}
              </button>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
