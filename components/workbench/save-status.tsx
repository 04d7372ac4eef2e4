'use client'
import { Check, CloudAlert, GitCompareArrows, LoaderCircle, PencilLine } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { useDesign } from '@/lib/design-store/design-provider'
import { ConflictDialog } from './conflict-dialog'

const LOOKS = {
  saved: { words: 'Saved', Icon: Check, colour: 'text-subtle' },
  saving: { words: 'Saving', Icon: LoaderCircle, colour: 'text-subtle' },
  dirty: { words: 'Edited', Icon: PencilLine, colour: 'text-subtle' },
  conflict: { words: 'Conflict', Icon: GitCompareArrows, colour: 'text-state-unknown' },
  error: { words: 'Not saved', Icon: CloudAlert, colour: 'text-state-failed' },
} as const

/** Whether the server has what is on the screen. Told to screen readers only when it does not. */
export function SaveStatus() {
  const state = useDesign(({ saveState }) => saveState)
  const error = useDesign(({ saveError }) => saveError)
  const theirs = useDesign((design) => design.theirs)
  /** The version whose dialog was put off: until it is decided nothing is saved, and the button says so. */
  const [putOff, setPutOff] = useState<number | null>(null)
  const saveNow = useDesign((design) => design.saveNow)
  const { words, Icon, colour } = LOOKS[state]
  return (
    <span className="flex items-center gap-1.5">
      <span
        role={state === 'error' ? 'alert' : undefined}
        title={error ?? undefined}
        data-save-state={state}
        className={`flex items-center gap-1 whitespace-nowrap text-xs ${colour}`}
      >
        <Icon
          aria-hidden
          size={14}
          className={state === 'saving' ? 'animate-spin motion-reduce:animate-none' : ''}
        />
        <span className={state === 'error' || state === 'conflict' ? '' : 'max-xl:sr-only'}>{words}</span>
      </span>
      {state === 'error' ? (
        <Button size="sm" onClick={() => void saveNow().catch(() => {})}>
          Save again
        </Button>
      ) : null}
      {theirs === null ? null : (
        <Button size="sm" onClick={() => setPutOff(null)}>
          Resolve…
        </Button>
      )}
      {theirs === null || theirs.version === putOff ? null : (
        <ConflictDialog theirs={theirs} onClose={() => setPutOff(theirs.version)} />
      )}
    </span>
  )
}
