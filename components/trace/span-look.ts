import type { LucideIcon } from 'lucide-react'
import { STATES, type StateFamily, type UiStatus } from '@/components/ui/state'
import type { Span, SpanOutcome } from '@/core/trace'

export interface SpanLook {
  readonly family: StateFamily
  readonly Icon: LucideIcon
  /** What became of it, in a sentence's middle. */
  readonly word: string
}

const look = (status: UiStatus, word: string): SpanLook => ({
  family: STATES[status].family,
  Icon: STATES[status].Icon,
  word,
})

const LOOKS: Readonly<Record<SpanOutcome, SpanLook>> = {
  open: look('running', 'going on'),
  succeeded: look('succeeded', 'succeeded'),
  compensated: look('compensated', 'compensated'),
  failed: look('failed', 'failed'),
  'timed-out': look('timed-out', 'timed out, outcome unknown'),
  unknown: look('unknown', 'outcome unknown'),
  late: look('unknown', 'came late'),
  skipped: look('skipped', 'skipped'),
  abandoned: look('cancelled', 'given up with what it stood in'),
}
const WAITS = look('waiting', 'waiting')
const WAITED = look('succeeded', 'waited')
const UNDOES = look('compensating', 'compensating')
const NOT_UNDONE = look('compensation-failed', 'failed')

/** Icon, colour and word of a span. */
export function spanLook({ kind, phase, outcome }: Span): SpanLook {
  if (kind === 'wait' && outcome === 'open') return WAITS
  if (kind === 'wait' && outcome === 'succeeded') return WAITED
  if (phase === 'compensation' && outcome === 'open') return UNDOES
  if (phase === 'compensation' && outcome === 'failed') return NOT_UNDONE
  return LOOKS[outcome]
}

/** The run in which it happened, when this one is a fork of it and has taken it over. */
export function takenOverFrom({ attributes }: Span): string | null {
  const from = attributes['saga.taken_over_from']
  return typeof from === 'string' ? from : null
}
