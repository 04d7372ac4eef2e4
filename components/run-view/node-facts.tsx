import { Panel } from '@/components/ui/panel'
import { StateBadge } from '@/components/ui/state-badge'
import type { Json } from '@/core/json'
import type { NodeView } from '@/core/saga'
import { formatDuration } from '@/lib/run-store/duration'
import { untilWords } from '@/lib/run-store/until-words'
import { ErrorBox, Fact, Facts, Value } from './facts'
import { compensationUiStatus, effectWords } from './run-words'

interface Times {
  readonly startedAt: number | null
  readonly endedAt: number | null
}

function TimeFacts({ times, runStartedAt }: { readonly times: Times; readonly runStartedAt: number | null }) {
  const { startedAt, endedAt } = times
  if (startedAt === null) return null
  return (
    <>
      <Fact name="Started">+{formatDuration(startedAt - (runStartedAt ?? startedAt))}</Fact>
      {endedAt === null ? null : <Fact name="Took">{formatDuration(endedAt - startedAt)}</Fact>}
    </>
  )
}

interface NodeFactsProps {
  readonly node: NodeView
  /** It does work of its own: has attempts, and leaves something in the world. */
  readonly works: boolean
  readonly runStartedAt: number | null
}

/** What the step's own action came to. */
export function NodeFacts({ node, works, runStartedAt }: NodeFactsProps) {
  return (
    <>
      <Facts>
        {works ? <Fact name="Attempts">{node.attempts}</Fact> : null}
        <TimeFacts times={node} runStartedAt={runStartedAt} />
        {node.wakeAt === null ? null : (
          <Fact name={node.status === 'waiting' ? 'Waits' : 'Next attempt'}>
            {untilWords(node.startedAt, node.wakeAt)} (+
            {formatDuration(node.wakeAt - (runStartedAt ?? node.wakeAt))})
          </Fact>
        )}
        {node.branch === null ? null : <Fact name="Took branch">{node.branch}</Fact>}
        {works ? (
          <Fact name="In the world">
            <span className={node.effect === 'unknown' ? 'font-medium text-state-unknown' : ''}>
              {effectWords(node)}
            </span>
          </Fact>
        ) : null}
      </Facts>
      {node.error ? <ErrorBox error={node.error} /> : null}
      <Value name="Input" value={node.input} />
      <Value name="Output" value={node.output} />
      {node.late === null ? null : (
        <div className="mt-2 rounded-sm border border-state-unknown/30 bg-soft-unknown px-2 pb-1 text-xs">
          <Value name="Answered late: recorded, and changed nothing else" value={node.late} />
        </div>
      )}
    </>
  )
}

interface CompensationFactsProps {
  readonly name: string
  readonly compensation: NonNullable<NodeView['compensation']>
  readonly runStartedAt: number | null
}

/** What undoing the step came to. Its input shows the output that its own step returned. */
export function CompensationFacts({ name, compensation, runStartedAt }: CompensationFactsProps) {
  return (
    <Panel title={`Compensation: ${name}`}>
      <StateBadge size="sm" status={compensationUiStatus(compensation.status)} />
      <div className="pt-2">
        <Facts>
          <Fact name="Attempts">{compensation.attempts}</Fact>
          <TimeFacts times={compensation} runStartedAt={runStartedAt} />
        </Facts>
      </div>
      {compensation.byHand === null ? null : (
        <p className="pt-1 text-xs">Undone by hand: {compensation.byHand}</p>
      )}
      {compensation.left ? <p className="pt-1 text-xs">A person left it as it is.</p> : null}
      {compensation.error ? <ErrorBox error={compensation.error} /> : null}
      <Value name="Compensation input" value={compensation.input as Json} openDepth={2} />
      <Value name="Compensation output" value={compensation.output} />
    </Panel>
  )
}
