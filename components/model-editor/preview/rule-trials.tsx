import { Ban, CircleCheck, CircleX } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { RuleVerdict } from '@/core/code/contract'
import { assertNever } from '@/core/result'
import type { RuleTrial } from '@/lib/preview/rule-preview'
import { FaultText } from './preview-frame'

export interface RuleTrialsProps {
  readonly trials: readonly RuleTrial[]
  /** The rule on the screen. */
  readonly rule: string
  /** Those that the command asks for. */
  readonly asked: readonly string[]
}

/** What the rule says, and below it what the others of the aggregate would. */
export function RuleTrials({ trials, rule, asked }: RuleTrialsProps) {
  const own = trials.find((trial) => trial.rule === rule)
  const others = trials.filter((trial) => trial.rule !== rule)
  return (
    <>
      {own === undefined ? null : (
        <div
          role="status"
          aria-label={`Verdict of ${rule}`}
          className="rounded-sm border border-line bg-surface p-2"
        >
          <Line trial={own} />
          {asked.includes(rule) ? null : (
            <p className="pt-1 text-xs text-subtle">This command does not ask for it.</p>
          )}
        </div>
      )}
      {others.length === 0 ? null : (
        <ul aria-label="Verdicts of the other rules" className="flex flex-col gap-2">
          {others.map((trial) => (
            <li key={trial.rule}>
              <Line trial={trial} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Line({ trial: { rule, verdict } }: { readonly trial: RuleTrial }) {
  return (
    <div className="flex flex-col gap-1 text-sm">
      <div className="flex items-center justify-between gap-2">
        <span className="data min-w-0 truncate font-medium">{rule}</span>
        <Verdict verdict={verdict} />
      </div>
      {verdict.kind === 'refuses' ? (
        <p>
          <code className="data font-medium">{verdict.code}</code>{' '}
          <span className="text-muted">{verdict.message}</span>
        </p>
      ) : null}
      {verdict.kind === 'fault' ? <FaultText fault={verdict.fault} /> : null}
    </div>
  )
}

function Verdict({ verdict }: { readonly verdict: RuleVerdict }) {
  switch (verdict.kind) {
    case 'holds':
      return (
        <Badge tone="succeeded" icon={<CircleCheck aria-hidden />}>
          Holds
        </Badge>
      )
    case 'refuses':
      return (
        <Badge tone="unknown" icon={<Ban aria-hidden />}>
          Refuses
        </Badge>
      )
    case 'fault':
      return (
        <Badge tone="failed" icon={<CircleX aria-hidden />}>
          Error in code
        </Badge>
      )
    default:
      return assertNever(verdict)
  }
}
