import { useEffect, useState } from 'react'

const TICK_MS = 100

/**
 * What the clock of a run says: the wall's while a live run moves, else the time of its last event.
 * @param lastAt epoch ms of the last event on the run's clock
 */
export function useRunClock(lastAt: number, moving: boolean): number {
  const [now, setNow] = useState(lastAt)
  useEffect(() => {
    if (!moving) return
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [moving])
  return moving ? Math.max(lastAt, now) : lastAt
}
