'use client'
import { useEffect } from 'react'
import { playDelayMs } from '@/lib/run-store/playback'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'

/** Moves the cursor along while playing; ends live, at the last event. */
export function usePlayback(): void {
  const store = useRunStore()
  const playing = useRun((run) => run.playing)
  const cursor = useRun((run) => run.cursor)
  const speed = useRun((run) => run.speed)
  useEffect(() => {
    if (!playing) return
    const { history, advance, pause } = store.getState()
    const delayMs = cursor === null ? null : playDelayMs(history, cursor, speed)
    if (delayMs === null) return pause()
    const timer = setTimeout(advance, delayMs)
    return () => clearTimeout(timer)
  }, [playing, cursor, speed, store])
}
