// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { useBreakpointKey } from './use-breakpoint-key'

afterEach(cleanup)

function Page({ chosen, toggled }: { readonly chosen: string | null; readonly toggled: string[] }) {
  useBreakpointKey(chosen, (id) => void toggled.push(id))
  return (
    <button type="button" className="react-flow__node" data-id="pay">
      Pay
    </button>
  )
}

describe('F9 before a run', () => {
  it('is for the node that has the keyboard, else for the chosen one', () => {
    const toggled: string[] = []
    const { rerender } = render(<Page chosen={null} toggled={toggled} />)
    fireEvent.keyDown(document.body, { key: 'F9' })
    expect(toggled).toEqual([])
    screen.getByRole('button').focus()
    fireEvent.keyDown(screen.getByRole('button'), { key: 'F9' })
    screen.getByRole('button').blur()
    rerender(<Page chosen="ship" toggled={toggled} />)
    fireEvent.keyDown(document.body, { key: 'F9' })
    expect(toggled).toEqual(['pay', 'ship'])
  })
})
