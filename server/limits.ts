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
  /** Events that one call looks at when it searches a log, and those in one slice, after which others have their turn. */
  logScanEvents: 100_000,
  logSliceEvents: 10_000,
  /** Slices of a log that take longer than this are made smaller. */
  logSliceMs: 10,
  /** Events or positions in one slice, and positions in one answer. */
  logSliceItems: 2_000,
  logMatches: 10_000,
  /** Positions that one call may name. */
  logPositions: 200,
  /** A log from a file. A line may hold a whole design document. */
  importBytes: 1024 * 1024 * 1024,
  importLines: 1_000_000,
  importsAtOnce: 2,
  importLineBytes: 2 * 1024 * 1024,
  /** Runs of a file that have not ended, all held at once while they are folded. */
  importOpenRuns: 20_000,
  /** Events of a file may be so far ahead of this server's clock. */
  importClockSkewMs: 60_000,
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
  commandRetries: 5,
  /** Commands to one instance that may wait for each other. */
  commandsInTurn: 1_000,
  /** Instances of aggregates whose state is held in memory, and what their states and last events come to as text. */
  heldAggregates: 10_000,
  heldAggregateCharacters: 16 * 1024 * 1024,
  /** Pause before a projection that met a store fault tries again. */
  projectionRetryMs: 1_000,
  /** Rows of a projection that are searched through for one page of a filter or a sort. */
  searchedRows: 50_000,
  filterChars: 2_000,
  filterConditions: 20,
  sortFields: 4,
  /** Rows that a query handler is given, and their JSON in UTF-16 units. */
  queryRows: 5_000,
  queryChars: 2 * 1024 * 1024,
  /** How long the start of a run may wait for its end. */
  runWaitMs: 60_000,
  /** How long a read waits for a projection to come to a position, unless it says, and at most. */
  readWaitMs: 5_000,
  readWaitMostMs: 30_000,
  /** What one check of a design's data reads at most; it says so when there was more. */
  checkEvents: 50_000,
  checkStreams: 2_000,
  checkSnapshots: 2_000,
  checkRows: 50_000,
  /** Events a projection folds in one transaction. */
  projectionBatch: 500,
  /** Things a run waits for that its row in the list names; it counts them all. */
  attentionPerRun: 20,
  /** Runs that wait for somebody and are kept folded for the list; others are folded again when something happens. */
  watchedRunsHeld: 500,
  /** Events a policy reads at a time, and deliveries of it that are remembered. */
  policyBatch: 100,
  policyRecent: 20,
  /** Positions that a policy may read again when the workbench comes back. */
  policyReadAgain: 1_000,
  /** Pause before a policy that could not be heard (a store fault, too much waiting) tries again. */
  policyRetryMs: 1_000,
  /** Events in a causation graph, and events of a story that are read to find them. */
  causationDefault: 200,
  causationMost: 500,
  causationScanned: 5_000,
  /** Longest pause between tries of a run that cannot be stored. */
  storeRetryMs: 5_000,
  /** What a real call of a step may send, and what it may be answered with. */
  httpRequestBytes: 1024 * 1024,
  httpAnswerBytes: 256 * 1024,
  httpHeaderBytes: 16 * 1024,
  /** The longest a real call takes, and how long one takes that does not say. */
  httpTimeoutMs: 120_000,
  httpDefaultTimeoutMs: 30_000,
  httpRedirects: 5,
  /** Real calls under way in one engine; the others wait, and nothing of them is sent. */
  httpCallsAtOnce: 256,
  /** Effects under way: code in the sandbox, a command being decided. The others wait in turn, a lane a design. */
  effectsAtOnce: 1_024,
  effectsAtOncePerDesign: 256,
  /** Effects that may wait before no new run is taken. */
  backlog: 10_000,
  backlogPerDesign: 2_000,
  /** Runs read from the log at once, to go on with them. */
  runLoadsAtOnce: 16,
  /** A run that has had nothing to do for so long, and has nothing to do for as long, is let go of. */
  idleRunMs: 30_000,
  /** Ended runs are archived after so long. */
  archiveAfterDays: 30,
  /** Runs archived in one transaction, and how long until it is looked again for more. */
  archiveBatch: 500,
  archiveEveryMs: 60 * 60 * 1000,
  /** The longest that one call may run scenarios, and how many such calls at once. */
  scenariosMs: 20_000,
  scenarioCallsAtOnce: 4,
  /** A server that gives no sign of life for so long may lose the database to another. */
  leaseTtlMs: 10_000,
} as const

/** Those of them that are settings: see server/env.ts. */
export type RunLimits = Readonly<
  Record<
    | 'effectsAtOnce'
    | 'effectsAtOncePerDesign'
    | 'backlog'
    | 'backlogPerDesign'
    | 'runLoadsAtOnce'
    | 'idleRunMs',
    number
  >
>
