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
  draft: { words: 'Not saved: the code', Icon: CloudAlert, colour: 'text-state-failed' },
} as const

/** Whether the server has what is on the screen. Told to screen readers only when it does not. */
export function SaveStatus() {
  const saveState = useDesign((design) => design.saveState)
  const saveError = useDesign((design) => design.saveError)
  const draft = useDesign((design) => design.draft)
  // What went wrong on the way to the server comes first: it concerns all of the design.
  const state = draft !== null && (saveState === 'saved' || saveState === 'saving') ? 'draft' : saveState
  const error = state === 'draft' ? `The text in Code is no design, ${draft?.why}` : saveError
  const theirs = useDesign((design) => design.theirs)
  /** The version whose dialog was put off: until it is decided nothing is saved, and the button says so. */
  const [putOff, setPutOff] = useState<number | null>(null)
  const saveNow = useDesign((design) => design.saveNow)
  const { words, Icon, colour } = LOOKS[state]
  return (
    <span className="flex items-center gap-1.5">
      <span
        role={state === 'error' || state === 'draft' ? 'alert' : undefined}
        title={error ?? undefined}
        data-save-state={state}
        className={`flex items-center gap-1 whitespace-nowrap text-xs ${colour}`}
      >
        <Icon
          aria-hidden
          size={14}
          className={state === 'saving' ? 'animate-spin motion-reduce:animate-none' : ''}
        />
        <span className={isTold(state) ? '' : 'max-xl:sr-only'}>{words}</span>
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

/** Said in words wherever there is room for an icon: it is lost, or about to be. */
const isTold = (state: keyof typeof LOOKS): boolean =>
  state === 'error' || state === 'conflict' || state === 'draft'
