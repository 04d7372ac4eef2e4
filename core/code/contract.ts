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

/** The part of an event that user code sees. */
export interface CodeEvent {
  readonly type: string
  readonly data: Json
  readonly version?: number
  readonly position?: number
  readonly recordedAt?: number
  readonly streamId?: string
  readonly schemaVersion?: number
}

/** A command as `decide` sees it. `at` is epoch ms: time comes in with the command. */
export interface CodeCommand {
  readonly type: string
  readonly payload: Json
  readonly at: number
  readonly commandId: string
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
  /** Fold, then decide, then fold what was decided. → HandleAnswer */
  | {
      readonly kind: 'handle'
      readonly evolve: Handlers
      readonly decide: string
      readonly state: Json
      readonly events: readonly CodeEvent[]
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
  | { readonly kind: 'rejected'; readonly before: Json; readonly code: string; readonly message: string }

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
