import type { RunSummary } from '@/core/protocol'

/** Newest first, as the server lists them. */
const newestFirst = (a: RunSummary, b: RunSummary): number =>
  b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1)

/** The list with these runs put in, each in place of what was known of it. */
export function mergeRuns(known: readonly RunSummary[], news: readonly RunSummary[]): readonly RunSummary[] {
  if (news.length === 0) return known
  const byId = new Map([...known, ...news].map((run) => [run.id, run]))
  return [...byId.values()].sort(newestFirst)
}

export interface RunFilter {
  readonly saga: string | null
  readonly status: RunSummary['status'] | null
  /** Only those that need a person. */
  readonly needsPerson: boolean
}

export const EVERY_RUN: RunFilter = { saga: null, status: null, needsPerson: false }

export const filterRuns = (
  runs: readonly RunSummary[],
  { saga, status, needsPerson }: RunFilter,
): readonly RunSummary[] =>
  runs.filter(
    (run) =>
      (saga === null || run.saga === saga) &&
      (status === null || run.status === status) &&
      (!needsPerson || run.needsPerson > 0),
  )
