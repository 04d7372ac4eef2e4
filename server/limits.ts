/**
 * Every limit that a stranger can meet on the server, in one place. Sizes in bytes, times in ms. Those of the sandbox
 * are in core/code/limits.ts and those of a design in core/design/limits.ts: the page has the same.
 */
export const LIMITS = {
  bodyBytes: 1024 * 1024,
  /** Lists and objects within each other. User code may go as deep. */
  bodyDepth: 100,
  listDefault: 50,
  listMost: 500,
  /** Places named in one refusal: a body of a mebibyte can be wrong in hundreds of thousands. */
  issuesMost: 100,
  readMost: 1_000,
  /** Rows the writer puts into one transaction. */
  commitRows: 1_000,
  subscriptionsPerSocket: 64,
  socketMessageBytes: 64 * 1024,
  socketBatchMs: 16,
  /** A socket with more than this unsent is resynchronized from the log. */
  socketBacklogEvents: 5_000,
  socketBacklogMessages: 256,
  /** Events in one live message. */
  socketMessageEvents: 500,
  /** Decisions of one run that need nobody outside and share an append. */
  decisionsPerAppend: 64,
  /** After this long a run appends what it has come to, and goes on in its next turn. */
  turnMs: 20,
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
