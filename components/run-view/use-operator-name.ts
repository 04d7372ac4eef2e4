'use client'
import { useEffect, useState } from 'react'

const KEY = 'saga-workbench-operator'

/** Who acts, as the log says it. Remembered in this browser. */
export function useOperatorName(): readonly [name: string, set: (name: string) => void] {
  const [name, setName] = useState('')
  useEffect(() => {
    try {
      setName(localStorage.getItem(KEY) ?? '')
    } catch {
      // Without storage it is asked every time.
    }
  }, [])
  return [
    name,
    (next) => {
      setName(next)
      try {
        localStorage.setItem(KEY, next)
      } catch {
        // See above.
      }
    },
  ]
}
