import type { CodeDiagnostic } from '@/components/ui/code-diagnostics'
import type { Problem } from '@/core/design/problem'

type Path = readonly (string | number)[]

/** Problems of one place of the document, or of anything inside it. */
export function problemsUnder(problems: readonly Problem[], path: Path): readonly Problem[] {
  return problems.filter((problem) => path.every((part, at) => problem.path[at] === part))
}

/** All of them in one line for beneath a field; a code problem says its line. */
export function problemText(problems: readonly Problem[]): string | undefined {
  if (problems.length === 0) return undefined
  return problems
    .map(({ message, line }) => (line === undefined ? message : `Line ${line}: ${message}`))
    .join('; ')
}

/** Problems as the code editor marks them; one without a line stands at the first. */
export function diagnosticsOf(problems: readonly Problem[]): readonly CodeDiagnostic[] {
  return problems.map(({ message, line, column, severity }) => ({
    line: line ?? 1,
    ...(column === undefined ? {} : { column }),
    message,
    severity: severity === 'error' ? 'error' : 'warning',
  }))
}
