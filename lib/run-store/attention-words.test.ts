import { describe, expect, it } from 'vitest'
import type { Attention } from '@/core/saga'
import { attentionWords } from './attention-words'

const words = (one: Attention) => attentionWords(one, (id) => `<${id}>`)

describe('what a run waits for', () => {
  it.each<readonly [Attention, string]>([
    [{ why: 'suspended', reason: 'paused', nodeId: null, error: null }, 'Paused by a person'],
    [
      { why: 'suspended', reason: 'retries-exhausted', nodeId: 'ship', error: 'Down' },
      'Retries used up: <ship> (Down)',
    ],
    [{ why: 'approval', nodeId: 'ok', message: 'Over 1,000?', expiresAt: null }, 'To decide: Over 1,000?'],
    [{ why: 'approval', nodeId: 'ok', message: null, expiresAt: null }, 'To decide: <ok>'],
    [{ why: 'held', nodeId: 'pay', phase: 'action' }, 'Held before <pay>'],
    [{ why: 'held', nodeId: 'pay', phase: 'compensation' }, 'Held before <pay> is undone'],
    [{ why: 'not-undone', nodeId: 'pay', error: null }, 'Not undone: <pay>'],
    [{ why: 'signal', nodeId: 's', signal: 'Paid', expiresAt: 5 }, 'Waits for the signal Paid'],
  ])('%o is told as "%s"', (one, said) => {
    expect(words(one)).toBe(said)
  })
})
