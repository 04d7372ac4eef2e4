'use client'
import { useEffect, useRef, useState } from 'react'
import { describeEvent } from '@/lib/run-store/describe-event'
import { useRun } from '@/lib/run-store/run-provider'
import { eventShown } from '@/lib/run-store/run-store'

/** A screen reader that is told faster than this says nothing to the end. */
const EVERY_MS = 1500

/** Tells what the run does, the newest thing only, and not more often than can be listened to. */
export function LiveRegion() {
  const words = useRun((run) => {
    const entry = eventShown(run)
    return entry ? describeEvent(run.history.plan, entry.event) : ''
  })
  const [said, setSaid] = useState('')
  const lastAt = useRef(0)
  useEffect(() => {
    const waitMs = Math.max(0, lastAt.current + EVERY_MS - performance.now())
    const timer = setTimeout(() => {
      lastAt.current = performance.now()
      setSaid(words)
    }, waitMs)
    return () => clearTimeout(timer)
  }, [words])
  return (
    <div role="status" aria-live="polite" aria-label="What the run does" className="sr-only">
      {said}
    </div>
  )
}
