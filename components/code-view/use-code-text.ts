'use client'
import { useMemo, useState } from 'react'
import type { Design } from '@/core/design/document'
import { useDesign, useDesignStore } from '@/lib/design-store/design-provider'
import { readDesignText, type TextIssue } from './read-design-text'

export interface CodeText {
  readonly text: string
  readonly issues: readonly TextIssue[]
  /** The text is not taken, and the design has been changed elsewhere since it was. */
  readonly isStale: boolean
  change(text: string): void
  /** Back to the design as it is. */
  discard(): void
}

/**
 * The design as text, in both directions. A text that is no design is kept, also while another page is looked at, until
 * it is one again or is discarded; meanwhile the design stays as it was.
 */
export function useCodeText(): CodeText {
  const store = useDesignStore()
  const document = useDesign((state) => state.document)
  const kept = useDesign((state) => state.draft)
  const [taken, setTaken] = useState<{ readonly text: string; readonly of: Design } | null>(null)
  const written = useMemo(() => JSON.stringify(document, null, 2), [document])
  // A text that was taken stands as it was typed until the design changes from elsewhere: undo, another tab.
  const text = kept?.text ?? (taken?.of === document ? taken.text : written)
  const issues = useMemo(() => {
    const read = readDesignText(text)
    return read.ok ? [] : read.error
  }, [text])

  const change = (next: string): void => {
    const { replace, keepDraft } = store.getState()
    const read = readDesignText(next)
    if (!read.ok) {
      const [first] = read.error
      keepDraft({
        text: next,
        over: kept?.over ?? written,
        why: first ? `line ${first.line}: ${first.message}` : 'it is no design',
      })
      return
    }
    keepDraft(null)
    replace('Edit JSON', read.value)
    setTaken({ text: next, of: store.getState().document })
  }
  return {
    text,
    issues,
    isStale: kept !== null && kept.over !== written,
    change,
    discard: () => {
      setTaken(null)
      store.getState().keepDraft(null)
    },
  }
}
