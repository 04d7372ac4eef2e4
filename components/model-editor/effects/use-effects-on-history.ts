'use client'
import { useEffect, useMemo, useState } from 'react'
import { designsApi } from '@/lib/api/designs'
import { useDesign, useDesignStore } from '@/lib/design-store'
import type { Effect } from '@/lib/refold/effect'
import { createBaseline, effectsOnHistory } from '@/lib/refold/effects'
import { createHistory } from '@/lib/refold/history'
import { historyCodeRunner } from '@/lib/sandbox/shared'

/** How long after the last change history is folded anew, ms: well before the change is saved. */
const SETTLE_MS = 100

export interface EffectsOnHistory {
  readonly effects: readonly Effect[]
  readonly error: string | null
  /** A check is under way, or about to be. */
  readonly busy: boolean
  /** From now on edits are compared with the definitions as they are now. */
  accept(): void
  /** Puts the definitions back that the edits are compared with. */
  revert(): void
}

/**
 * What the edits since the page was opened would change in recorded history, worked out in the page while somebody
 * types, before anything is saved.
 */
export function useEffectsOnHistory(): EffectsOnHistory {
  const store = useDesignStore()
  const designId = useDesign((state) => state.designId)
  const document = useDesign((state) => state.document)
  const [baseline, setBaseline] = useState(() => createBaseline(document))
  const history = useMemo(
    () =>
      createHistory({
        streams: (aggregate, after, signal) => designsApi.history(designId, aggregate, after, signal),
        decisions: (aggregate, after, signal) => designsApi.decisions(designId, aggregate, after, signal),
        events: (types, after, signal) => designsApi.eventHistory(designId, types, after, signal),
      }),
    [designId],
  )
  const [found, setFound] = useState<{
    readonly effects: readonly Effect[]
    readonly error: string | null
    readonly of: unknown
  }>({ effects: [], error: null, of: baseline.design })

  useEffect(() => {
    const check = new AbortController()
    const settle = (error: string | null) =>
      setFound((now) => (check.signal.aborted ? now : { ...now, error, of: document }))
    const timer = setTimeout(() => {
      effectsOnHistory(historyCodeRunner(), history, baseline, document, check.signal, (effects) =>
        setFound((now) => ({ ...now, effects })),
      )
        .then(() => settle(null))
        .catch((cause: unknown) => settle(cause instanceof Error ? cause.message : String(cause)))
    }, SETTLE_MS)
    return () => {
      clearTimeout(timer)
      check.abort()
    }
  }, [history, baseline, document])

  return {
    effects: found.effects,
    error: found.error,
    busy: found.of !== document,
    accept: () => setBaseline(createBaseline(store.getState().document)),
    revert: () => {
      const { aggregates, projections } = baseline.design
      store.getState().edit('Put definitions back', (draft) => {
        const ids = new Set(
          found.effects.map(({ kind, id }) => `${kind === 'decisions' ? 'aggregate' : kind}:${id}`),
        )
        for (const [list, kind, old] of [
          [draft.aggregates, 'aggregate', aggregates],
          [draft.projections, 'projection', projections],
        ] as const)
          for (const [at, { id }] of list.entries()) {
            const was = old.find((one) => one.id === id)
            if (was && ids.has(`${kind}:${id}`)) Object.assign(list, { [at]: structuredClone(was) })
          }
      })
    },
  }
}
