'use client'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { notify } from '@/components/ui/toast'
import type { RunAction } from '@/core/protocol'
import type { FaultInput } from '@/core/saga'
import { ApiError } from '@/lib/api/request'
import { runsApi } from '@/lib/api/runs'
import { useRunStore } from '@/lib/run-store/run-provider'
import { stateNow } from '@/lib/run-store/run-store'
import { useRunAct } from './use-run-act'

const said = (error: unknown): string => (error instanceof ApiError ? error.message : String(error))

export interface RunActions {
  /** @returns true when it was taken; a refusal is told to the person */
  act(action: RunAction): Promise<boolean>
  /** Starts a run with the same input, mode, seed and these faults, and goes there. */
  runAgain(faults: readonly FaultInput[]): Promise<void>
}

/** What a person can do to the run on this page. */
export function useRunActions(): RunActions {
  const store = useRunStore()
  const router = useRouter()

  const act = useRunAct()

  const runAgain = useCallback(
    async (faults: readonly FaultInput[]) => {
      const { run } = store.getState()
      const { input, seed, mode } = stateNow(store.getState())
      try {
        const { id } = await runsApi.start(run.designId, {
          saga: run.saga,
          input,
          mode,
          seed,
          faults,
        })
        router.push(`/w/${run.designId}/runs/${id}`)
      } catch (error) {
        notify.error('The run could not be started', { description: said(error) })
      }
    },
    [store, router],
  )

  return { act, runAgain }
}
