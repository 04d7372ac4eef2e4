import { describe, expect, it } from 'vitest'
import type { RunSummary } from '@/core/protocol'
import { EVERY_RUN, filterRuns, mergeRuns } from './runs-list'

const run = (id: string, startedAt: number, change: Partial<RunSummary> = {}): RunSummary => ({
  id,
  designId: 'd',
  designVersion: 1,
  saga: 'order',
  mode: 'live',
  status: 'running',
  startedAt,
  endedAt: null,
  error: null,
  gist: '',
  archived: false,
  attention: [],
  needsPerson: 0,
  ...change,
})

describe('the list of runs', () => {
  it('puts news in place of what was known and keeps the newest first', () => {
    const known = [run('b', 20), run('a', 10)]
    const merged = mergeRuns(known, [run('a', 10, { status: 'completed', endedAt: 15 }), run('c', 30)])
    expect(merged.map(({ id, status }) => [id, status])).toEqual([
      ['c', 'running'],
      ['b', 'running'],
      ['a', 'completed'],
    ])
    expect(mergeRuns(known, [])).toBe(known)
  })

  it('filters by saga and by status', () => {
    const runs = [run('a', 1), run('b', 2, { saga: 'trip' }), run('c', 3, { status: 'failed' })]
    expect(filterRuns(runs, { ...EVERY_RUN, saga: 'order' }).map(({ id }) => id)).toEqual(['a', 'c'])
    expect(filterRuns(runs, { ...EVERY_RUN, status: 'failed' }).map(({ id }) => id)).toEqual(['c'])
    expect(
      filterRuns([...runs, run('d', 4, { needsPerson: 1 })], { ...EVERY_RUN, needsPerson: true }).map(
        ({ id }) => id,
      ),
    ).toEqual(['d'])
  })
})
