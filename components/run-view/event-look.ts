import {
  CirclePlay,
  Flag,
  GitBranch,
  GitFork,
  Hand,
  type LucideIcon,
  PlayCircle,
  Radio,
  Repeat,
  TimerReset,
  Zap,
} from 'lucide-react'
import { STATES, type StateFamily } from '@/components/ui/state'
import type { SagaEventType } from '@/core/saga'

export interface EventLook {
  readonly Icon: LucideIcon
  readonly family: StateFamily
}

const look = (Icon: LucideIcon, family: StateFamily): EventLook => ({ Icon, family })

/** Icon and colour of each type of event. */
export const EVENT_LOOKS: Readonly<Record<SagaEventType, EventLook>> = {
  SagaStarted: look(Flag, 'pending'),
  StepStarted: look(CirclePlay, 'running'),
  StepCompleted: look(STATES.succeeded.Icon, 'succeeded'),
  StepAttemptFailed: look(STATES.retrying.Icon, 'failed'),
  StepTimedOut: look(STATES['timed-out'].Icon, 'unknown'),
  StepFailed: look(STATES.failed.Icon, 'failed'),
  StepSkipped: look(STATES.skipped.Icon, 'pending'),
  StepOutcomeArrivedLate: look(STATES.unknown.Icon, 'unknown'),
  ChoiceTaken: look(GitBranch, 'succeeded'),
  TimerSet: look(STATES.waiting.Icon, 'pending'),
  TimerFired: look(TimerReset, 'pending'),
  ApprovalRequested: look(STATES.waiting.Icon, 'pending'),
  ApprovalDecided: look(Hand, 'succeeded'),
  SignalAwaited: look(STATES.waiting.Icon, 'pending'),
  SignalReceived: look(Radio, 'succeeded'),
  SignalMatched: look(Radio, 'succeeded'),
  SubSagaStarted: look(CirclePlay, 'running'),
  SubSagaCompleted: look(STATES.succeeded.Icon, 'succeeded'),
  MapStarted: look(CirclePlay, 'running'),
  MapCompleted: look(STATES.succeeded.Icon, 'succeeded'),
  LoopStarted: look(Repeat, 'running'),
  LoopJudged: look(Repeat, 'running'),
  LoopCompleted: look(STATES.succeeded.Icon, 'succeeded'),
  FaultInjected: look(Zap, 'failed'),
  SagaCompensating: look(STATES.compensating.Icon, 'compensating'),
  CompensationStarted: look(STATES.compensating.Icon, 'compensating'),
  CompensationCompleted: look(STATES.compensated.Icon, 'compensating'),
  CompensationAttemptFailed: look(STATES.retrying.Icon, 'failed'),
  CompensationFailed: look(STATES['compensation-failed'].Icon, 'failed'),
  SagaSuspended: look(STATES.suspended.Icon, 'unknown'),
  SagaResumed: look(PlayCircle, 'running'),
  OperatorActed: look(Hand, 'unknown'),
  SagaForked: look(GitFork, 'unknown'),
  SagaCompleted: look(STATES.completed.Icon, 'succeeded'),
  SagaCompensated: look(STATES.compensated.Icon, 'compensating'),
  SagaFailed: look(STATES.failed.Icon, 'failed'),
}
