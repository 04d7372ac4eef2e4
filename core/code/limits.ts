/** What one piece of user code may use. The same in page and server, or the preview would lie. */
export interface CodeLimits {
  /** Run time of one call on the wall clock; boot and load of the sandbox not counted. */
  readonly timeMs: number
  /**
   * Polls of QuickJS's interrupt handler per call: repeatable where time is not. ~200 per million loop
   * iterations. Low enough that a plain endless loop runs out of fuel before it runs out of time, even in
   * WebAssembly that V8 has not optimised yet (~0.5 ms a poll; ~0.05 ms once it has).
   */
  readonly fuelPolls: number
  /** The most the sandbox's WebAssembly.Memory may grow to. */
  readonly memoryBytes: number
  /** A sandbox that has grown past this is replaced after the call: WebAssembly memory never shrinks. */
  readonly memoryKeptBytes: number
  /**
   * QuickJS's own stack. Small, so that QuickJS reports the overflow (as an error the code can have) before
   * the host's stack does (which ruins the sandbox). Holds ~340 plain recursive calls.
   */
  readonly stackBytes: number
  /** Source of one function, in UTF-16 units. */
  readonly sourceBytes: number
  /** One value that leaves the sandbox (a state, a row, an event's data), as JSON text in UTF-16 units. */
  readonly resultBytes: number
  /** Loading a worker or a program: only a guard against a host that hangs. */
  readonly bootMs: number
  /** Events that cross at once; a longer fold crosses several times. Fuel and time count per crossing. */
  readonly eventsPerCrossing: number
}

export const CODE_LIMITS: CodeLimits = {
  timeMs: 250,
  fuelPolls: 300,
  memoryBytes: 64 * 1024 * 1024,
  memoryKeptBytes: 24 * 1024 * 1024,
  stackBytes: 64 * 1024,
  sourceBytes: 64 * 1024,
  resultBytes: 1024 * 1024,
  bootMs: 10_000,
  eventsPerCrossing: 256,
}

/** What a refusal, `reject(code, message)` or `fail(code, message)`, carries at most; the rest is cut off. */
export const REFUSAL_LIMITS = { codeChars: 200, messageChars: 2_000 } as const
