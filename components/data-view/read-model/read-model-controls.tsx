'use client'
import { Pause, Play, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Slider } from '@/components/ui/slider'
import { notify } from '@/components/ui/toast'
import type { ProjectionAction, ProjectionInfo } from '@/core/protocol'
import { useReadModelStore } from './read-model-context'

const MOST_DELAY_MS = 10_000

/** Pause, resume, rebuild, and a delivery that is late on purpose. */
export function ReadModelControls({ info }: { readonly info: ProjectionInfo }) {
  const store = useReadModelStore()
  const [dragged, setDragged] = useState<number | null>(null)
  const delay = dragged ?? info.delayMs
  const act = async (action: ProjectionAction) => {
    const refused = await store.getState().act(action)
    if (refused !== undefined) notify.error('That was not done', { description: refused })
  }
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
      <div className="flex gap-2">
        {info.status === 'paused' ? (
          <Button icon={<Play aria-hidden size={14} />} onClick={() => void act({ action: 'resume' })}>
            Resume
          </Button>
        ) : (
          <Button
            icon={<Pause aria-hidden size={14} />}
            disabled={info.status !== 'running'}
            onClick={() => void act({ action: 'pause' })}
          >
            Pause
          </Button>
        )}
        <Button
          icon={<RefreshCw aria-hidden size={14} />}
          disabled={info.status === 'rebuilding'}
          onClick={() => void act({ action: 'rebuild' })}
        >
          Rebuild
        </Button>
      </div>
      <div className="flex min-w-64 flex-1 items-center gap-3">
        <span className="whitespace-nowrap text-sm text-muted">Delay</span>
        <Slider
          ariaLabel="Delivery delay"
          min={0}
          max={MOST_DELAY_MS}
          step={250}
          value={Math.min(delay, MOST_DELAY_MS)}
          onValueChange={setDragged}
          onValueCommitted={(delayMs) =>
            // A later press is not taken back by the answer to an earlier one.
            void act({ action: 'set-delay', delayMs }).then(() =>
              setDragged((now) => (now === delayMs ? null : now)),
            )
          }
          valueText={(ms) => `${ms / 1000} seconds`}
        />
        <span className="data w-14 whitespace-nowrap text-right">{(delay / 1000).toFixed(2)} s</span>
      </div>
    </div>
  )
}
