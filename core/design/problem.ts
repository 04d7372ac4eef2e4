import type { CodeFault } from '../code/contract'
import type { Json } from '../json'
import type { Design } from './document'
import { codePath, type DesignPath } from './program'

/** What lint can find, and what each means. A code is part of the interface. */
export const LINT_CODES = {
  DUPLICATE_ID: 'two things in one scope have one id, so nothing can tell them apart',
  EMPTY_SAGA: 'a saga that does nothing between its start and its end',
  MISSING_START: 'a saga with no start node',
  SECOND_START: 'a saga with more than one start node',
  EDGE_INTO_START: 'an edge that leads into a start',
  EDGE_OUT_OF_END: 'an edge out of an end or a fail: nothing ever travels it',
  UNKNOWN_NODE: 'an edge from or to a node that is not there',
  DUPLICATE_EDGE: 'two edges that say the same',
  UNKNOWN_BRANCH: 'an edge with a branch its node does not have, or out of a choice with none',
  MISSING_DEFAULT_BRANCH: 'a choice with no way out when none of its branches holds',
  BRANCH_WITHOUT_EDGE: 'a branch that leads nowhere',
  CYCLE: 'edges that lead in a circle: what stands on it waits for itself',
  UNREACHABLE_NODE: 'a node that no way from the start leads to',
  DEAD_END: 'a node that leads nowhere and is not an end',
  JOIN_NEVER_COMPLETES: 'a join with an edge that is neither travelled nor dead in any run that reaches it',
  MISSING_COMPENSATION:
    'a compensatable step that cannot be undone although something may fail after or beside it, before the pivot',
  COMPENSATION_AFTER_PIVOT:
    'a step behind the pivot that is not retriable, or has a compensation that never runs',
  PIVOT_WITH_COMPENSATION: 'a pivot with a compensation, which never runs once the pivot has succeeded',
  PARALLEL_WRITES: 'two steps that may run side by side and write one key of the data',
  WAIT_WITHOUT_TIME: 'a wait that says neither how long nor until when',
  UNKNOWN_SERVICE: 'a call to a service that is not there',
  UNKNOWN_OPERATION: 'a call to an operation its service does not have',
  UNKNOWN_AGGREGATE: 'a reference to an aggregate that is not there',
  UNKNOWN_COMMAND: 'a command its aggregate does not have',
  UNKNOWN_SAGA: 'a reference to a saga that is not there',
  UNKNOWN_RULE: 'a rule that a command names and its aggregate does not have',
  REPEATED_RULE: 'a rule that a command asks for twice',
  UNUSED_RULE: 'a rule that no command asks for',
  UNKNOWN_PROJECTION: 'a reference to a projection that is not there',
  UNKNOWN_EVENT: 'an event that nobody emits, or that its aggregate does not know',
  SAGA_TOO_DEEP: 'sagas within sagas, deeper than a run may go',
  SAGA_RECURSION: 'sagas that run each other in a circle',
  POLICY_LOOP: 'policies that set each other off in a circle, with nothing that would end it',
  OPERATION_ERROR_PROBABILITY: 'errors of an operation whose probabilities add up to more than 1',
  HTTP_URL_INVALID: 'the address of a real call that is missing, or is no http or https address',
  HTTP_UNKNOWN_PARAM: 'an address that takes a value from the input which its schema does not name',
  HTTP_HEADER_INVALID: 'a header of a real call that cannot be sent, or that the workbench itself sends',
  HTTP_UNKNOWN_ERROR: 'an answer mapped to an error that the operation does not name',
  SHARED_STREAM: 'two aggregates of which instances of one would be streams of the other',
  UPCASTER_COUNT: 'an event whose upcasters do not lift every older version by one',
  UNREADABLE_SCHEMA: 'a JSON Schema that cannot be read, so that it accepts everything',
  LAYOUT_OF_UNKNOWN_NODE: 'a place on the canvas for a node that is not there',
} as const

export type LintCode = keyof typeof LINT_CODES
export type Severity = 'error' | 'warning' | 'info'

/** One change to a design document. `remove` takes no value; a list index shifts what is behind it. */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: DesignPath; readonly value: Json }
  | { readonly op: 'remove'; readonly path: DesignPath }

/** A change that solves a problem, to be applied in order, in one undo. */
export interface Fix {
  readonly title: string
  readonly patch: readonly PatchOperation[]
}

/** What is wrong with a design, and where. An error keeps the saga it concerns from running. */
export interface Problem {
  readonly code: LintCode | CodeFault['code']
  readonly severity: Severity
  readonly path: DesignPath
  readonly message: string
  readonly fix?: Fix
  /** Of code problems: 1-based, counted in the function's own source. */
  readonly line?: number
  readonly column?: number
}

/** Shorthand for the lint rules. */
export function problem(
  code: LintCode,
  severity: Severity,
  path: DesignPath,
  message: string,
  fix?: Fix,
): Problem {
  return { code, severity, path, message, ...(fix ? { fix } : {}) }
}

/**
 * Faults of user code as problems on their fields. Lint does not run code: whoever has a sandbox does, and merges.
 */
export function codeProblems(design: Design, faults: readonly CodeFault[]): readonly Problem[] {
  return faults.map(({ code, message, fn, line, column }) => ({
    code,
    severity: 'error',
    path: fn === undefined ? [] : codePath(design, fn),
    message,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  }))
}
