import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'

/** A finding in a piece of code, as the sandbox gives it. */
export interface CodeDiagnostic {
  /** 1-based. */
  readonly line: number
  /** 1-based; without one the whole line is marked. */
  readonly column?: number
  readonly message: string
  readonly severity: 'error' | 'warning'
}

/** Places findings in a text that may have been edited since they were made: what lies outside goes to the nearest place. */
export function placeDiagnostics(text: Text, found: readonly CodeDiagnostic[]): Diagnostic[] {
  return found
    .map(({ line: number, column, message, severity }): Diagnostic => {
      const line = text.line(Math.min(Math.max(1, Math.trunc(number) || 1), text.lines))
      const start = column === undefined ? line.from : Math.min(line.from + Math.max(0, column - 1), line.to)
      // a mark of no width cannot be seen: it takes the character before the end of the line
      const from = column !== undefined && start === line.to ? Math.max(line.from, start - 1) : start
      return { from, to: line.to, message, severity }
    })
    .sort((a, b) => a.from - b.from)
}
