// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Combobox } from './combobox'

const view = (labels: readonly string[]) => (
  <Combobox
    ariaLabel="On"
    value="a"
    options={labels.map((label) => ({ value: label, label }))}
    onValueChange={() => {}}
  />
)

it('keeps what is being typed when its list is drawn again', () => {
  const { rerender } = render(view(['a', 'banana']))
  const input = screen.getByRole<HTMLInputElement>('combobox', { name: 'On' })
  fireEvent.focus(input)
  fireEvent.change(input, { target: { value: 'bana' } })
  rerender(view(['a', 'banana']))
  expect(input.value).toBe('bana')
})
