// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { CheckedNumberField } from './checked-number-field'

afterEach(cleanup)

function Harness() {
  const [value, setValue] = useState<number | null>(500)
  return (
    <>
      <CheckedNumberField
        label="Duration"
        unit="ms"
        min={0}
        value={value ?? undefined}
        commit={(next) => {
          setValue(next)
          return next === 13 ? 'not on a Friday' : null
        }}
      />
      <output>{String(value)}</output>
    </>
  )
}

const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Duration' })
const type = (value: string) => fireEvent.change(field(), { target: { value } })
const taken = () => screen.getByRole('status').textContent

describe('a number', () => {
  it.each([
    ['-5', 'At least 0 ms'],
    ['1e20', 'At most 366 days (31622400000 ms)'],
    ['31622400001', 'At most 366 days (31622400000 ms)'],
    ['1.5', 'A whole number, please'],
    ['ten', 'This is not a number'],
  ])('%s is kept as typed, told why not, and changes nothing', (text, why) => {
    render(<Harness />)
    type(text)
    fireEvent.blur(field())
    expect(field().value).toBe(text)
    expect(screen.getByText(why)).toBeTruthy()
    expect(field().getAttribute('aria-invalid')).toBe('true')
    expect(taken()).toBe('500')
    type('750')
    expect(screen.queryByText(why)).toBeNull()
    expect(taken()).toBe('750')
  })

  it('is taken as it is typed, may be written in other ways, and may be none', () => {
    render(<Harness />)
    type('1e3')
    expect([field().value, taken()]).toEqual(['1e3', '1000'])
    fireEvent.blur(field())
    expect(field().value).toBe('1000')
    type('')
    expect(taken()).toBe('null')
  })

  it('is not taken away where one is needed, while another is typed', () => {
    const taken: (number | null)[] = []
    render(
      <CheckedNumberField
        label="Duration"
        required
        value={3}
        commit={(next) => {
          taken.push(next)
          return null
        }}
      />,
    )
    type('')
    expect(field().value).toBe('')
    expect(screen.getByText('A number is needed')).toBeTruthy()
    type('5')
    expect(taken).toEqual([5])
  })

  it('goes up and down by its buttons and by arrow keys, to its end', () => {
    render(<Harness />)
    fireEvent.click(screen.getByRole('button', { name: 'Increase' }))
    expect(taken()).toBe('501')
    fireEvent.keyDown(field(), { key: 'ArrowDown', shiftKey: true })
    expect(taken()).toBe('491')
    type('0')
    fireEvent.keyDown(field(), { key: 'ArrowDown' })
    expect(taken()).toBe('0')
  })
})
