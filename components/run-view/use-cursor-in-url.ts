'use client'
import { parseAsInteger, useQueryState } from 'nuqs'
import { useEffect, useRef } from 'react'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'

/** Faster than this the browser refuses to write addresses. */
const WRITE_EVERY_MS = 250

/** `?seq=` and the cursor are one: a link opens the run at that event, and going back goes back in time. */
export function useCursorInUrl(): void {
  const store = useRunStore()
  const cursor = useRun((run) => run.cursor)
  const [seq, setSeq] = useQueryState(
    'seq',
    parseAsInteger.withOptions({ history: 'replace', throttleMs: WRITE_EVERY_MS }),
  )
  const written = useRef(seq)

  useEffect(() => {
    if (cursor === written.current) return
    written.current = cursor
    void setSeq(cursor)
  }, [cursor, setSeq])

  useEffect(() => {
    if (seq === written.current) return
    written.current = seq
    store.getState().goTo(seq)
  }, [seq, store])
}
