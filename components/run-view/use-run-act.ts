'use client'
import { useCallback } from 'react'
import { notify } from '@/components/ui/toast'
import type { RunAction } from '@/core/protocol'
import { runsApi } from '@/lib/api/runs'
import { useRunStore } from '@/lib/run-store/run-provider'

/**
 * Does something to the run on this page.
 * @returns true when it was taken; a refusal is told to the person
 */
export function useRunAct(): (action: RunAction) => Promise<boolean> {
  const store = useRunStore()
  return useCallback(
    async (action) => {
      try {
        await runsApi.act(store.getState().run.id, action)
        return true
      } catch (error) {
        notify.error(`The run did not take "${action.action}"`, {
          description: error instanceof Error ? error.message : String(error),
        })
        return false
      }
    },
    [store],
  )
}
