// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { Problem } from '@/core/design/problem'
import { testPage } from '@/lib/commands/testing'
import { DesignProvider } from '@/lib/design-store'
import { SagaErrors } from './saga-errors'

afterEach(cleanup)

const broken: Problem = {
  code: 'CODE_SYNTAX',
  severity: 'error',
  path: ['sagas', 0, 'nodes', 1, 'action', 'code'],
  message: 'expecting )',
}

function show(problems: readonly Problem[]) {
  const { store, saga } = testPage()
  store.setState({ problems })
  render(
    <DesignProvider store={store}>
      <SagaErrors saga={saga()} />
    </DesignProvider>,
  )
  return store
}

describe('what is wrong with the saga that is to be run', () => {
  it('is told beside the button that runs it, and leads to its node', () => {
    const store = show([broken])
    expect(screen.getByRole('status').textContent).toContain('1 error in what is run')
    expect(screen.getByRole('status').textContent).toContain('Reserve stock')
    const link = screen.getByRole('link', { name: 'Show the problem' })
    expect(link.getAttribute('href')).toBe('/w/d1')
    act(() => void fireEvent.click(link))
    expect(store.getState().selection.nodeIds).toEqual(['reserve'])
  })

  it('counts what is wrong in the definitions, and leads there', () => {
    show([{ ...broken, path: ['aggregates', 0, 'decide'] }])
    expect(screen.getByRole('link', { name: 'Show the problem' }).getAttribute('href')).toBe('/w/d1/model')
  })

  it('is nothing while there are only warnings', () => {
    show([{ ...broken, severity: 'warning' }])
    expect(screen.queryByRole('status')).toBeNull()
  })
})
