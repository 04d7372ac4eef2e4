// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { CommandsContext } from '@/components/workbench/commands-context'
import { testPage } from '@/lib/commands/testing'
import { DesignProvider } from '@/lib/design-store/design-provider'
import { Inspector } from './inspector'

afterEach(cleanup)

/** The inspector with these nodes chosen. */
function inspect(...nodeIds: readonly string[]) {
  const { store, context } = testPage()
  store.getState().select(nodeIds)
  render(
    <DesignProvider store={store}>
      <CommandsContext
        value={{ context, hasCanvas: true, lendCanvas: () => () => {}, lendMap: () => () => {} }}
      >
        <Inspector tab="config" onTab={() => {}} />
      </CommandsContext>
    </DesignProvider>,
  )
  const ids = () => store.getState().document.sagas[0]?.nodes.map(({ id }) => id) ?? []
  return { store, ids }
}

const field = (name: RegExp) => screen.getByRole<HTMLInputElement>('textbox', { name })
const type = (into: HTMLInputElement, value: string) => fireEvent.change(into, { target: { value } })

describe("a node's id", () => {
  it('is typed as a whole, and given on Enter: the field keeps the keyboard', () => {
    const { store, ids } = inspect('reserve')
    const id = field(/^Id/)
    id.focus()
    type(id, 'reserve-stock')
    expect(ids()).toContain('reserve')
    fireEvent.keyDown(id, { key: 'Enter' })
    expect(ids()).toContain('reserve-stock')
    expect(store.getState().selection.nodeIds).toEqual(['reserve-stock'])
    expect(document.activeElement).toBe(field(/^Id/))
    expect(field(/^Id/)).toBe(id)
  })

  it('is given when the field is left, and taken back with Escape', () => {
    const { ids } = inspect('reserve')
    type(field(/^Id/), 'other')
    fireEvent.keyDown(field(/^Id/), { key: 'Escape' })
    fireEvent.blur(field(/^Id/))
    expect(ids()).toContain('reserve')
    type(field(/^Id/), 'hold')
    fireEvent.blur(field(/^Id/))
    expect(ids()).toContain('hold')
  })

  it.each([
    ['__proto__', /an id starts with a letter/],
    ['no good', /an id starts with a letter/],
    ['charge', /is taken/],
  ])('is not given when it is %s, and the field says why', (text, why) => {
    const { ids } = inspect('reserve')
    type(field(/^Id/), text)
    fireEvent.keyDown(field(/^Id/), { key: 'Enter' })
    expect(screen.getByText(why)).toBeTruthy()
    expect(field(/^Id/).value).toBe(text)
    expect(ids()).toContain('reserve')
  })
})

describe("a saga's id", () => {
  it('is given on Enter, and not when it is none', () => {
    const { store } = inspect()
    type(field(/^Saga id/), '__proto__')
    fireEvent.keyDown(field(/^Saga id/), { key: 'Enter' })
    expect(store.getState().document.sagas[0]?.id).toBe('order')
    type(field(/^Saga id/), 'orders')
    fireEvent.keyDown(field(/^Saga id/), { key: 'Enter' })
    expect(store.getState().selection.sagaId).toBe('orders')
  })
})

describe('what a design teaches', () => {
  it('is read as it is meant, and written after a press on Edit', () => {
    const { store } = inspect()
    // an empty one is written at once, and stays open while it is
    act(() => field(/^About this design/).focus())
    type(field(/^About this design/), 'Some **bold** words')
    fireEvent.click(screen.getByRole('button', { name: 'Done' }))
    expect(screen.getByText('bold').tagName).toBe('STRONG')
    fireEvent.click(screen.getByRole('button', { name: 'Edit' }))
    expect(field(/^About this design/).value).toBe('Some **bold** words')
    expect(store.getState().document.description).toBe('Some **bold** words')
  })
})
