import type { RecordedEvent } from '@/core/log/event'
import type { Phase, SagaEvent } from '@/core/saga'
import type { Observer } from '../observer'
import { ownRunEvents } from '../own-events'
import type { Labels, Registry } from './registry'

type AttemptOutcome = 'succeeded' | 'failed' | 'timed-out' | 'unknown'

/** The same objects again and again: a label set that was seen is found without reading it. */
const attemptLabels = (phase: Phase): Readonly<Record<AttemptOutcome, Labels>> => ({
  succeeded: { phase, outcome: 'succeeded' },
  failed: { phase, outcome: 'failed' },
  'timed-out': { phase, outcome: 'timed-out' },
  unknown: { phase, outcome: 'unknown' },
})
const ACTION = attemptLabels('action')
const COMPENSATION = attemptLabels('compensation')
const RETRY = { action: { phase: 'action' }, compensation: { phase: 'compensation' } } as const
const MODES = { live: { mode: 'live' }, virtual: { mode: 'virtual' }, manual: { mode: 'manual' } } as const
const ENDS = {
  SagaCompleted: { status: 'completed' },
  SagaCompensated: { status: 'compensated' },
  SagaFailed: { status: 'failed' },
} as const

/** Answered attempts that are remembered at most, until they are tried again or given up. */
const MOST_ANSWERED = 100_000

/** Counts what happens to runs as their events are committed. */
export function runMetrics(registry: Registry): Observer {
  const started = registry.counter(
    'workbench_runs_started_total',
    'Runs started, forks included.',
    Object.values(MODES),
  )
  const ended = registry.counter('workbench_runs_ended_total', 'Runs ended, by how.', Object.values(ENDS))
  const suspended = registry.counter(
    'workbench_runs_suspended_total',
    'Times a run began to wait for a person.',
  )
  const attempts = registry.counter(
    'workbench_attempts_total',
    'Attempts that ended, by what they came to.',
    [...Object.values(ACTION), ...Object.values(COMPENSATION)],
  )
  const retries = registry.counter(
    'workbench_retries_total',
    'Attempts that failed and are tried again.',
    Object.values(RETRY),
  )
  const late = registry.counter(
    'workbench_late_outcomes_total',
    'Answers that came after their attempt was given up.',
    Object.values(RETRY),
  )
  const notUndone = registry.counter(
    'workbench_compensations_failed_total',
    'Compensations given up for good.',
  )
  const acted = registry.counter('workbench_operator_actions_total', 'What people did to runs.')
  const faults = registry.counter(
    'workbench_faults_injected_total',
    'Crashes and repeated answers made on purpose.',
  )
  /** Steps whose last attempt has been counted: giving them up is no attempt more. */
  const answered = new Set<string>()

  function retry(phase: Phase, outcome: AttemptOutcome, retryAt: number | null): void {
    attempts.add((phase === 'action' ? ACTION : COMPENSATION)[outcome])
    if (retryAt !== null) retries.add(RETRY[phase])
  }

  function count(event: SagaEvent, { streamId }: RecordedEvent): void {
    switch (event.type) {
      case 'SagaStarted':
        started.add(MODES[event.data.mode])
        return
      case 'SagaCompleted':
      case 'SagaCompensated':
      case 'SagaFailed':
        ended.add(ENDS[event.type])
        return
      case 'SagaSuspended':
        suspended.add({ reason: event.data.reason })
        return
      case 'OperatorActed':
        acted.add({ action: event.data.action })
        return
      case 'FaultInjected':
        faults.add({ fault: event.data.fault })
        return
      case 'StepStarted':
        if (answered.size > 0) answered.delete(`${streamId} ${event.data.nodeId}`)
        return
      case 'StepCompleted':
        attempts.add(ACTION.succeeded)
        return
      case 'CompensationCompleted':
        attempts.add(COMPENSATION.succeeded)
        return
      case 'StepAttemptFailed':
      case 'StepTimedOut': {
        const timedOut = event.type === 'StepTimedOut'
        retry(
          'action',
          timedOut ? 'timed-out' : event.data.unknown ? 'unknown' : 'failed',
          event.data.retryAt,
        )
        if (answered.size >= MOST_ANSWERED) answered.clear()
        answered.add(`${streamId} ${event.data.nodeId}`)
        return
      }
      case 'StepFailed':
        if (event.data.attempt > 0 && !answered.delete(`${streamId} ${event.data.nodeId}`))
          attempts.add(ACTION[event.data.unknown ? 'unknown' : 'failed'])
        return
      case 'CompensationAttemptFailed':
        retry('compensation', 'failed', event.data.retryAt)
        return
      case 'CompensationFailed':
        if (event.data.attempt > 0) attempts.add(COMPENSATION.failed)
        notUndone.add()
        return
      case 'StepOutcomeArrivedLate':
        late.add(RETRY[event.data.phase])
        return
      default:
        return
    }
  }

  return {
    committed(events) {
      for (const { event, recorded } of ownRunEvents(events)) count(event, recorded)
    },
  }
}
