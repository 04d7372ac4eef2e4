'use client'
import { useRef, useState } from 'react'
import { Slider } from '@/components/ui/slider'
import { notify } from '@/components/ui/toast'
import { useReadModelStore } from './read-model-context'

const MOST_DELAY_MS = 10_000

/** A delivery that is late on purpose: the projection's own delay, as it is on the server. */
export function DelaySlider({ delayMs }: { readonly delayMs: number }) {
  const store = useReadModelStore()
  const [dragged, setDragged] = useState<number | null>(null)
  const delay = dragged ?? delayMs
  /** What is to be sent once the one that is under way has been answered: two at once may arrive the other way round. */
  const next = useRef<number | null>(null)
  const sending = useRef(false)
  const commit = async (wanted: number) => {
    next.current = wanted
    if (sending.current) return
    sending.current = true
    while (next.current !== null) {
      const delayMs: number = next.current
      next.current = null
      const refused = await store.getState().act({ action: 'set-delay', delayMs })
      if (refused !== undefined) notify.error('That was not done', { description: refused })
      // A later press is not taken back by the answer to an earlier one.
      setDragged((now) => (now === delayMs ? null : now))
    }
    sending.current = false
  }
  return (
    <div className="flex min-w-64 flex-1 items-center gap-3">
      <span className="whitespace-nowrap text-sm text-muted">Delay</span>
      <Slider
        ariaLabel="Delivery delay"
        min={0}
        max={MOST_DELAY_MS}
        step={250}
        value={Math.min(delay, MOST_DELAY_MS)}
        onValueChange={setDragged}
        onValueCommitted={(wanted) => void commit(wanted)}
        valueText={(ms) => `${ms / 1000} seconds`}
      />
      <span className="data w-14 whitespace-nowrap text-right">{(delay / 1000).toFixed(2)} s</span>
    </div>
  )
}
