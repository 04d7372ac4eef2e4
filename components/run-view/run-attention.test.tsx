// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { TooltipProvider } from '@/components/ui/tooltip'
import { decide, planSaga, replay, type SagaEvent, type Stimulus } from '@/core/saga'
import loanApproved from '@/core/saga/golden/loan-application-approved.json'
import { RunProvider } from '@/lib/run-store/run-provider'
import type { RunSeed } from '@/lib/run-store/run-store'
import { goldenRun } from '@/lib/run-store/testing'
import { OperateNode } from './operate-node'
import { OperatorMenu } from './operator-menu'
import { RunAttention } from './run-attention'

const whole = goldenRun(loanApproved)
const asked = whole.events.findIndex(({ type }) => type === 'ApprovalRequested') + 1
const waiting: RunSeed = { ...whole, events: whole.events.slice(0, asked) }
const plan = planSaga(whole.saga)

/** The run after what a person did to it. */
function after(seed: RunSeed, act: Extract<Stimulus, { type: 'operator' }>['act'], reason: string): RunSeed {
  const state = replay(
    plan,
    seed.events.map(({ type, data }) => ({ type, data }) as unknown as SagaEvent),
  )
  const last = seed.events.at(-1)
  const decided = decide(plan, state, { type: 'operator', act, by: 'ada', reason, at: last?.recordedAt ?? 0 })
  if (!decided.ok || !last) throw new Error('it was refused')
  const more = decided.value.map(({ type, data }, at) => ({
    ...last,
    position: last.position + at + 1,
    version: last.version + at + 1,
    type,
    data: { ...data } as unknown as typeof last.data,
  }))
  return { ...seed, events: [...seed.events, ...more] }
}

function show(seed: RunSeed, cursor: number | null = null) {
  render(
    <TooltipProvider>
      <RunProvider seed={seed} cursor={cursor} follow={() => () => {}}>
        <RunAttention />
        <OperatorMenu />
        <OperateNode nodeId="approve" />
      </RunProvider>
    </TooltipProvider>,
  )
}
const openMenu = async () => {
  fireEvent.click(screen.getByRole('button', { name: 'Operate this run' }))
  await screen.findByRole('menu')
}
const isOff = (name: RegExp) =>
  screen.getByRole('menuitem', { name }).getAttribute('aria-disabled') === 'true'

afterEach(cleanup)

describe('a run that waits for a person', () => {
  it('says for what, and leads to the node', () => {
    show(waiting)
    const region = screen.getByRole('region', { name: 'What it waits for' })
    expect(region.textContent).toContain('Waits for a decision: Approve the loan')
    expect(region.textContent).toContain('Should this customer get this loan?')
    expect(screen.getByRole('button', { name: 'Show it' })).toBeTruthy()
  })

  it('when it is paused says by whom and why, and is resumed right there', async () => {
    show(after(waiting, { action: 'pause' }, 'the bureau is down'))
    const region = screen.getByRole('region', { name: 'What it waits for' })
    expect(region.textContent).toContain('Paused by ada · the bureau is down')
    fireEvent.click(screen.getByRole('button', { name: 'Resume' }))
    expect(await screen.findByRole('dialog', { name: 'Resume the run' })).toBeTruthy()
  })

  it('has nothing to say while it goes on by itself', () => {
    show({ ...waiting, events: waiting.events.slice(0, 2) })
    expect(screen.queryByRole('region', { name: 'What it waits for' })).toBeNull()
  })
})

describe('in the past', () => {
  const paused = after(waiting, { action: 'pause' }, 'the bureau is down')

  it('nothing is done to the run: the menu says so and leads back to live', async () => {
    show(paused, asked)
    await openMenu()
    expect([isOff(/^Resume/), isOff(/^Edit the data/), isOff(/^Fork/)]).toEqual([true, true, false])
    expect(screen.getByText('In the past: the run itself is left alone')).toBeTruthy()
    fireEvent.click(screen.getByRole('menuitem', { name: 'Return to live' }))
    await openMenu()
    expect([isOff(/^Resume/), isOff(/^Edit the data/)]).toEqual([false, false])
    expect(screen.queryByRole('menuitem', { name: 'Return to live' })).toBeNull()
  })

  it('a node that could be acted on says why it cannot', () => {
    show(waiting, asked - 1)
    expect(screen.getByText('In the past: nothing can be done here.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull()
  })
})
