'use client'
import { setDiagnostics } from '@codemirror/lint'
import { Annotation, Compartment, EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { classNames } from './class-names'
import { type CodeDiagnostic, placeDiagnostics } from './code-diagnostics'
import { type CodeLanguage, codeSetup } from './code-setup'
import { useFieldIds } from './field'

export interface CodeEditorProps {
  readonly value: string
  readonly onChange?: (value: string) => void
  readonly language: CodeLanguage
  readonly diagnostics?: readonly CodeDiagnostic[]
  readonly readOnly?: boolean
  /** Pixels. */
  readonly minHeight?: number
  /** Pixels; beyond it the editor scrolls. */
  readonly maxHeight?: number
  /** Not needed inside a Field. */
  readonly ariaLabel?: string
}

/** Marks what the page put in, so that it is not reported back as typed. */
const fromOutside = Annotation.define<true>()

/**
 * CodeMirror as a controlled input. Load it lazily: it is the largest thing on most pages.
 * @example const CodeEditor = dynamic(() => import('@/components/ui/code-editor').then((m) => m.CodeEditor), { ssr: false })
 */
export function CodeEditor(props: CodeEditorProps) {
  const { value, language, readOnly = false, diagnostics, minHeight = 72, maxHeight = 480, ariaLabel } = props
  const field = useFieldIds()
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef(props)
  const changing = useRef(new Compartment())
  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    if (host.current === null) return
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          codeSetup(language),
          changing.current.of([]),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged || update.transactions.some((one) => one.annotation(fromOutside))) return
            latest.current.onChange?.(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = editor
    return () => {
      view.current = null
      editor.destroy()
    }
  }, [language])

  const labelledBy = ariaLabel === undefined ? field?.labelId : undefined
  // `language` makes a new editor, which needs all of this again: so do the two effects below
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const attributes = {
      // said outright: checkers do not count an editable element as one that the keyboard reaches
      tabindex: '0',
      ...(ariaLabel === undefined ? {} : { 'aria-label': ariaLabel }),
      ...(labelledBy === undefined ? {} : { 'aria-labelledby': labelledBy }),
      ...(field?.describedBy === undefined ? {} : { 'aria-describedby': field.describedBy }),
      ...(field?.invalid ? { 'aria-invalid': 'true' } : {}),
      ...(readOnly ? { 'aria-readonly': 'true' } : {}),
    }
    view.current?.dispatch({
      effects: changing.current.reconfigure([
        EditorState.readOnly.of(readOnly),
        EditorView.contentAttributes.of(attributes),
        EditorView.theme({
          '.cm-scroller': { overflow: 'auto', maxHeight: `${maxHeight}px` },
          '.cm-content, .cm-gutter': { minHeight: `${minHeight}px` },
        }),
      ]),
    })
  }, [language, readOnly, ariaLabel, labelledBy, field, minHeight, maxHeight])

  useEffect(() => {
    const editor = view.current
    if (editor === null || editor.state.doc.toString() === value) return
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      annotations: fromOutside.of(true),
    })
  }, [value])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new editor has none
  useEffect(() => {
    const editor = view.current
    if (editor === null) return
    editor.dispatch(setDiagnostics(editor.state, placeDiagnostics(editor.state.doc, diagnostics ?? [])))
  }, [language, diagnostics])

  return (
    <div
      ref={host}
      className={classNames(
        'min-w-0 overflow-hidden rounded-sm border bg-surface',
        'focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-(--focus)',
        field?.invalid ? 'border-state-failed' : 'border-line-strong',
      )}
    />
  )
}
