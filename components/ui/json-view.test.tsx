// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { JsonView } from './json-view'

afterEach(cleanup)

/** The row of one key, without what is nested in it. */
function row(key: string): HTMLElement {
  const found = screen
    .getAllByRole('listitem')
    .find((item) => item.firstElementChild?.textContent?.trim().startsWith(`${key}:`))
  if (found === undefined) throw new Error(`no row ${key}`)
  return found
}

describe('JsonView', () => {
  it('says in words, not only in colour, what became of each entry', () => {
    render(<JsonView value={{ total: 42, fresh: true, id: 1 }} previous={{ total: 40, gone: 'x', id: 1 }} />)
    expect(row('total').textContent).toContain('40 → 42')
    expect(within(row('total')).getByText('changed')).toBeTruthy()
    expect(within(row('fresh')).getByText('added')).toBeTruthy()
    expect(within(row('gone')).getByText('removed')).toBeTruthy()
    expect(row('id').dataset.mark).toBe('same')
  })

  it('opens the way to a change, however deep it lies', () => {
    render(
      <JsonView
        openDepth={0}
        value={{ a: { b: { c: { d: 2 } } }, quiet: { x: { y: 1 } } }}
        previous={{ a: { b: { c: { d: 1 } } }, quiet: { x: { y: 1 } } }}
      />,
    )
    expect(row('d').textContent).toContain('1 → 2')
    expect(screen.getByRole('button', { name: /quiet/ }).getAttribute('aria-expanded')).toBe('false')
  })

  it('opens and closes by its button', () => {
    render(<JsonView openDepth={0} value={{ items: [{ sku: 'A' }] }} />)
    expect(screen.queryByText('"A"')).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: /items/ }))
    fireEvent.click(screen.getByRole('button', { name: /^0/ }))
    expect(screen.getByText('"A"')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: /items/ }))
    expect(screen.queryByText('"A"')).toBeNull()
  })

  it('shows a long list a page at a time', () => {
    render(<JsonView value={Array.from({ length: 250 }, (_, index) => index)} />)
    expect(screen.getAllByRole('listitem')).toHaveLength(101)
    fireEvent.click(screen.getByRole('button', { name: '100 more of 250' }))
    fireEvent.click(screen.getByRole('button', { name: '50 more of 250' }))
    expect(screen.getAllByRole('listitem')).toHaveLength(250)
  })

  it('shows a scalar, and what it was', () => {
    render(<JsonView ariaLabel="State" value="Shipped" previous="Pending" />)
    expect(screen.getByRole('group', { name: 'State' }).textContent).toBe('"Pending" → "Shipped"')
  })
})
