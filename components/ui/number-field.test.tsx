// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { Field } from './field'
import { NumberField, type NumberFieldProps } from './number-field'

afterEach(cleanup)

function Harness(props: Partial<NumberFieldProps>) {
  const [value, setValue] = useState<number | null>(50)
  return (
    <>
      <Field label="Share" description="Of all calls">
        <NumberField value={value} min={0} max={100} unit="%" onValueChange={setValue} {...props} />
      </Field>
      <output>{String(value)}</output>
    </>
  )
}

const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Share' })
const type = (value: string) => fireEvent.change(field(), { target: { value } })
const taken = () => screen.getByRole('status').textContent

describe('a number', () => {
  it.each([
    ['-5', 'At least 0 %'],
    ['1e20', 'At most 100 %'],
    ['1.5', 'A whole number, please'],
    ['ten', 'This is not a number'],
    ['', 'A number is needed'],
  ])('"%s" is kept as typed, told why not, and changes nothing', (text, why) => {
    render(<Harness isWhole required />)
    type(text)
    fireEvent.blur(field())
    expect(field().value).toBe(text)
    expect(field().getAttribute('aria-invalid')).toBe('true')
    const described = (field().getAttribute('aria-describedby') ?? '').split(' ')
    expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual(['Of all calls', why])
    expect(taken()).toBe('50')
    type('75')
    expect(screen.queryByText(why)).toBeNull()
    expect(taken()).toBe('75')
  })

  it('that will not do leaves nothing of itself behind: not what it was a key before', () => {
    render(<Harness isWhole />)
    for (const text of ['9', '99', '999']) type(text)
    expect([field().value, taken()]).toEqual(['999', '50'])
    type('99')
    expect(taken()).toBe('99')
  })

  it('is taken as it is typed, may be written in other ways, and may be none', () => {
    render(<Harness />)
    type('1e1')
    expect([field().value, taken()]).toEqual(['1e1', '10'])
    fireEvent.blur(field())
    expect(field().value).toBe('10')
    type('')
    expect(taken()).toBe('null')
  })

  it('may be refused by whoever takes it', () => {
    render(<Harness commit={(value) => (value === 13 ? 'not on a Friday' : null)} />)
    type('13')
    expect(screen.getByText('not on a Friday')).toBeTruthy()
    expect(field().value).toBe('13')
  })

  it('goes up and down by its buttons and by arrow keys, to its end', () => {
    render(<Harness step={0.1} />)
    fireEvent.click(screen.getByRole('button', { name: 'Increase' }))
    expect(taken()).toBe('50.1')
    fireEvent.keyDown(field(), { key: 'ArrowDown', shiftKey: true })
    expect(taken()).toBe('49.1')
    type('100')
    fireEvent.keyDown(field(), { key: 'ArrowUp' })
    expect(taken()).toBe('100')
  })
})
