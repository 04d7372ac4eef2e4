import type { Phase } from '@/core/saga'
import type { SegmentOutcome } from '@/lib/run-store/timeline-rows'

export interface SegmentLook {
  /** CSS colour. */
  readonly colour: string
  readonly fill: 'solid' | 'soft' | 'hatched' | 'none'
  readonly dashed: boolean
  /** Stands in the bar, so that colour never speaks alone. */
  readonly sign: string
  readonly word: string
}

const look = (
  family: string,
  fill: SegmentLook['fill'],
  sign: string,
  word: string,
  dashed = false,
): SegmentLook => ({
  colour: `var(--state-${family})`,
  fill,
  sign,
  word,
  dashed,
})

const ACTION: Readonly<Record<SegmentOutcome, SegmentLook>> = {
  running: look('running', 'soft', '…', 'running'),
  succeeded: look('succeeded', 'soft', '✓', 'succeeded'),
  failed: look('failed', 'soft', '×', 'failed'),
  'timed-out': look('unknown', 'soft', '?', 'timed out, outcome unknown'),
  unknown: look('unknown', 'soft', '?', 'outcome unknown'),
  skipped: look('pending', 'none', '–', 'skipped', true),
  waiting: look('pending', 'none', '', 'waiting', true),
  backoff: look('running', 'none', '', 'waiting for the next attempt', true),
  late: look('unknown', 'soft', '?', 'answered late'),
}

const COMPENSATION: Readonly<Record<SegmentOutcome, SegmentLook>> = {
  ...ACTION,
  running: look('compensating', 'soft', '↶', 'compensating'),
  succeeded: look('compensating', 'hatched', '↶', 'compensated'),
  backoff: look('compensating', 'none', '', 'waiting for the next attempt', true),
}

export const segmentLook = (phase: Phase, outcome: SegmentOutcome): SegmentLook =>
  (phase === 'compensation' ? COMPENSATION : ACTION)[outcome]
