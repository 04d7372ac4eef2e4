import type { ErrorCode } from '../errors'
import type { Json } from '../json'
import type { Result } from '../result'

/**
 * User code is JavaScript function expressions, each under an id (its path in the design:
 * `aggregate.Order.decide.ConfirmOrder`). A program is all the functions of one design version.
 * @see docs/semantics.md#user-code
 */
export interface CodeProgram {
  readonly functions: Readonly<Record<string, string>>
}

/** The part of an event that user code sees. `evolve` sees type and data alone. */
export interface CodeEvent {
  readonly type: string
  readonly data: Json
  readonly version?: number
  readonly position?: number
  readonly recordedAt?: number
  readonly streamId?: string
  readonly schemaVersion?: number
  /** Upcasters that lift its data, in order. They are called where it is read; user code sees what they gave. */
  readonly lift?: readonly string[]
}

/** A command as `decide` sees it. `at` is epoch ms: time comes in with the command. */
export interface CodeCommand {
  readonly type: string
  readonly payload: Json
  readonly at: number
  readonly commandId: string
}

/** A business rule as it is put before a command. */
export interface CodeRule {
  readonly id: string
  readonly fn: string
  /** What a refusal by it is called, whatever its code says. */
  readonly code?: string
  /** Why it refuses, when its code does not say. */
  readonly message: string
}

/** `event type → function id`. A type with no entry leaves the state (or row) as it is. */
export type Handlers = Readonly<Record<string, string>>

/** One crossing into the sandbox. Each names functions of the program by id. */
export type CodeCall =
  /** Calls one function. → its return value; or, when it returned `fail(code, message)`, a `failed` value. */
  | { readonly kind: 'call'; readonly fn: string; readonly args: readonly Json[] }
  /** Left fold. → `{ state }`; `every: true` → `{ states }`, one after each event. */
  | {
      readonly kind: 'fold'
      readonly evolve: Handlers
      readonly state: Json
      readonly events: readonly CodeEvent[]
      readonly every?: boolean
    }
  /** Fold, ask the rules in order, decide, and where something was decided whether it has ended; fold that. → HandleAnswer */
  | {
      readonly kind: 'handle'
      readonly evolve: Handlers
      /** Refuses whatever led to events, as said here, once the function says true of the state before them. */
      readonly terminal?: { readonly fn: string; readonly code: string; readonly message: string }
      readonly rules?: readonly CodeRule[]
      readonly decide: string
      readonly state: Json
      readonly events: readonly CodeEvent[]
      readonly command: CodeCommand
    }
  /** Each rule by itself, whatever the others say. → `{ verdicts }`, one for each */
  | {
      readonly kind: 'rules'
      readonly rules: readonly CodeRule[]
      readonly state: Json
      readonly command: CodeCommand
    }
  /** → `{ keys }`: for each event the row key it concerns, or null to ignore it. */
  | {
      readonly kind: 'keys'
      readonly key: string
      readonly on: Handlers
      readonly events: readonly CodeEvent[]
    }
  /** Folds events into rows. `keys[i]` is the key of `events[i]`. → ProjectAnswer */
  | {
      readonly kind: 'project'
      readonly on: Handlers
      readonly rows: Readonly<Record<string, Json>>
      readonly events: readonly CodeEvent[]
      readonly keys: readonly (string | null)[]
    }
  /** Compiles functions without running their bodies; all of the program's unless `fns` names some. → `{ faults }` */
  | { readonly kind: 'check'; readonly fns?: readonly string[] }

/** What `call` gives: a JSON value, or the failure the function named with `fail(code, message)`. */
export type CallAnswer =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

export type HandleAnswer =
  | {
      readonly kind: 'accepted'
      readonly before: Json
      readonly events: readonly { readonly type: string; readonly data: Json }[]
      readonly state: Json
    }
  | {
      readonly kind: 'rejected'
      readonly before: Json
      readonly code: string
      readonly message: string
      /** The rule that refused; without one it was `decide`, or the aggregate has ended. */
      readonly rule?: string
    }

/** What one rule says of a command. */
export type RuleVerdict =
  | { readonly kind: 'holds' }
  | { readonly kind: 'refuses'; readonly code: string; readonly message: string }
  | { readonly kind: 'fault'; readonly fault: CodeFault }

/** Rows that changed (null = deleted), up to the first event whose handler failed, if one did. */
export interface ProjectAnswer {
  readonly rows: Readonly<Record<string, Json>>
  readonly fault?: CodeFault & { readonly eventIndex: number }
}

/** What went wrong in user code, at its own line (1-based, counted in the function's own source). */
export interface CodeFault {
  readonly code: Extract<ErrorCode, `CODE_${string}`>
  readonly message: string
  readonly fn?: string
  readonly line?: number
  readonly column?: number
}

export interface CodeAnswers {
  readonly call: CallAnswer
  readonly fold: { readonly state: Json; readonly states?: readonly Json[] }
  readonly handle: HandleAnswer
  readonly rules: { readonly verdicts: readonly RuleVerdict[] }
  readonly keys: { readonly keys: readonly (string | null)[] }
  readonly project: ProjectAnswer
  readonly check: { readonly faults: readonly CodeFault[] }
}

/**
 * Runs user code: in worker_threads on the server, in a Web Worker in the page; the same bytes in both.
 * Never throws for what user code does: that is a CodeFault.
 */
export interface CodeRunner {
  run<C extends CodeCall>(program: CodeProgram, call: C): Promise<Result<CodeAnswers[C['kind']], CodeFault>>
  /** Ends the workers. Calls under way answer CODE_TIMEOUT. */
  close(): Promise<void>
}
