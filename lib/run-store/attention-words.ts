import { assertNever } from '@/core/result'
import type { Attention } from '@/core/saga'

const SUSPENDED: Readonly<Record<Extract<Attention, { why: 'suspended' }>['reason'], string>> = {
  paused: 'Paused by a person',
  'retries-exhausted': 'Retries used up',
  'pivot-unknown': 'Nobody knows whether the pivot was done',
  'failed-after-pivot': 'Failed after the pivot, where nothing is undone',
}

/**
 * What a run waits for, in a person's words.
 * @param name what a node is called
 */
export function attentionWords(one: Attention, name: (nodeId: string) => string): string {
  switch (one.why) {
    case 'suspended': {
      const about = one.nodeId === null ? '' : `: ${name(one.nodeId)}`
      return `${SUSPENDED[one.reason]}${about}${one.error === null ? '' : ` (${one.error})`}`
    }
    case 'approval':
      return `To decide: ${one.message ?? name(one.nodeId)}`
    case 'held':
      return `Held before ${name(one.nodeId)}${one.phase === 'compensation' ? ' is undone' : ''}`
    case 'not-undone':
      return `Not undone: ${name(one.nodeId)}${one.error === null ? '' : ` (${one.error})`}`
    case 'signal':
      return `Waits for the signal ${one.signal}`
    default:
      return assertNever(one)
  }
}
