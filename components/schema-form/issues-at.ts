import type { Issue } from '@/core/errors'

/** The issues of one member, their paths made relative to it. */
export function issuesUnder(issues: readonly Issue[], key: string | number): readonly Issue[] {
  return issues
    .filter((issue) => String(issue.path[0]) === String(key) && issue.path.length > 0)
    .map((issue) => ({ ...issue, path: issue.path.slice(1) }))
}

/** What is wrong with this very value, in one line. */
export function issueHere(issues: readonly Issue[]): string | undefined {
  const here = issues.filter((issue) => issue.path.length === 0)
  return here.length === 0 ? undefined : here.map((issue) => issue.message).join('; ')
}

/** For a value shown as one text: everything wrong in it, with where. */
export function issuesWithin(issues: readonly Issue[]): string | undefined {
  if (issues.length === 0) return undefined
  return issues
    .map((issue) => (issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`))
    .join('; ')
}
