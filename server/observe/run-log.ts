import type { Level, Logger } from 'pino'
import type { SagaEvent, SagaEventType } from '@/core/saga'
import type { Observer } from './observer'
import { ownRunEvents } from './own-events'

/**
 * How loud each event of a run is. `info` is what somebody who looks after it wants to have read: what turned runs round,
 * what people did. A run that goes well is told of by `debug`, and its steps by `trace`.
 */
const LEVELS: Readonly<Partial<Record<SagaEventType, Level>>> = {
  SagaStarted: 'debug',
  SagaCompleted: 'debug',
  SagaCompensated: 'info',
  SagaFailed: 'warn',
  SagaCompensating: 'info',
  SagaSuspended: 'warn',
  SagaResumed: 'info',
  SagaForked: 'info',
  OperatorActed: 'info',
  ApprovalDecided: 'info',
  FaultInjected: 'info',
  StepFailed: 'info',
  CompensationFailed: 'warn',
  StepAttemptFailed: 'debug',
  StepTimedOut: 'debug',
  CompensationAttemptFailed: 'debug',
  StepOutcomeArrivedLate: 'debug',
  StepStarted: 'trace',
  StepCompleted: 'trace',
  CompensationStarted: 'trace',
  CompensationCompleted: 'trace',
}

/** One line for each event of a run that is loud enough, and for each request. Codes and ids; no payload, no message. */
export function runLog(log: Logger): Observer {
  // The level is set once; an event that is not written costs one look.
  const written = new Map(
    Object.entries(LEVELS).filter(([, level]) => log.isLevelEnabled(level)) as [SagaEventType, Level][],
  )
  return {
    committed(events) {
      for (const { event, recorded, runId } of ownRunEvents(events)) {
        const level = written.get(event.type)
        if (level === undefined) continue
        const { designId, version, metadata } = recorded
        const { correlationId, causationId } = metadata
        log[level]({ runId, designId, correlationId, causationId, seq: version, ...facts(event) }, event.type)
      }
    },
    appendRefused(code) {
      // A conflict is decided again: it is the everyday life of an aggregate.
      if (code !== 'WRONG_EXPECTED_VERSION') log.warn({ code }, 'an append was refused')
    },
    answered({ tookMs, aborted, ...request }) {
      const level = request.status >= 500 ? 'error' : request.status === 429 ? 'warn' : 'debug'
      if (!log.isLevelEnabled(level)) return
      const ids = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== null))
      log[level](
        { ...ids, tookMs: Math.round(tookMs * 100) / 100, ...(aborted ? { aborted } : {}) },
        'request',
      )
    },
  }
}

/** What of an event's data may stand in a log: where it is, which try, by what name it failed, and who did it. */
function facts({ type, data }: SagaEvent): Readonly<Record<string, unknown>> {
  return {
    ...('nodeId' in data && data.nodeId !== null ? { node: data.nodeId } : {}),
    ...('attempt' in data ? { attempt: data.attempt } : {}),
    ...('phase' in data ? { phase: data.phase } : {}),
    ...('error' in data && data.error ? { code: data.error.code, kind: data.error.kind } : {}),
    ...('unknown' in data && data.unknown ? { outcome: 'unknown' } : {}),
    ...(type === 'SagaStarted'
      ? { saga: data.saga, mode: data.mode, designVersion: data.designVersion }
      : {}),
    ...(type === 'SagaSuspended' ? { why: data.reason } : {}),
    ...(type === 'SagaFailed' ? { notUndone: data.notUndone } : {}),
    ...(type === 'OperatorActed' ? { action: data.action, by: data.by } : {}),
    ...(type === 'SagaForked' ? { by: data.by } : {}),
    ...(type === 'ApprovalDecided' ? { approved: data.approved, by: data.by } : {}),
    ...(type === 'FaultInjected' ? { fault: data.fault } : {}),
  }
}
