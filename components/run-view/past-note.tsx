'use client'
import { History } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { useRunStore } from '@/lib/run-store/run-provider'

/** Stands where something could be done to the run now, while an earlier event of it is shown. */
export function PastNote({ children }: { readonly children: string }) {
  const store = useRunStore()
  return (
    <p className="flex items-center gap-2 border-b border-line bg-soft-unknown px-3 py-2 text-state-unknown text-xs">
      <History aria-hidden size={14} className="shrink-0" />
      <span className="min-w-0 flex-1">{children}</span>
      <Button size="sm" onClick={() => store.getState().goTo(null)}>
        Return to live
      </Button>
    </p>
  )
}
