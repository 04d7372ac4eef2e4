// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { type FaultInput, planSaga } from '@/core/saga'
import { faultsOf, NO_FAULTS, stepLeft } from '@/lib/run-store/fault-choice'
import { recordRun } from '@/lib/run-store/testing'
import { BreakIt } from './break-it'

const { design, saga } = recordRun()
const plan = planSaga(saga)
let counted: readonly FaultInput[] = []

/** The panel beside a graph of buttons. */
function Harness() {
  const [choice, setChoice] = useState(NO_FAULTS)
  const [nodeId, setNodeId] = useState<string | null>(null)
  counted = faultsOf(choice)
  return (
    <>
      {saga.nodes.map(({ id }) => (
        <button
          key={id}
          type="button"
          onClick={() => {
            setChoice(stepLeft)
            setNodeId(id)
          }}
        >
          node {id}
        </button>
      ))}
      <BreakIt
        design={design}
        plan={plan}
        form={{ faults: counted, choice, change: setChoice }}
        nodeId={nodeId}
        onNode={setNodeId}
      />
    </>
  )
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const list = () => within(screen.getByRole('list', { name: 'Faults' }))

afterEach(cleanup)

describe('what is to go wrong', () => {
  it('is what is chosen: it stands in the list at once, and can be taken away there', () => {
    render(<Harness />)
    press('node pay')
    expect(list().getByText('Take payment fails with InsufficientFunds')).toBeTruthy()
    expect(counted).toHaveLength(1)
    press(/^Remove: Take payment/)
    expect(counted).toEqual([])
  })

  it('leaves with the step that was only looked at, and stays when its fields were changed', () => {
    render(<Harness />)
    press('node pay')
    press('node ship')
    expect(counted.map(({ node }) => node)).toEqual(['ship'])
    press('node pay')
    press('Its compensation')
    press('node ship')
    expect(counted.map(({ node, phase }) => `${node} ${phase}`)).toEqual(['pay compensation', 'ship action'])
  })

  it('is added, and then another step is chosen', () => {
    render(<Harness />)
    press('node pay')
    press('Add fault')
    expect(screen.queryByRole('button', { name: 'Add fault' })).toBeNull()
    expect(counted).toHaveLength(1)
  })

  it('has a preset besides, as one line that says how many', () => {
    render(<Harness />)
    press('node pay')
    press('Add fault')
    press('Chaos 20 %')
    expect(list().getAllByRole('listitem')).toHaveLength(2)
    const many = counted.length - 1
    expect(many).toBeGreaterThan(4)
    expect(list().getByText(`Chaos 20 %: ${many} faults`)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Chaos 20 %' }).getAttribute('aria-pressed')).toBe('true')
    press('Remove: Chaos 20 %')
    expect(counted.map(({ node }) => node)).toEqual(['pay'])
    press('Nothing')
    expect(counted).toEqual([])
  })
})
