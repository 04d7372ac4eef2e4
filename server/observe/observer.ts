import type { CodeCall, CodeFault } from '@/core/code/contract'
import type { RecordedEvent } from '@/core/log/event'

/** One answered HTTP request. Bounded where it becomes a label: a route is a line of the table, not an address. */
export interface RequestFacts {
  readonly requestId: string
  readonly method: string
  /** `/api/runs/{id}`, `pages`, `/metrics`; null when nothing is there. */
  readonly route: string | null
  readonly status: number
  readonly tookMs: number
  /** The client was gone before the answer was. */
  readonly aborted: boolean
  readonly runId: string | null
  readonly designId: string | null
}

/**
 * What the workbench tells of itself, in passing: each call is synchronous and cheap. Where nobody observes, nothing is
 * wrapped and nothing is called.
 */
export interface Observer {
  /** One commit is on disk: its events, ascending. */
  committed?(events: readonly RecordedEvent[]): void
  /** An append was acknowledged, so long after it was asked for. */
  appended?(tookMs: number): void
  /** An append was refused: the literal code of why. */
  appendRefused?(code: string): void
  /** User code was run. `fault` null: it gave a result. */
  ranCode?(kind: CodeCall['kind'], fault: CodeFault['code'] | null, tookMs: number): void
  answered?(facts: RequestFacts): void
}

/**
 * Tells each of them, in this order. One that throws is a defect of ours and must not undo what it looks at: a commit
 * that is on disk would be told as a failure.
 */
export function observers(all: readonly Observer[], onDefect: (error: unknown) => void): Observer {
  function each(tell: (one: Observer) => void): void {
    for (const one of all) {
      try {
        tell(one)
      } catch (error) {
        onDefect(error)
      }
    }
  }
  return {
    committed: (events) => each((one) => one.committed?.(events)),
    appended: (tookMs) => each((one) => one.appended?.(tookMs)),
    appendRefused: (code) => each((one) => one.appendRefused?.(code)),
    ranCode: (kind, fault, tookMs) => each((one) => one.ranCode?.(kind, fault, tookMs)),
    answered: (facts) => each((one) => one.answered?.(facts)),
  }
}
