import type { RunMode } from '@/core/saga'

/** How a run goes, in a person's words. */
export const MODE_WORDS: Readonly<Record<RunMode, string>> = {
  live: 'Live',
  virtual: 'Virtual',
  manual: 'Step by step',
}

/** How fast a live run's clock may go, beside the one on the wall. */
export const PACES = [0.5, 1, 2, 10, 100] as const
