// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { type FaultInput, planSaga } from '@/core/saga'
import { recordRun } from '@/lib/run-store/testing'
import { BreakStep } from './break-step'

const { design, saga } = recordRun()

function show(nodeId: string): readonly FaultInput[] {
  const broken: FaultInput[] = []
  render(
    <BreakStep
      design={design}
      plan={planSaga(saga)}
      nodeId={nodeId}
      actionLabel="Break it"
      onBreak={(fault) => void broken.push(fault)}
    />,
  )
  return broken
}

afterEach(cleanup)

describe('breaking a step', () => {
  it('takes one press: the first error of its contract, on every attempt', async () => {
    const broken = show('pay')
    fireEvent.click(screen.getByRole('button', { name: 'Break it' }))
    await waitFor(() =>
      expect(broken).toEqual([
        {
          node: 'pay',
          phase: 'action',
          effect: { type: 'error', code: 'InsufficientFunds', kind: 'business' },
        },
      ]),
    )
  })

  it('breaks the compensation instead when asked to', async () => {
    const broken = show('pay')
    fireEvent.click(screen.getByRole('button', { name: 'Its compensation' }))
    fireEvent.click(screen.getByRole('button', { name: 'Break it' }))
    await waitFor(() => expect(broken.map(({ phase }) => phase)).toEqual(['compensation']))
  })
})
