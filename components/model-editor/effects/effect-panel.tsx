'use client'
import { ChevronRight, History } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Spinner } from '@/components/ui/spinner'
import { EffectDetails } from './effect-details'
import { summaryWords } from './effect-words'
import { useEffectsOnHistory } from './use-effects-on-history'

/**
 * What the edits of this page would change in what was recorded, at once and before they are saved. Nothing is shown
 * until something that history is read by was edited.
 */
export function EffectPanel() {
  const { effects, error, busy, accept, revert } = useEffectsOnHistory()
  const [open, setOpen] = useState(false)
  if (effects.length === 0 && error === null) return null
  const touched = effects.some((effect) => effect.changed > 0)
  return (
    <section
      aria-label="Effect on history"
      aria-busy={busy}
      className={classNames('shrink-0 border-t bg-surface', touched ? 'border-state-unknown' : 'border-line')}
    >
      <div className="flex min-h-9 flex-wrap items-center gap-2 px-3 py-1">
        <h2 className="text-xs font-semibold">
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="-ml-1 flex h-6 items-center gap-1 rounded-sm pr-1 hover:bg-hover"
          >
            <ChevronRight
              aria-hidden
              size={14}
              className={classNames('text-subtle transition-transform', open && 'rotate-90')}
            />
            <History aria-hidden size={14} />
            Effect on history
          </button>
        </h2>
        <p
          role="status"
          aria-label="Effect on history in short"
          className={classNames('min-w-48 flex-1 text-sm', touched ? 'text-state-unknown' : 'text-muted')}
        >
          {error ?? summaryWords(effects)}
        </p>
        {busy ? <Spinner label="Folding history anew" /> : null}
        <Button size="sm" onClick={revert}>
          Put back
        </Button>
        <Button size="sm" variant="ghost" onClick={accept}>
          Compare from here
        </Button>
      </div>
      {open ? (
        <div className="max-h-72 overflow-y-auto border-t border-line p-3">
          <p className="pb-2 text-xs text-subtle">
            Recorded events, folded anew in this page by what is written here, beside the definitions as they
            were when it was opened.
          </p>
          {effects.map((effect) => (
            <EffectDetails key={`${effect.kind}:${effect.id}`} effect={effect} />
          ))}
        </div>
      ) : null}
    </section>
  )
}
