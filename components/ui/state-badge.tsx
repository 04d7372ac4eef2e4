import type { ControlSize } from './button-class'
import { classNames } from './class-names'
import { STATES, stateSoft, stateText, type UiStatus } from './state'

/** Moves that stand for "still going on". Reduced motion stills them. */
const spins: readonly UiStatus[] = ['running', 'retrying']
/** Texture besides colour: what never ran is dashed, what is stuck has a double border. */
const border: Partial<Readonly<Record<UiStatus, string>>> = {
  skipped: 'border-dashed',
  compensated: 'border-dashed',
  'compensation-failed': 'border-double border-3',
}

export function StateIcon(props: {
  readonly status: UiStatus
  readonly size?: number
  readonly className?: string
}) {
  const { family, Icon } = STATES[props.status]
  const moves =
    spins.includes(props.status) && 'animate-[spin_1.6s_linear_infinite] motion-reduce:animate-none'
  return (
    <Icon
      aria-hidden
      size={props.size ?? 14}
      className={classNames('shrink-0', stateText[family], moves, props.className)}
    />
  )
}

export interface StateBadgeProps {
  readonly status: UiStatus
  /** Other words for the same state: "2 of 3 attempts". */
  readonly label?: string
  readonly size?: ControlSize
}

export function StateBadge({ status, label, size = 'md' }: StateBadgeProps) {
  const look = STATES[status]
  return (
    <span
      data-status={status}
      className={classNames(
        'inline-flex w-fit items-center gap-1 whitespace-nowrap rounded-full border border-current/25 font-medium text-xs',
        size === 'sm' ? 'h-5 px-1.5' : 'h-6 px-2',
        stateText[look.family],
        stateSoft[look.family],
        border[status],
      )}
    >
      <StateIcon status={status} size={size === 'sm' ? 12 : 14} />
      {label ?? look.label}
    </span>
  )
}
