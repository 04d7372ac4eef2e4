// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { TooltipProvider } from '@/components/ui/tooltip'
import type { FaultInput } from '@/core/saga'
import { planSaga, replay, viewRun } from '@/core/saga'
import { emptyHistory, extend } from '@/lib/run-store/history'
import { RunProvider } from '@/lib/run-store/run-provider'
import { recordRun } from '@/lib/run-store/testing'
import { CursorBar } from './cursor-bar'
import { CompensationFacts, NodeFacts } from './node-facts'
import { PastFrame } from './past-frame'
import { useRunKeys } from './use-run-keys'

const recorded = () => () => {}

function Keys({ children }: { readonly children: ReactNode }) {
  useRunKeys()
  return children
}

function show(faults: readonly FaultInput[] = [], cursor: number | null = null) {
  const seed = recordRun(faults)
  render(
    <TooltipProvider>
      <RunProvider seed={seed} cursor={cursor} follow={recorded}>
        <Keys>
          <PastFrame />
          <CursorBar />
        </Keys>
      </RunProvider>
    </TooltipProvider>,
  )
  return seed.events.length
}

afterEach(cleanup)

describe('the cursor of a run', () => {
  it('frames the past, says where it is, and returns to live', () => {
    const head = show([], 2)
    expect(screen.getByText(`Viewing event 2 of ${head}`)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Return to live' }))
    expect(screen.queryByText(/Viewing event/)).toBeNull()
  })

  it('steps back and forth with F10 from anywhere on the page', () => {
    const head = show()
    fireEvent.keyDown(window, { key: 'F10', shiftKey: true })
    fireEvent.keyDown(window, { key: 'F10', shiftKey: true })
    expect(screen.getByText(`Viewing event ${head - 2} of ${head}`)).toBeTruthy()
    fireEvent.keyDown(window, { key: 'F10' })
    expect(screen.getByText(`Viewing event ${head - 1} of ${head}`)).toBeTruthy()
    fireEvent.keyDown(window, { key: 'F10' })
    expect(screen.queryByText(/Viewing event/)).toBeNull()
  })

  it('goes to the first event and tells the slider where it is', () => {
    const head = show()
    fireEvent.click(screen.getByRole('button', { name: 'First event' }))
    const slider = within(screen.getByRole('region', { name: 'Replay' })).getByRole('slider', {
      name: 'Cursor',
    })
    expect(slider.getAttribute('aria-valuetext')).toBe(`event 1 of ${head}`)
  })

  it('says that what it plays was recorded', () => {
    show()
    expect(screen.getByText('Replay (recorded results)')).toBeTruthy()
  })
})

describe('what is told of a step', () => {
  const seed = recordRun([{ node: 'ship', effect: { type: 'error', code: 'CarrierDown' } }])
  const plan = planSaga(seed.saga)
  const history = extend(emptyHistory(plan), seed.events) ?? emptyHistory(plan)
  const view = viewRun(
    plan,
    replay(
      plan,
      history.events.map(({ event }) => event),
    ),
  )

  it('shows the compensation with the output of its own step', () => {
    const pay = view.nodes.pay
    if (!pay?.compensation) throw new Error('nothing was compensated')
    render(<CompensationFacts name="Refund" compensation={pay.compensation} runStartedAt={view.startedAt} />)
    expect(screen.getByText('Compensated')).toBeTruthy()
    expect(screen.getByRole('group', { name: 'Compensation input' }).textContent).toContain('pay_action')
  })

  it('names the error of a failed step and what it left in the world', () => {
    const ship = view.nodes.ship
    if (!ship) throw new Error('no such node')
    render(<NodeFacts works node={ship} runStartedAt={view.startedAt} />)
    expect(screen.getByText('CarrierDown')).toBeTruthy()
    expect(screen.getByText('Nothing was done')).toBeTruthy()
  })
})
