'use client'
import { CircleX, Info, type LucideIcon, TriangleAlert, WandSparkles } from 'lucide-react'
import { Button } from './button'
import { classNames } from './class-names'
import { EmptyState } from './empty-state'

export interface UiProblem {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly path?: readonly (string | number)[]
  readonly message: string
  /** The place in the words of the design: "Reserve stock". */
  readonly where?: string
  /** Names the quick fix, when there is one. */
  readonly fixLabel?: string
}

export interface ProblemListProps<P extends UiProblem> {
  readonly problems: readonly P[]
  /** Goes to the place of the problem. */
  readonly onSelect?: (problem: P) => void
  readonly onFix?: (problem: P) => void
  readonly emptyText?: string
}

const looks: Readonly<Record<UiProblem['severity'], { Icon: LucideIcon; colour: string; name: string }>> = {
  error: { Icon: CircleX, colour: 'text-state-failed', name: 'Error' },
  warning: { Icon: TriangleAlert, colour: 'text-state-unknown', name: 'Warning' },
  info: { Icon: Info, colour: 'text-state-running', name: 'Note' },
}

const order = ['error', 'warning', 'info'] as const

/** Errors first, then warnings, then notes; within each in the order given. */
export function ProblemList<P extends UiProblem>(props: ProblemListProps<P>) {
  if (props.problems.length === 0) return <EmptyState compact title={props.emptyText ?? 'No problems'} />
  const sorted = props.problems.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
  return (
    <ul aria-label="Problems" className="divide-y divide-line">
      {sorted.map((problem, index) => (
        // two problems may be the same in every word
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is derived and holds no state
        <Line key={index} problem={problem} onSelect={props.onSelect} onFix={props.onFix} />
      ))}
    </ul>
  )
}

function Line<P extends UiProblem>(
  props: { readonly problem: P } & Pick<ProblemListProps<P>, 'onSelect' | 'onFix'>,
) {
  const { problem, onSelect, onFix } = props
  const { Icon, colour, name } = looks[problem.severity]
  return (
    <li className="flex items-start gap-2 px-3 py-1.5 hover:bg-hover">
      <Icon aria-hidden size={14} className={classNames('mt-[3px] shrink-0', colour)} />
      <button
        type="button"
        disabled={onSelect === undefined}
        onClick={() => onSelect?.(problem)}
        className="min-w-0 flex-1 rounded-sm text-left text-sm"
      >
        <span className="sr-only">{name}: </span>
        {problem.where === undefined ? null : <span className="font-medium">{problem.where}: </span>}
        {problem.message} <span className="data text-subtle">{problem.code}</span>
      </button>
      {problem.fixLabel === undefined || onFix === undefined ? null : (
        <Button size="sm" icon={<WandSparkles />} onClick={() => onFix(problem)}>
          {problem.fixLabel}
        </Button>
      )}
    </li>
  )
}
