import type { CheckName } from '@/core/protocol'

/** What each property says, in plain words, and how it is put to the test. */
export const CHECK_WORDS: Readonly<Record<CheckName, { readonly means: string; readonly how: string }>> = {
  command_consistency: {
    means: 'What commands wrote agrees with their aggregate.',
    how: 'Every command is in the log once, appended at the version it expected, with events the aggregate knows and data that fit their schemas.',
  },
  query_eventual_consistency: {
    means: 'Every event comes to every read model, sooner or later.',
    how: 'The events up to each checkpoint are folded from zero and compared with the rows that stand there.',
  },
  snapshot_consistency: {
    means: 'Starting from a snapshot is the same as starting from nothing.',
    how: 'Each snapshot is compared with the fold of its stream up to its version, and the rest is folded from it.',
  },
  event_sourcing_correctness: {
    means: 'Every look back in time shows a state that could be.',
    how: 'Every stream is folded event by event: no version missing, and each state on the way fits its schema.',
  },
}
