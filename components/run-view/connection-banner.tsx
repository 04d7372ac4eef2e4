'use client'
import { useEffect, useState } from 'react'
import { Spinner } from '@/components/ui/spinner'

/** A blink of the connection is nobody's business. */
const QUIET_MS = 600

/** Says quietly that the page has lost the server. It catches up by itself. */
export function ConnectionBanner({ connected }: { readonly connected: boolean }) {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (connected) return setShown(false)
    const timer = setTimeout(() => setShown(true), QUIET_MS)
    return () => clearTimeout(timer)
  }, [connected])
  return (
    <div role="status" aria-label="Connection">
      {shown && !connected ? (
        <p className="flex items-center justify-center gap-2 border-b border-line bg-soft-unknown py-1 text-state-unknown text-xs">
          <Spinner size={12} />
          Reconnecting… What you see is what was last known; it catches up by itself.
        </p>
      ) : null}
    </div>
  )
}
