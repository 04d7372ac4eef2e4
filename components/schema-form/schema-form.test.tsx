// @vitest-environment jsdom
import { EditorView } from '@codemirror/view'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import type { Issue } from '@/core/errors'
import type { Json, JsonObject } from '@/core/json'
import { initialValue } from './initial-value'
import { SchemaForm } from './schema-form'

/** The editor is loaded when it is first drawn. */
const PATIENT = { timeout: 10_000 }

afterEach(cleanup)

const ORDER: JsonObject = {
  type: 'object',
  required: ['customerId', 'items', 'express'],
  properties: {
    customerId: { type: 'string', description: 'Who ordered' },
    note: { type: 'string' },
    express: { type: 'boolean' },
    size: { enum: ['small', 'large'] },
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['quantity'],
        properties: { quantity: { type: 'integer', minimum: 1 } },
      },
    },
  },
}

function Harness({
  schema = ORDER,
  start,
  issues = [],
  onUnread,
}: {
  readonly schema?: JsonObject
  readonly start: Json
  readonly issues?: readonly Issue[]
  readonly onUnread?: (isUnread: boolean) => void
}) {
  const [value, setValue] = useState(start)
  return (
    <>
      <SchemaForm
        schema={schema}
        value={value}
        onChange={setValue}
        issues={issues}
        idPrefix="t"
        label="Payload"
        onUnread={onUnread}
      />
      <output>{JSON.stringify(value)}</output>
    </>
  )
}

const current = () => JSON.parse(screen.getByRole('status').textContent ?? '')

describe('SchemaForm', () => {
  it('writes what is typed into the property it belongs to', () => {
    render(<Harness start={{ customerId: 'ada', items: [], express: false }} />)
    fireEvent.change(screen.getByLabelText(/Customer id/), { target: { value: 'grace' } })
    fireEvent.click(screen.getByRole('switch', { name: 'Express' }))
    expect(current()).toEqual({ customerId: 'grace', items: [], express: true })
  })

  it('takes an optional text away again when it is emptied, and keeps a required one', () => {
    render(<Harness start={{ customerId: 'ada', note: 'hi', items: [], express: false }} />)
    fireEvent.change(screen.getByLabelText('Note'), { target: { value: '' } })
    fireEvent.change(screen.getByLabelText(/Customer id/), { target: { value: '' } })
    expect(current()).toEqual({ customerId: '', items: [], express: false })
  })

  it('adds an item with its required properties and removes it again', () => {
    render(<Harness start={{ customerId: 'ada', items: [], express: false }} />)
    fireEvent.click(screen.getByRole('button', { name: 'Add item' }))
    expect(current().items).toEqual([{ quantity: 1 }])
    fireEvent.click(screen.getByRole('button', { name: 'Remove item 1' }))
    expect(current().items).toEqual([])
  })

  it('shows an issue at the field its path names', () => {
    const issues = [{ path: ['items', 0, 'quantity'], message: 'at least 1' }]
    render(<Harness start={{ customerId: 'a', items: [{ quantity: 0 }], express: false }} issues={issues} />)
    expect(screen.getByLabelText(/Quantity/).getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByText('at least 1')).toBeTruthy()
    expect(screen.getByLabelText(/Customer id/).getAttribute('aria-invalid')).not.toBe('true')
  })

  it('goes straight to JSON for a schema it cannot draw', () => {
    render(<Harness schema={{}} start={{ any: 'thing' }} />)
    expect(screen.queryByRole('group', { name: 'Payload as' })).toBeNull()
    expect(screen.getByText('Payload')).toBeTruthy()
  })

  it('tells while a text is no JSON, and keeps the last value that was', async () => {
    const told: boolean[] = []
    render(<Harness schema={{}} start={{ any: 'thing' }} onUnread={(isUnread) => void told.push(isUnread)} />)
    const editor = EditorView.findFromDOM(await screen.findByRole('textbox', { name: 'Payload' }, PATIENT))
    const write = (insert: string) =>
      act(() => editor?.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert } }))
    write('{ "any": ')
    expect(told).toEqual([true])
    expect(current()).toEqual({ any: 'thing' })
    write('{ "any": 1 }')
    expect(told).toEqual([true, false])
    expect(current()).toEqual({ any: 1 })
  })
})

describe('a number of the form', () => {
  it('that will not do is text the form has not read, and the value stays what it was', () => {
    const told: boolean[] = []
    const schema = { type: 'object', properties: { amount: { type: 'number', minimum: 1 } } }
    render(
      <Harness schema={schema} start={{ amount: 5 }} onUnread={(isUnread) => void told.push(isUnread)} />,
    )
    const field = screen.getByRole('textbox', { name: 'Amount' })
    fireEvent.change(field, { target: { value: '-5' } })
    expect([told, current()]).toEqual([[true], { amount: 5 }])
    fireEvent.change(field, { target: { value: '7' } })
    expect([told, current()]).toEqual([[true, false], { amount: 7 }])
  })
})

describe('initialValue', () => {
  it('fills in what is required and takes defaults and examples as they are', () => {
    expect(initialValue(ORDER)).toEqual({ customerId: '', items: [], express: false })
    expect(
      initialValue({ type: 'object', required: ['a'], properties: { a: { type: 'number', default: 7 } } }),
    ).toEqual({
      a: 7,
    })
  })

  it('ends on a schema that refers to itself', () => {
    const tree: JsonObject = {
      $defs: { node: { type: 'object', required: ['next'], properties: { next: { $ref: '#/$defs/node' } } } },
      $ref: '#/$defs/node',
    }
    expect(JSON.stringify(initialValue(tree)).length).toBeLessThan(200)
  })
})
