'use client'
import { useState } from 'react'

export interface Draft {
  readonly text: string
  readonly error: string | undefined
  readonly change: (text: string) => void
}

/**
 * What is typed, while the design does not take it: the design holds the last that was right, the field what is
 * written and why it is not taken.
 * @param commit puts the text into the design; answers what is wrong with it, or null
 */
export function useDraft(value: string, commit: (text: string) => string | null): Draft {
  const [draft, setDraft] = useState<{
    readonly text: string
    readonly error: string
    readonly over: string
  } | null>(null)
  // Somebody changed the design under the draft (undo, another field): what is there now counts.
  const current = draft !== null && draft.over === value ? draft : null
  return {
    text: current?.text ?? value,
    error: current?.error,
    change: (text) => {
      const error = commit(text)
      setDraft(error === null ? null : { text, error, over: value })
    },
  }
}
