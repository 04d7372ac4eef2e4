'use client'
import { Pause, Play, RefreshCw } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/toast'
import type { ProjectionAction, ProjectionInfo } from '@/core/protocol'
import { DelaySlider } from './delay-slider'
import { useReadModelStore } from './read-model-context'

/** Pause, resume, rebuild, and a delivery that is late on purpose. */
export function ReadModelControls({ info }: { readonly info: ProjectionInfo }) {
  const store = useReadModelStore()
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
      <DelaySlider delayMs={info.delayMs} />
    </div>
  )
}
