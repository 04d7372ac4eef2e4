import { describe, expect, it } from 'vitest'
import { planSaga } from '@/core/saga'
import { emptyHistory, extend } from './history'
import { recordRun } from './testing'
import { rowAt, spanLabel, type TraceRow, traceRows } from './trace-rows'

const seed = recordRun([
  { node: 'pay', attempt: 1, effect: { type: 'error', code: 'Busy', kind: 'technical' } },
  { node: 'ship', effect: { type: 'error', code: 'CarrierDown' } },
])
const plan = planSaga(seed.saga)
const { events } = extend(emptyHistory(plan), seed.events) ?? emptyHistory(plan)
const run = { runId: 'r1', designId: 'd1' }
const rowsAt = (seq: number) => traceRows(run, events, seq)
const said = ({ span, shown, depth }: TraceRow) =>
  `${'  '.repeat(depth)}${spanLabel(plan, span)} #${span.attempt} ${shown?.outcome ?? '–'}`

describe('the rows of a trace', () => {
  it('are its spans, each beneath the one it stands in, under the names that people gave', () => {
    expect(rowsAt(events.length).map(said)).toEqual([
      'order #0 compensated',
      '  Take payment #1 failed',
      '  Take payment #2 succeeded',
      '  Ship #1 failed',
      '  Refund #1 compensated',
    ])
  })

  it('stay where they are when the cursor moves, and say how they stood there', () => {
    const second =
      events.findIndex(({ event }) => event.type === 'StepStarted' && event.data.attempt === 2) + 1
    expect(rowsAt(second).map(said)).toEqual([
      'order #0 open',
      '  Take payment #1 failed',
      '  Take payment #2 open',
      '  Ship #1 –',
      '  Refund #1 –',
    ])
  })

  it('the row of an event is the span that it begins, ends or is noted in, else the run', () => {
    const rows = rowsAt(events.length)
    const names = events.map(({ seq }) => {
      const row = rowAt(rows, seq)
      return row ? spanLabel(plan, row.span) : null
    })
    const types = events.map(({ event }) => event.type)
    expect(names[0]).toBe('order')
    expect(names[types.indexOf('StepAttemptFailed')]).toBe('Take payment')
    expect(names[types.indexOf('SagaCompensating')]).toBe('order')
    expect(names[types.indexOf('CompensationCompleted')]).toBe('Refund')
    expect(names.at(-1)).toBe('order')
    expect(rowAt([], 1)).toBeUndefined()
  })
})
