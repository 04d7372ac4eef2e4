'use client'
import { useLateSearch } from '@/components/shell/use-late-search'
import { useStream } from './stream-context'

const textOf = (version: number | null): string | null => (version === null ? null : String(version))

/**
 * Keeps `?v=` and what it is compared with, `&from=`, true in the address. The latest, compared with the one before it,
 * needs neither.
 */
export function useCursorInUrl(): void {
  const cursor = useStream((state) => state.cursor)
  const compared = useStream((state) => state.compared)
  const ready = useStream((state) => state.status === 'ready')
  useLateSearch(ready ? { v: textOf(cursor), from: textOf(compared) } : null)
}
