'use client'
import { useEffect, useState } from 'react'

/** How long after the last change a preview is computed, ms: typing is not interrupted, and it still feels at once. */
const SETTLE_MS = 120

/**
 * The value of an asynchronous computation over what is on the screen. The last value stays until the next is
 * there, and an answer that a newer question has overtaken is dropped.
 * @param compute a new function whenever its inputs are: memoise it
 */
export function useLatest<T>(compute: () => Promise<T>): {
  readonly value: T | null
  readonly stale: boolean
} {
  const [answer, setAnswer] = useState<{ readonly value: T; readonly of: () => Promise<T> } | null>(null)
  useEffect(() => {
    let current = true
    const timer = setTimeout(async () => {
      const value = await compute()
      if (current) setAnswer({ value, of: compute })
    }, SETTLE_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [compute])
  return { value: answer?.value ?? null, stale: answer?.of !== compute }
}
