import { usePathname } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { type SearchParts, WrittenParts } from './written-parts'

/** A drag passes many values; browsers limit how often the address may change. */
const SETTLE_MS = 200

/**
 * Keeps parts of the address true a moment after they changed, so that a moment can be linked to; the other parts stay.
 * What is still to be written is written before anybody leaves: an address that changes while a page is on its way would
 * call that page back.
 * @param parts null: not known yet
 * @returns what was written lately: whoever reads the address too knows its own hand by it
 */
export function useLateSearch(parts: SearchParts | null): WrittenParts {
  const pathname = usePathname()
  const key = JSON.stringify(parts)
  const [written] = useState(() => new WrittenParts())
  const flush = useRef(() => {})

  useEffect(() => {
    const wanted: SearchParts | null = JSON.parse(key)
    if (wanted === null) return
    const write = () => {
      clearTimeout(timer)
      flush.current = () => {}
      const search = withParts(location.search, wanted)
      if (location.pathname !== pathname || location.search === search) return
      written.add(wanted)
      history.replaceState(null, '', `${pathname}${search}`)
    }
    const timer = setTimeout(write, SETTLE_MS)
    flush.current = write
    return () => clearTimeout(timer)
  }, [pathname, key, written])

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
  return written
}

function withParts(search: string, parts: SearchParts): string {
  const params = new URLSearchParams(search)
  for (const [name, value] of Object.entries(parts)) {
    params.delete(name)
    if (value !== null) params.append(name, value)
  }
  return params.size === 0 ? '' : `?${params}`
}
