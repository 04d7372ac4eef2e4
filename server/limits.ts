import { CODE_LIMITS } from '@/core/code/limits'

/** Every limit that a stranger can meet on the server, in one place. Sizes in bytes, times in ms. */
export const LIMITS = {
  bodyBytes: 1024 * 1024,
  /** Lists and objects within each other. User code may go as deep. */
  bodyDepth: 100,
  listDefault: 50,
  listMost: 500,
  readMost: 1_000,
  /** Rows the writer puts into one transaction. */
  commitRows: 1_000,
  eventBytes: 256 * 1024,
  subscriptionsPerSocket: 64,
  socketMessageBytes: 64 * 1024,
  socketBatchMs: 16,
  /** A socket with more than this unsent is resynchronized from the log. */
  socketBacklogEvents: 5_000,
  socketBacklogMessages: 256,
  /** Events in one live message. */
  socketMessageEvents: 500,
  /** The sandbox's own limits live in core/code/limits.ts: the page has the same. */
  codeTimeMs: CODE_LIMITS.timeMs,
  codeFuelPolls: CODE_LIMITS.fuelPolls,
  codeMemoryBytes: CODE_LIMITS.memoryBytes,
  codeSourceBytes: CODE_LIMITS.sourceBytes,
  codeResultBytes: CODE_LIMITS.resultBytes,
  commandRetries: 5,
  /** Pause before a projection that met a store fault tries again. */
  projectionRetryMs: 1_000,
  /** Rows that are filtered and sorted in memory. */
  sortedRows: 5_000,
  /** Events a projection folds in one transaction. */
  projectionBatch: 500,
  /** Longest pause between tries of a run that cannot be stored. */
  storeRetryMs: 5_000,
} as const
