'use client'
import { useState } from 'react'

export interface Draft {
  readonly text: string
  /** Why the text is not taken; what was last taken stands meanwhile. */
  readonly error: string | undefined
  readonly change: (text: string) => void
}

/**
 * Text that is committed as it is typed. What is refused stays as typed, with the reason, until it is mended
 * or the value changes from outside (undo, another field).
 * @param commit takes the text, or says why not
 */
export function useDraft(value: string, commit: (text: string) => string | undefined): Draft {
  const [draft, setDraft] = useState<{ text: string; over: string; error: string | undefined } | null>(null)
  const live = draft !== null && draft.over === value ? draft : null
  return {
    text: live?.text ?? value,
    error: live?.error,
    change: (text) => {
      const error = commit(text)
      setDraft(error === undefined ? null : { text, over: value, error })
    },
  }
}
