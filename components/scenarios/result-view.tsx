import { FaultText } from '@/components/model-editor/preview/preview-frame'
import { JsonView } from '@/components/ui/json-view'
import { asJson } from '@/core/json'
import type { ScenarioProblem, ScenarioResult } from '@/core/scenario'
import { PartView } from './part-view'
import { StatusMark } from './status-mark'

/** Whether a scenario passes, each part that is compared, and all that happened. */
export function ResultView({ result }: { readonly result: ScenarioResult }) {
  const { status, parts, problem, outcome } = result
  return (
    <section aria-label="Result of the scenario" className="flex flex-col gap-3">
      <p role="status">
        <StatusMark status={status} isWord />
      </p>
      {problem === null ? null : <ProblemText problem={problem} />}
      {parts.length === 0 && problem === null ? (
        <p className="text-sm text-muted">It expects nothing in particular: only that it is not refused.</p>
      ) : null}
      {parts.map((part) => (
        <PartView key={part.part} part={part} />
      ))}
      {outcome === null ? null : (
        <details>
          <summary className="rounded-sm text-xs font-medium text-muted">All that happened</summary>
          <div className="mt-1 rounded-sm border border-line bg-surface p-2">
            <JsonView value={asJson(outcome)} ariaLabel="All that happened" />
          </div>
        </details>
      )}
    </section>
  )
}

function ProblemText({ problem }: { readonly problem: ScenarioProblem }) {
  return (
    <div>
      <FaultText fault={problem} />
      {problem.issues?.map(({ path, message }) => (
        <p key={`${path.join('.')} ${message}`} className="text-sm text-muted">
          <code className="data">{path.join('.')}</code> {message}
        </p>
      ))}
    </div>
  )
}
