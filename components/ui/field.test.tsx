// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { Combobox } from './combobox'
import { Field, useFieldIds } from './field'
import { Input } from './input'
import { NumberField } from './number-field'
import { Select } from './select'
import { Textarea } from './textarea'

afterEach(cleanup)

const options = [{ value: 'a', label: 'A' }] as const
const nothing = () => {}

/** Stands for a control that Base UI does not know. */
function Custom() {
  const ids = useFieldIds()
  return (
    <textarea
      aria-labelledby={ids?.labelId}
      aria-describedby={ids?.describedBy}
      aria-invalid={ids?.invalid}
    />
  )
}

const controls: readonly (readonly [string, ReactNode, string])[] = [
  ['Input', <Input key="i" />, 'textbox'],
  ['Textarea', <Textarea key="t" />, 'textbox'],
  ['NumberField', <NumberField key="n" value={1} onValueChange={nothing} />, 'textbox'],
  ['Select', <Select key="s" value="a" onValueChange={nothing} options={options} />, 'combobox'],
  ['Combobox', <Combobox key="c" value="a" onValueChange={nothing} options={options} />, 'combobox'],
  ['a control of one’s own', <Custom key="o" />, 'textbox'],
]

describe('Field', () => {
  it.each(controls)('names, describes and marks invalid: %s', (_name, control, role) => {
    render(
      <Field label="Service" description="Who does it" error="There is no such service">
        {control}
      </Field>,
    )
    const found = screen.getByRole(role, { name: 'Service' })
    const described = (found.getAttribute('aria-describedby') ?? '').split(' ')
    const words = described.map((id) => document.getElementById(id)?.textContent)
    expect(words).toEqual(expect.arrayContaining(['Who does it', 'There is no such service']))
    expect(found.getAttribute('aria-invalid')).toBe('true')
  })

  it.each(controls)('says nothing of errors while there are none: %s', (_name, control, role) => {
    render(<Field label="Service">{control}</Field>)
    const found = screen.getByRole(role, { name: 'Service' })
    expect(found.getAttribute('aria-invalid')).not.toBe('true')
    expect(found.getAttribute('aria-describedby') ?? '').toBe('')
  })

  it('takes an error away again', () => {
    const view = render(
      <Field label="Name" error="Too long">
        <Input />
      </Field>,
    )
    view.rerender(
      <Field label="Name">
        <Input />
      </Field>,
    )
    expect(screen.queryByText('Too long')).toBeNull()
    expect(screen.getByRole('textbox', { name: 'Name' }).getAttribute('aria-invalid')).not.toBe('true')
  })

  it('gives no ids outside of a field', () => {
    render(<Custom />)
    expect(screen.getByRole('textbox').getAttribute('aria-labelledby')).toBeNull()
  })
})
