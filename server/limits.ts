/** Every limit that a stranger can meet on the server, in one place. Sizes in bytes, times in ms. */
export const LIMITS = {
  bodyBytes: 1024 * 1024,
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
  codeTimeMs: 250,
  /** Polls of QuickJS's interrupt handler: repeatable where time is not. ~200 per million loop iterations. */
  codeFuelPolls: 20_000,
  codeMemoryBytes: 64 * 1024 * 1024,
  codeSourceBytes: 64 * 1024,
  codeResultBytes: 1024 * 1024,
  commandRetries: 5,
} as const
