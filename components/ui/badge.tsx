import type { ReactNode } from 'react'
import { classNames } from './class-names'
import { type StateFamily, stateSoft, stateText } from './state'

export interface BadgeProps {
  readonly tone?: 'neutral' | 'accent' | StateFamily
  readonly icon?: ReactNode
  readonly children: ReactNode
}

export function Badge({ tone = 'neutral', icon, children }: BadgeProps) {
  const colour =
    tone === 'neutral'
      ? 'bg-hover text-muted'
      : tone === 'accent'
        ? 'bg-accent-soft text-accent'
        : classNames(stateText[tone], stateSoft[tone])
  return (
    <span
      className={classNames(
        'inline-flex h-5 w-fit items-center gap-1 whitespace-nowrap rounded-sm px-1.5 text-xs font-medium [&_svg]:size-3',
        colour,
      )}
    >
      {icon}
      {children}
    </span>
  )
}
