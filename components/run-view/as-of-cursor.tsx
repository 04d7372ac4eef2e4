'use client'
import { History } from 'lucide-react'
import type { ReactNode } from 'react'
import { useRun } from '@/lib/run-store/run-provider'
import { isPast, seqShown } from '@/lib/run-store/run-store'

/** Marks what tells of an earlier event, as the frame marks the canvas. */
export function AsOfCursor({ children }: { readonly children: ReactNode }) {
  const past = useRun(isPast)
  const seq = useRun(seqShown)
  return (
    <>
      {past ? (
        <p className="flex items-center gap-2 border-state-unknown border-b-2 bg-soft-unknown px-3 py-1 font-medium text-state-unknown text-xs">
          <History aria-hidden size={14} />
          As of event {seq}
        </p>
      ) : null}
      {children}
    </>
  )
}
