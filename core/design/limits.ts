/** What a design document may hold at most. A stranger can send one: every list and text has an end. */
export const DESIGN_LIMITS = {
  documentBytes: 1024 * 1024,
  nodesPerSaga: 300,
  edgesPerSaga: 600,
  sagas: 50,
  services: 100,
  operationsPerService: 100,
  aggregates: 50,
  commandsPerAggregate: 100,
  eventsPerAggregate: 100,
  rulesPerAggregate: 100,
  queriesPerProjection: 50,
  projections: 50,
  policies: 100,
  scenarios: 200,
  scenarioEvents: 1_000,
  scenarioExpectedEvents: 500,
  codeChars: 20_000,
  textChars: 10_000,
  /** Of a regular expression in a JSON Schema. */
  patternChars: 200,
  /** What checking one value against a JSON Schema may take: about a third of a second. */
  schemaSteps: 1_000_000,
  /** Mistakes that are told of one value. */
  schemaIssues: 100,
  branches: 20,
  errorsPerOperation: 50,
  urlChars: 2_000,
  headers: 50,
  /** The longest that one real call may take, ms. */
  httpTimeoutMs: 120_000,
  httpRedirects: 5,
  /** Lists and objects within each other in what a real call answers. */
  answerDepth: 100,
  retryRules: 10,
  /** Items a map may have in one run. */
  mapItems: 1_000,
  /** Nodes that a run unfolds into, rounds and sagas within it counted; asked before more are begun. */
  runNodes: 2_000,
  /** Sagas within sagas, the outermost counted. */
  sagaDepth: 8,
  maxAttempts: 1_000,
  /** 366 days in ms: the longest timeout, wait or interval. */
  durationMs: 366 * 24 * 3_600_000,
} as const
