/**
 * Every fault the workbench names, and the HTTP status it becomes. One table; nothing branches on a message.
 * A code is part of the interface: tests name each one.
 */
export const ERROR_STATUS = {
  // what a caller sent
  INVALID_BODY: 400,
  INVALID_JSON: 400,
  INVALID_QUERY: 400,
  INVALID_ID: 400,
  INVALID_IF_MATCH: 400,
  INVALID_IDEMPOTENCY_KEY: 400,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  METHOD_NOT_ALLOWED: 405,
  ROUTE_NOT_FOUND: 404,
  TOO_MANY_REQUESTS: 429,
  FORBIDDEN_ORIGIN: 403,
  HOST_NOT_ALLOWED: 403,
  // the design document
  UNSUPPORTED_FORMAT_VERSION: 422,
  DESIGN_INVALID: 422,
  DESIGN_NOT_RUNNABLE: 422,
  DESIGN_NOT_FOUND: 404,
  DESIGN_HAS_RUNNING_RUNS: 409,
  STALE_VERSION: 412,
  PRECONDITION_REQUIRED: 428,
  TEMPLATE_NOT_FOUND: 404,
  IDEMPOTENCY_KEY_REUSED: 422,
  IDEMPOTENCY_KEY_IN_USE: 409,
  // sagas
  SAGA_NOT_FOUND: 404,
  RUN_NOT_FOUND: 404,
  RUN_INPUT_INVALID: 422,
  RUN_ENDED: 409,
  ACTION_REFUSED: 409,
  NODE_NOT_FOUND: 404,
  SEQ_OUT_OF_RANGE: 404,
  FORK_DIVERGES: 409,
  FORK_ENDED: 409,
  RUN_NOT_FAILED: 409,
  // aggregates and projections
  AGGREGATE_NOT_FOUND: 404,
  COMMAND_NOT_FOUND: 404,
  COMMAND_PAYLOAD_INVALID: 422,
  COMMAND_REJECTED: 422,
  COMMAND_CONFLICT: 409,
  VERSION_OUT_OF_RANGE: 404,
  POSITION_OUT_OF_RANGE: 404,
  FOLD_TOO_LONG: 422,
  PROJECTION_NOT_FOUND: 404,
  PROJECTION_ACTION_REFUSED: 409,
  PROJECTION_BEHIND: 409,
  QUERY_NOT_FOUND: 404,
  QUERY_PARAMS_INVALID: 422,
  QUERY_TOO_LARGE: 422,
  QUERY_REFUSED: 422,
  STREAM_NOT_FOUND: 404,
  EVENT_NOT_FOUND: 404,
  // policies
  POLICY_NOT_FOUND: 404,
  POLICY_ACTION_REFUSED: 409,
  POLICY_CHAIN_TOO_LONG: 422,
  SCENARIO_NOT_FOUND: 404,
  // user code
  CODE_SYNTAX: 422,
  CODE_THREW: 422,
  CODE_TIMEOUT: 422,
  CODE_OUT_OF_FUEL: 422,
  CODE_OUT_OF_MEMORY: 422,
  CODE_RESULT_NOT_JSON: 422,
  CODE_RESULT_INVALID: 422,
  CODE_FUNCTION_NOT_FOUND: 422,
  // real calls: of the steps that make them
  HTTP_REQUEST_INVALID: 422,
  HTTP_ADDRESS_REFUSED: 422,
  HTTP_ANSWER_TOO_LARGE: 422,
  // the log
  WRONG_EXPECTED_VERSION: 409,
  MESSAGE_ID_REUSED: 409,
  LOG_GAP: 500,
  // a log from a file: `line` says where
  LOG_NOT_EMPTY: 409,
  RUN_IMPORTED: 409,
  IMPORT_TOO_LARGE: 413,
  IMPORT_LINE_TOO_LONG: 413,
  IMPORT_HEADER_INVALID: 422,
  IMPORT_LINE_INVALID: 422,
  IMPORT_POSITION_ORDER: 422,
  IMPORT_TIME_ORDER: 422,
  IMPORT_VERSION_GAP: 422,
  IMPORT_MESSAGE_TWICE: 422,
  IMPORT_RUN_INVALID: 422,
  IMPORT_DESIGN_MISMATCH: 422,
  IMPORT_INCOMPLETE: 422,
  CORRUPT_EVENT: 500,
  STORE_UNAVAILABLE: 503,
  STORE_FULL: 507,
  STORE_DAMAGED: 500,
  LEASE_HELD: 503,
  LEASE_LOST: 503,
  MIGRATION_EDITED: 500,
  MIGRATION_FAILED: 500,
  // the server
  ENV_INVALID: 500,
  ENGINE_STOPPED: 503,
  TOPIC_INVALID: 400,
  TOPIC_NOT_FOUND: 404,
  TOO_MANY_SUBSCRIPTIONS: 429,
  INTERNAL: 500,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

/** One problem at one place of a document or body. `path` is as zod gives it: `['sagas', 0, 'nodes', 3]`. */
export interface Issue {
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly code?: string
}

/** A fault with a literal code. Its message says what to do about it. */
export class WorkbenchError extends Error {
  override readonly name: string = 'WorkbenchError'
  constructor(
    readonly code: ErrorCode,
    message: string,
    /** Extra members of the problem document: versions, issues, rejections. JSON only. */
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** True for a WorkbenchError even when it comes from another bundle of the same code. */
export function isWorkbenchError(error: unknown): error is WorkbenchError {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code in ERROR_STATUS
  )
}
