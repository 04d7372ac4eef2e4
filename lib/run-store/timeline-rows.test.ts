import { describe, expect, it } from 'vitest'
import { planSaga } from '@/core/saga'
import { emptyHistory, extend } from './history'
import { CALL_MS, recordRun } from './testing'
import { seqAtTime, timelineRows } from './timeline-rows'

function recorded(...faults: Parameters<typeof recordRun>[0] & object) {
  const { saga, events } = recordRun(faults)
  const plan = planSaga(saga)
  const history = extend(emptyHistory(plan), events)
  if (!history) throw new Error('a gap')
  return { plan, events: history.events }
}

const broken = (node: string, kind: 'business' | 'technical', attempt?: number) => ({
  node,
  ...(attempt === undefined ? {} : { attempt }),
  effect: { type: 'error' as const, code: 'Broken', kind },
})

describe('the rows of a timeline', () => {
  it('has a row for each step in the order of the graph, empty before it starts', () => {
    const { plan, events } = recorded()
    const rows = timelineRows(plan, events.slice(0, 2))
    expect(rows.map(({ label, segments }) => [label, segments.length])).toEqual([
      ['Take payment', 1],
      ['Ship', 0],
    ])
    expect(rows[0]?.segments[0]).toMatchObject({ outcome: 'running', endAt: null })
  })

  it('puts all attempts and the wait between them into one bar', () => {
    const { plan, events } = recorded(broken('pay', 'technical', 1))
    const [pay] = timelineRows(plan, events)
    expect(
      pay?.segments.map(({ outcome, attempt, startAt, endAt }) => [outcome, attempt, (endAt ?? 0) - startAt]),
    ).toEqual([
      ['failed', 1, CALL_MS],
      ['backoff', 1, 100],
      ['succeeded', 2, CALL_MS],
    ])
  })

  it('puts each compensation beneath its step, pending ones too', () => {
    const { plan, events } = recorded(broken('ship', 'business'))
    const begun = events.findIndex(({ event }) => event.type === 'SagaCompensating')
    const rows = timelineRows(plan, events.slice(0, begun + 1))
    expect(rows.map(({ label, segments }) => [label, segments.length])).toEqual([
      ['Take payment', 1],
      ['Refund', 0],
      ['Ship', 1],
    ])
    expect(timelineRows(plan, events)[1]?.segments[0]).toMatchObject({ outcome: 'succeeded' })
  })

  it('finds the last event at a time', () => {
    const { events } = recorded()
    expect(seqAtTime(events, 0)).toBe(1)
    expect(seqAtTime(events, 1_000_000)).toBe(events.length)
    const third = events[2]
    expect(third && seqAtTime(events, third.at) >= third.seq).toBe(true)
  })
})
