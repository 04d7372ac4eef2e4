'use client'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { useStream } from './stream-context'

/** A drag passes many versions; browsers limit how often the address may change. */
const SETTLE_MS = 200

/**
 * Keeps `?v=` and what it is compared with, `&from=`, true in the address, so that a moment can be linked to. The
 * latest, compared with the one before it, needs neither.
 * What is still to be written is written before anybody leaves: an address that changes while a page is on its
 * way would call that page back.
 */
export function useCursorInUrl(): void {
  const pathname = usePathname()
  const cursor = useStream((state) => state.cursor)
  const compared = useStream((state) => state.compared)
  const ready = useStream((state) => state.status === 'ready')
  const flush = useRef(() => {})

  useEffect(() => {
    if (!ready) return
    const wanted = searchOf(cursor, compared)
    const write = () => {
      clearTimeout(timer)
      flush.current = () => {}
      if (location.pathname === pathname && location.search !== wanted) {
        history.replaceState(null, '', `${pathname}${wanted}`)
      }
    }
    const timer = setTimeout(write, SETTLE_MS)
    flush.current = write
    return () => clearTimeout(timer)
  }, [pathname, cursor, compared, ready])

  useEffect(() => {
    const leaving = (event: Event) => {
      const typed = event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== 'F5'
      if (!typed) flush.current()
    }
    addEventListener('click', leaving, true)
    addEventListener('keydown', leaving, true)
    return () => {
      removeEventListener('click', leaving, true)
      removeEventListener('keydown', leaving, true)
    }
  }, [])
}

function searchOf(cursor: number | null, compared: number | null): string {
  const parts = [cursor === null ? [] : [`v=${cursor}`], compared === null ? [] : [`from=${compared}`]].flat()
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}
