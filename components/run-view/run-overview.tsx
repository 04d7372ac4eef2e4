'use client'
import { MousePointerClick } from 'lucide-react'
import Link from 'next/link'
import { Panel } from '@/components/ui/panel'
import { nodeName } from '@/lib/run-store/operator'
import { MODE_WORDS } from '@/lib/run-store/pace'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { stateShown, viewShown } from '@/lib/run-store/run-store'
import { waitsFor } from '@/lib/run-store/waits-for'
import { aggregateHref } from './aggregate-link'
import { ErrorBox, Fact, Facts, Value } from './facts'
import { FaultList } from './fault-list'

/** The run as a whole, while no node is chosen. */
export function RunOverview() {
  const plan = useRun(({ history }) => history.plan)
  const run = useRun((state) => state.run)
  const state = useRun(stateShown)
  const view = useRun(viewShown)
  const store = useRunStore()
  const awaited = useRun(waitsFor)
  const touched = Object.keys(view.nodes).flatMap((id) => {
    const target =
      plan.step(id)?.action.type === 'command'
        ? aggregateHref(run.designId, view.nodes[id]?.output ?? null)
        : null
    return target ? [target] : []
  })
  const aggregates = [...new Map(touched.map((target) => [target.label, target])).values()]
  return (
    <>
      <p className="flex items-center gap-2 border-b border-line px-3 py-2 text-xs text-muted">
        <MousePointerClick aria-hidden size={14} className="shrink-0" />
        Choose a step to see its input and output, or to break it.
      </p>
      {awaited.length === 0 ? null : (
        <Panel title="Waits for" count={awaited.length}>
          <ul className="flex flex-col gap-1.5 text-xs">
            {awaited.map(({ nodeId, words, detail }) => (
              <li key={`${nodeId} ${words}`}>
                {nodeId === null ? (
                  words
                ) : (
                  <button
                    type="button"
                    className="rounded-sm text-left text-accent underline"
                    onClick={() => store.getState().select(nodeId)}
                  >
                    {words}
                  </button>
                )}
                {detail === null ? null : <p className="text-muted">{detail}</p>}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title="This run">
        <Facts>
          <Fact name="Run">
            <span className="data">{run.id}</span>
          </Fact>
          <Fact name="Mode">{MODE_WORDS[state.mode]}</Fact>
          <Fact name="Seed">
            <span className="data">{state.seed}</span>
          </Fact>
          <Fact name="Design">version {run.designVersion}</Fact>
          {view.notUndone.length === 0 ? null : (
            <Fact name="Not undone">{view.notUndone.map((id) => nodeName(plan, id)).join(', ')}</Fact>
          )}
        </Facts>
        {view.error ? <ErrorBox error={view.error} /> : null}
        <Value name="Input" value={view.input} />
      </Panel>
      {state.faults.length === 0 ? null : (
        <Panel title="Broken on purpose" count={state.faults.length}>
          <FaultList plan={plan} faults={state.faults} />
        </Panel>
      )}
      {aggregates.length === 0 ? null : (
        <Panel title="Aggregates it touched" count={aggregates.length}>
          <ul className="flex flex-col gap-1">
            {aggregates.map(({ href, label }) => (
              <li key={label}>
                <Link href={href} className="rounded-sm text-accent text-xs underline">
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}
