'use client'
import { parseAsInteger, useQueryState } from 'nuqs'
import { useEffect, useRef } from 'react'
import { useLateSearch } from '@/components/shell/use-late-search'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'

/** `?seq=` and the cursor are one: a link opens the run at that event, and going back goes back in time. */
export function useCursorInUrl(): void {
  const store = useRunStore()
  const cursor = useRun((run) => run.cursor)
  const [seq] = useQueryState('seq', parseAsInteger)
  const written = useLateSearch({ seq: cursor === null ? null : String(cursor) })
  const told = useRef(seq)

  useEffect(() => {
    if (seq === told.current) return
    told.current = seq
    if (!written.takes('seq', seq === null ? null : String(seq))) store.getState().goTo(seq)
  }, [seq, store, written])
}
