// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { planSaga } from '@/core/saga'
import { emptyHistory, extend } from '@/lib/run-store/history'
import { recordRun } from '@/lib/run-store/testing'
import { timeScale } from './scale'
import { Timeline } from './timeline'

const seed = recordRun([{ node: 'ship', effect: { type: 'error', code: 'CarrierDown' } }])
const plan = planSaga(seed.saga)
const { events } = extend(emptyHistory(plan), seed.events) ?? emptyHistory(plan)

function show(seq: number, shown = events, skipped: readonly string[] = []) {
  const moved: number[] = []
  const chosen: string[] = []
  render(
    <Timeline
      plan={plan}
      events={shown}
      skipped={new Set(skipped)}
      seq={seq}
      past={seq < events.length}
      moving={false}
      virtual={false}
      selectedId={null}
      onSelect={(id) => void chosen.push(id)}
      onCursor={(to) => void moved.push(to)}
    />,
  )
  return { moved, chosen }
}

afterEach(cleanup)

describe('the timeline', () => {
  it('names every row with how it went, compensations beneath their steps', () => {
    show(events.length)
    expect(screen.getAllByRole('button').map((row) => row.getAttribute('aria-label'))).toEqual([
      'Take payment, succeeded',
      'Refund, compensated',
      'Ship, failed',
    ])
  })

  it('says of a row with nothing in it whether it is still to come', () => {
    show(1, events.slice(0, 1), ['ship'])
    expect(screen.getAllByRole('button').map((row) => row.getAttribute('aria-label'))).toEqual([
      'Take payment, pending',
      'Ship, skipped',
    ])
    expect([screen.getAllByText('pending').length, screen.getAllByText('skipped').length]).toEqual([1, 1])
  })

  it('moves the cursor by keyboard and says where it is', () => {
    const { moved } = show(4)
    const cursor = screen.getByRole('slider', { name: 'Timeline cursor' })
    for (const key of ['ArrowLeft', 'ArrowRight', 'Home', 'End']) fireEvent.keyDown(cursor, { key })
    expect(moved).toEqual([3, 5, 1, events.length])
    expect(cursor.getAttribute('aria-valuetext')).toMatch(new RegExp(`^event 4 of ${events.length}, `))
  })

  it('chooses the step of a row', () => {
    const { chosen } = show(2)
    fireEvent.click(screen.getByRole('button', { name: 'Refund, compensated' }))
    expect(chosen).toEqual(['pay'])
  })

  it('maps time to width and back', () => {
    const scale = timeScale(events, 0, 500)
    for (const { at } of events) expect(scale.at(scale.x(at))).toBeCloseTo(at, 6)
    expect(scale.x(events[0]?.at ?? 0)).toBeLessThan(scale.x(events.at(-1)?.at ?? 0))
  })

  it('leaves out the time before a fork, which would flatten all the rest', () => {
    const hour = 3_600_000
    const forked = { event: { type: 'SagaForked', data: { at: hour, by: 'ada' } }, at: hour, seq: 4 }
    const later = events.slice(3).map((entry) => ({ ...entry, seq: entry.seq + 1, at: entry.at + hour }))
    const all = [...events.slice(0, 3), forked as (typeof events)[number], ...later]
    const scale = timeScale(all, 0, 500)
    expect(scale.stretches.map(({ from, to }) => [from, to])).toEqual([
      [all[0]?.at, all[2]?.at],
      [hour, all.at(-1)?.at],
    ])
    const [took, own] = scale.stretches
    expect(own?.width).toBeGreaterThan(100)
    expect(took?.width).toBeGreaterThan(10)
    for (const { at } of all) expect(scale.at(scale.x(at))).toBeCloseTo(at, 6)
    expect(
      timeScale([...events.slice(0, 3), forked as (typeof events)[number]], 0, 500).stretches,
    ).toHaveLength(2)
    expect(timeScale(events, 0, 500).stretches).toHaveLength(1)
  })
})
