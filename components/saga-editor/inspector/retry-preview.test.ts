import { describe, expect, it } from 'vitest'
import { type RetryRule, retryRuleSchema } from '@/core/design/saga'
import { delaysOf, delayWords } from './retry-preview'

const rule = (parts: Partial<RetryRule>): RetryRule => retryRuleSchema.parse(parts)

describe('the preview of a retry rule', () => {
  it('gives the delays that the interpreter waits, up to the longest', () => {
    expect(delaysOf(rule({ maxAttempts: 6, maxIntervalMs: 5_000 }))).toEqual([1000, 2000, 4000, 5000, 5000])
  })

  it('draws only the first of very many', () => {
    expect(delaysOf(rule({ maxAttempts: 1000 }))).toHaveLength(12)
    expect(delaysOf(rule({ maxAttempts: 'unlimited' }))).toHaveLength(12)
  })

  it('says what a rule comes to', () => {
    expect(delayWords(rule({ maxAttempts: 1 }))).toBe('One attempt: it is not tried again.')
    expect(delayWords(rule({ maxAttempts: 3 }))).toBe(
      'Waits 1 s, 2 s: the last attempt begins 3 s after the first has failed.',
    )
    expect(delayWords(rule({ maxAttempts: 'unlimited', jitter: 'full' }))).toBe(
      'Waits up to 1 s, up to 2 s, up to 4 s, up to 8 s …, for ever.',
    )
    expect(delayWords(rule({ maxAttempts: 20, maxIntervalMs: 60_000, jitter: 'full' }))).toMatch(
      /^Waits up to 1 s, .* …: the last attempt begins up to 14 m 3 s after/,
    )
  })
})
