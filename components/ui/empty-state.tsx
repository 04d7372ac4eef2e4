import type { ReactNode } from 'react'
import { classNames } from './class-names'

export interface EmptyStateProps {
  readonly icon?: ReactNode
  readonly title: string
  readonly description?: ReactNode
  readonly actions?: ReactNode
  /** For a panel rather than a page. */
  readonly compact?: boolean
  /** `h1` where it is all that the page says. */
  readonly heading?: 'h1' | 'h2' | 'p'
}

/** Never blank: says what is missing and what to do next. */
export function EmptyState({
  icon,
  title,
  description,
  actions,
  compact = false,
  heading: Heading = 'p',
}: EmptyStateProps) {
  return (
    <div
      className={classNames(
        'mx-auto flex max-w-md flex-col items-center text-center',
        compact ? 'gap-1 px-4 py-6' : 'gap-2 p-8',
      )}
    >
      {icon === undefined ? null : (
        <span
          aria-hidden
          className={classNames(
            'mb-1 flex items-center justify-center rounded-md border border-line bg-surface text-muted',
            compact ? 'size-8 [&_svg]:size-4' : 'size-10 [&_svg]:size-5',
          )}
        >
          {icon}
        </span>
      )}
      <Heading className={classNames('font-semibold', compact ? 'text-sm' : 'text-md')}>{title}</Heading>
      {description === undefined ? null : <div className="text-sm text-muted">{description}</div>}
      {actions === undefined ? null : (
        <div className="flex flex-wrap justify-center gap-2 pt-2">{actions}</div>
      )}
    </div>
  )
}
