'use client'
import { useState } from 'react'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { notify } from '@/components/ui/toast'
import type { DesignSummary, RunSummary } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'
import { ApiError } from '@/lib/api/request'
import { runsApi } from '@/lib/api/runs'

export interface DeleteDesignProps {
  /** The one to be asked about, or null. */
  readonly design: DesignSummary | null
  readonly onClose: () => void
  readonly onDeleted: (id: string) => void
}

interface Running {
  readonly design: DesignSummary
  readonly runs: readonly RunSummary[]
}

const UNFINISHED = new Set<RunSummary['status']>(['running', 'suspended', 'compensating'])

/** Asks once; and when runs are under way, names them and asks again. */
export function DeleteDesign({ design, onClose, onDeleted }: DeleteDesignProps) {
  const [running, setRunning] = useState<Running | null>(null)

  const remove = async (target: DesignSummary, force: boolean) => {
    try {
      await designsApi.delete(target.id, force)
      onDeleted(target.id)
      notify.success(`Deleted “${target.name}”`)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.code !== 'DESIGN_HAS_RUNNING_RUNS') {
        return notify.error('The design was not deleted', { description: error.message })
      }
      const { items } = await runsApi.list({ design: target.id, limit: 100 })
      setRunning({ design: target, runs: items.filter((run) => UNFINISHED.has(run.status)) })
    }
  }
  return (
    <>
      <ConfirmDialog
        open={design !== null}
        onOpenChange={(open) => open || onClose()}
        title={`Delete “${design?.name ?? ''}”?`}
        description="Its runs, events and read models go with it. This cannot be undone: export it first if you may want it back."
        confirmLabel="Delete design"
        onConfirm={async () => {
          if (design !== null) await remove(design, false)
        }}
      />
      <ConfirmDialog
        open={running !== null}
        onOpenChange={(open) => open || setRunning(null)}
        title="Runs are under way"
        description={
          <>
            <p>
              “{running?.design.name}” has{' '}
              {running?.runs.length === 1 ? 'a run' : `${running?.runs.length} runs`} that
              {running?.runs.length === 1 ? ' has' : ' have'} not ended. Deleting stops them where they stand;
              nothing is compensated.
            </p>
            <ul className="data flex max-h-40 flex-col gap-1 overflow-y-auto pt-3">
              {running?.runs.map((run) => (
                <li key={run.id}>
                  {run.saga} · {run.id} · {run.status}
                </li>
              ))}
            </ul>
          </>
        }
        confirmLabel="Stop runs and delete"
        onConfirm={async () => {
          if (running !== null) await remove(running.design, true)
        }}
      />
    </>
  )
}
