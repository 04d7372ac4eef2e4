// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { TooltipProvider } from '@/components/ui/tooltip'
import { forkEvents, planSaga } from '@/core/saga'
import { traceOf } from '@/core/trace'
import { emptyHistory, extend } from '@/lib/run-store/history'
import { recordRun } from '@/lib/run-store/testing'
import { traceRows } from '@/lib/run-store/trace-rows'
import { SpanDetail } from './span-detail'
import { saidOf } from './trace-row'

const seed = recordRun([{ node: 'ship', effect: { type: 'error', code: 'CarrierDown' } }])
const plan = planSaga(seed.saga)
const { events } = extend(emptyHistory(plan), seed.events) ?? emptyHistory(plan)
const rows = traceRows({ runId: 'r1', designId: 'd1' }, events, events.length)
const from = events[0]?.at ?? 0

afterEach(cleanup)

describe('a span of the trace', () => {
  it('says in words what its bar shows', () => {
    expect(rows.map((row) => saidOf(plan, row, from))).toEqual([
      'order, compensated, begins +0 ms, takes 150 ms',
      'Take payment, succeeded, begins +0 ms, takes 50 ms',
      'Ship, failed, begins +50 ms, takes 50 ms',
      'Refund, compensated, begins +100 ms, takes 50 ms',
    ])
    const early = traceRows({ runId: 'r1', designId: 'd1' }, events, 2)
    expect(early.map((row) => saidOf(plan, row, from)).at(-1)).toBe('Refund, not yet begun')
  })

  it('leads to its events, and to the span that it undoes', () => {
    const undo = rows.at(-1)
    if (!undo) throw new Error('no undoing')
    const went: (number | string)[] = []
    render(
      <TooltipProvider>
        <SpanDetail
          {...{ plan, rows, from }}
          designId="d1"
          span={undo.span}
          onCursor={(seq) => void went.push(seq)}
          onSpan={(row) => void went.push(row.span.spanId)}
        />
      </TooltipProvider>,
    )
    fireEvent.click(screen.getByRole('button', { name: `event ${undo.span.startSeq}` }))
    fireEvent.click(screen.getByRole('button', { name: 'Take payment, attempt 1' }))
    expect(went).toEqual([undo.span.startSeq, rows[1]?.span.spanId])
    expect(screen.getByText('saga.idempotency_key').nextSibling?.textContent).toBe('r1:pay:0:compensation')
  })

  it('of a fork says in which run it happened, when that was another', () => {
    const forked = forkEvents(
      plan,
      events.map(({ event }) => ({ ...event, cause: 0 })),
      { from: 'r0', seq: 3, runId: 'r1', designVersion: 1, changes: { by: 'ada', at: from + 50 } },
    )
    if (!forked.ok) throw new Error(forked.error.code)
    const numbered = forked.value.map((event, index) => ({ seq: index + 1, event }))
    const spans = traceOf({ runId: 'r1', designId: 'd1' }, numbered)
    const lines = spans.map((span) => saidOf(plan, { span, shown: span, depth: 0 }, from))
    expect(lines.map((line) => line.includes('taken over from another run'))).toEqual([false, true, false])
    const [, taken] = spans
    if (!taken) throw new Error('nothing was taken over')
    const nothing = () => undefined
    render(
      <TooltipProvider>
        <SpanDetail
          {...{ plan, rows, from }}
          designId="d1"
          span={taken}
          onCursor={nothing}
          onSpan={nothing}
        />
      </TooltipProvider>,
    )
    expect(screen.getByRole('link', { name: `run r0, event ${taken.startSeq}` }).getAttribute('href')).toBe(
      `/w/d1/runs/r0?seq=${taken.startSeq}`,
    )
  })
})
