'use client'
import { useEffect, useState } from 'react'
import { runStream } from '@/core/aggregate/stream'
import type { EventAnswer } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'

/** The cause itself and what the run did next: enough to tell the story, not the whole of it. */
const AROUND = 5

/** Events of a run from `seq` on: the one that led to an event, and what followed. Empty until they are there. */
export function useRunEvents(designId: string, runId: string | null, seq: number): readonly EventAnswer[] {
  const [read, setRead] = useState<{ readonly of: string; readonly events: readonly EventAnswer[] } | null>(
    null,
  )
  const wanted = `${runId}:${seq}`
  useEffect(() => {
    if (runId === null) return
    let overtaken = false
    designsApi
      .streamEvents(designId, runStream(runId), { from: seq, limit: AROUND })
      .then(({ items }) => {
        if (!overtaken) setRead({ of: wanted, events: items })
      })
      // the link to the run says what is wrong with it
      .catch(() => undefined)
    return () => {
      overtaken = true
    }
  }, [designId, runId, seq, wanted])
  return read?.of === wanted ? read.events : []
}
