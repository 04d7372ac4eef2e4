// @vitest-environment jsdom

import { Text } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { placeDiagnostics } from './code-diagnostics'
import { CodeEditor } from './code-editor'
import { Field } from './field'

afterEach(cleanup)

function editorOf(element: HTMLElement): EditorView {
  const view = EditorView.findFromDOM(element)
  if (view === null) throw new Error('no editor')
  return view
}

describe('CodeEditor', () => {
  it('reports what is typed, and not what the page puts in', () => {
    const told: string[] = []
    const props = {
      language: 'json',
      ariaLabel: 'Input',
      onChange: (value: string) => void told.push(value),
    } as const
    const view = render(<CodeEditor {...props} value="1" />)
    const editor = editorOf(screen.getByRole('textbox', { name: 'Input' }))
    view.rerender(<CodeEditor {...props} value="22" />)
    expect(editor.state.doc.toString()).toBe('22')
    expect(told).toEqual([])
    editor.dispatch({ changes: { from: 2, insert: '3' } })
    expect(told).toEqual(['223'])
  })

  it('is named and described by its field, and marked invalid', () => {
    render(
      <Field label="Evolve" description="Runs in the sandbox" error="state is not defined">
        <CodeEditor language="javascript" value="" />
      </Field>,
    )
    const content = screen.getByRole('textbox', { name: 'Evolve' })
    expect(content.getAttribute('aria-invalid')).toBe('true')
    const words = (content.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id))
    expect(words.map((element) => element?.textContent)).toEqual([
      'Runs in the sandbox',
      'state is not defined',
    ])
  })

  it('refuses typing while it is read-only, and takes new text all the same', () => {
    const view = render(<CodeEditor readOnly language="json" ariaLabel="Old" value="1" />)
    const editor = editorOf(screen.getByRole('textbox', { name: 'Old' }))
    expect(editor.state.readOnly).toBe(true)
    view.rerender(<CodeEditor readOnly language="json" ariaLabel="Old" value="2" />)
    expect(editor.state.doc.toString()).toBe('2')
  })
})

describe('the place of a finding', () => {
  const text = Text.of(['const a = 1', '', 'return b'])
  const place = (line: number, column?: number) => {
    const [found] = placeDiagnostics(text, [{ line, column, message: 'm', severity: 'error' }])
    return found && [found.from, found.to]
  }

  it('reaches from its column to the end of the line, or takes the line', () => {
    expect(place(3, 8)).toEqual([20, 21])
    expect(place(1)).toEqual([0, 11])
  })

  it('stays within a text that has become shorter', () => {
    expect(place(99, 99)).toEqual([20, 21])
    expect(place(0, 0)).toEqual([0, 11])
    expect(place(Number.NaN)).toEqual([0, 11])
    expect(place(2, 5)).toEqual([12, 12])
  })
})
