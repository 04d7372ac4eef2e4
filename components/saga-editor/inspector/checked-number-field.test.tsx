// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { CheckedNumberField } from './checked-number-field'

afterEach(cleanup)

describe('a number of the design', () => {
  it.each([
    ['31622400001', 'At most 366 days (31622400000 ms)'],
    ['1.5', 'A whole number, please'],
  ])('says in words why a time cannot be %s', (text, why) => {
    const taken: (number | null)[] = []
    render(
      <CheckedNumberField
        label="Duration"
        unit="ms"
        min={0}
        value={500}
        commit={(value) => {
          taken.push(value)
          return null
        }}
      />,
    )
    fireEvent.change(screen.getByRole('textbox', { name: 'Duration' }), { target: { value: text } })
    expect(screen.getByText(why)).toBeTruthy()
    expect(taken).toEqual([])
  })

  it('may be a fraction where its steps are', () => {
    const taken: (number | null)[] = []
    render(
      <CheckedNumberField
        label="Rate"
        step={0.5}
        value={2}
        commit={(value) => {
          taken.push(value)
          return null
        }}
      />,
    )
    fireEvent.change(screen.getByRole('textbox', { name: 'Rate' }), { target: { value: '1.25' } })
    expect(taken).toEqual([1.25])
  })
})
