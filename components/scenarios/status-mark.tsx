import { CircleCheck, CircleDashed, CircleX, TriangleAlert } from 'lucide-react'
import { classNames } from '@/components/ui/class-names'
import type { ScenarioResult } from '@/core/scenario'

const LOOKS = {
  passed: { Icon: CircleCheck, word: 'passes', colour: 'text-state-succeeded' },
  failed: { Icon: CircleX, word: 'fails', colour: 'text-state-failed' },
  broken: { Icon: TriangleAlert, word: 'broken', colour: 'text-state-unknown' },
  unknown: { Icon: CircleDashed, word: 'not run yet', colour: 'text-subtle' },
} as const

export interface StatusMarkProps {
  readonly status: ScenarioResult['status'] | undefined
  /** Says the word as well; otherwise it is for screen readers only. */
  readonly isWord?: boolean
}

/** Whether a scenario passes: sign, word and colour. */
export function StatusMark({ status, isWord = false }: StatusMarkProps) {
  const { Icon, word, colour } = LOOKS[status ?? 'unknown']
  return (
    <span className={classNames('inline-flex shrink-0 items-center gap-1 text-xs font-medium', colour)}>
      <Icon aria-hidden size={14} />
      <span className={isWord ? undefined : 'sr-only'}>{word}</span>
    </span>
  )
}
