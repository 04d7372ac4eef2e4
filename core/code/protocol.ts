import type { CodeFault, CodeProgram } from './contract'
import type { CodeLimits } from './limits'

/** What a sandbox worker gets first, before anything else. */
export interface WorkerInit {
  readonly kind: 'init'
  /** Compiled once by the host: a fresh worker does not compile it again. */
  readonly wasm: WebAssembly.Module
  readonly limits: CodeLimits
}

/** Several calls in one message: a message costs more than a short call does. */
export interface WorkerBatch {
  readonly kind: 'batch'
  /** Programs this worker has not got, by number. */
  readonly programs: readonly (readonly [number, CodeProgram])[]
  /** Programs it may forget. */
  readonly forget: readonly number[]
  /** Program number and CodeCall as JSON text, to be run in this order. */
  readonly calls: readonly (readonly [number, string])[]
}

export type ToWorker = WorkerInit | WorkerBatch

/**
 * What a worker says. `booting` and `running` tell the watchdog which clock applies;
 * `answers` come in the order of the calls, in one or several messages.
 */
export type FromWorker =
  | { readonly kind: 'booting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'answers'; readonly answers: readonly string[]; readonly done: boolean }

export const refusedText = (error: CodeFault): string => JSON.stringify({ ok: false, error })
