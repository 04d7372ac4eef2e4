import {
  Ban,
  CheckCheck,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CirclePause,
  CircleQuestionMark,
  CircleX,
  Clock,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  OctagonX,
  RefreshCw,
  Undo2,
  UndoDot,
} from 'lucide-react'

/** Six families of colour; a colour never stands without its icon and word. */
export type StateFamily = 'pending' | 'running' | 'succeeded' | 'compensating' | 'failed' | 'unknown'

/** Everything a node, a compensation or a run can be shown as. */
export type UiStatus =
  | 'pending'
  | 'waiting'
  | 'skipped'
  | 'cancelled'
  | 'running'
  | 'retrying'
  | 'succeeded'
  | 'completed'
  | 'compensating'
  | 'compensated'
  | 'failed'
  | 'timed-out'
  | 'compensation-failed'
  | 'unknown'
  | 'suspended'

export interface StateLook {
  readonly family: StateFamily
  readonly label: string
  readonly Icon: LucideIcon
}

export const STATES: Readonly<Record<UiStatus, StateLook>> = {
  pending: { family: 'pending', label: 'Pending', Icon: CircleDot },
  waiting: { family: 'pending', label: 'Waiting', Icon: Hourglass },
  skipped: { family: 'pending', label: 'Skipped', Icon: CircleDashed },
  cancelled: { family: 'pending', label: 'Cancelled', Icon: Ban },
  running: { family: 'running', label: 'Running', Icon: LoaderCircle },
  retrying: { family: 'running', label: 'Retrying', Icon: RefreshCw },
  succeeded: { family: 'succeeded', label: 'Succeeded', Icon: CircleCheck },
  completed: { family: 'succeeded', label: 'Completed', Icon: CheckCheck },
  compensating: { family: 'compensating', label: 'Compensating', Icon: Undo2 },
  compensated: { family: 'compensating', label: 'Compensated', Icon: UndoDot },
  failed: { family: 'failed', label: 'Failed', Icon: CircleX },
  'timed-out': { family: 'failed', label: 'Timed out', Icon: Clock },
  'compensation-failed': { family: 'failed', label: 'Compensation failed', Icon: OctagonX },
  unknown: { family: 'unknown', label: 'Outcome unknown', Icon: CircleQuestionMark },
  suspended: { family: 'unknown', label: 'Suspended', Icon: CirclePause },
}

/** Text colour of a family, spelled out so that the stylesheet has it. */
export const stateText: Readonly<Record<StateFamily, string>> = {
  pending: 'text-state-pending',
  running: 'text-state-running',
  succeeded: 'text-state-succeeded',
  compensating: 'text-state-compensating',
  failed: 'text-state-failed',
  unknown: 'text-state-unknown',
}

/** Tinted background of a family; its text colour is readable on it. */
export const stateSoft: Readonly<Record<StateFamily, string>> = {
  pending: 'bg-soft-pending',
  running: 'bg-soft-running',
  succeeded: 'bg-soft-succeeded',
  compensating: 'bg-soft-compensating',
  failed: 'bg-soft-failed',
  unknown: 'bg-soft-unknown',
}
