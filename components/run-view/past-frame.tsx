'use client'
import { GitFork, History } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { headOf } from '@/lib/run-store/history'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { isPast, seqShown } from '@/lib/run-store/run-store'
import { ForkDialog } from './fork-dialog'

/** An amber frame round the canvas while an earlier event is shown: nobody should take the past for the present. */
export function PastFrame() {
  const store = useRunStore()
  const past = useRun(isPast)
  const seq = useRun(seqShown)
  const head = useRun(({ history }) => headOf(history))
  const [forking, setForking] = useState(false)
  if (!past) return null
  return (
    <>
      <div
        aria-hidden
        data-testid="past-frame"
        className="pointer-events-none absolute inset-0 z-10 border-2 border-state-unknown"
      />
      <section
        aria-label="The past"
        className="absolute top-3 left-1/2 z-20 flex -translate-x-1/2 items-center gap-3 whitespace-nowrap rounded-full border border-state-unknown bg-soft-unknown py-1 pr-1 pl-3 text-state-unknown text-xs font-medium shadow-float"
      >
        <History aria-hidden size={14} />
        <span>
          Viewing event {seq} of {head}
        </span>
        <Button size="sm" icon={<GitFork />} onClick={() => setForking(true)} className="rounded-full">
          Fork from here
        </Button>
        <Button size="sm" onClick={() => store.getState().goTo(null)} className="rounded-full">
          Return to live
        </Button>
      </section>
      {forking ? <ForkDialog seq={seq} onClose={() => setForking(false)} /> : null}
    </>
  )
}
