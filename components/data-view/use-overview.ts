'use client'
import { useEffect, useMemo, useState } from 'react'
import { followActivity, loadOverview, type Overview } from '@/lib/data-store/overview'
import { useDesign } from '@/lib/design-store'

export type OverviewState =
  | { readonly status: 'loading' }
  | { readonly status: 'error'; readonly message: string }
  | { readonly status: 'ready'; readonly overview: Overview }

/** Instances and read models of the design, read again as things happen. */
export function useOverview(): { readonly state: OverviewState; readonly retry: () => void } {
  const designId = useDesign((state) => state.designId)
  const version = useDesign((state) => state.version)
  const aggregates = useDesign((state) => state.document.aggregates)
  const projections = useDesign((state) => state.document.projections)
  const [state, setState] = useState<OverviewState>({ status: 'loading' })
  const [attempt, setAttempt] = useState(0)
  const design = useDesign((now) => now.document)
  // what is defined, not every keystroke in it
  const defined = useMemo(
    () => [aggregates.map(({ id }) => id), projections.map(({ id }) => id)].join('|'),
    [aggregates, projections],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: `defined` and `version` say when the design is another
  useEffect(() => {
    let gone = false
    let reading = 0
    const read = () => {
      reading += 1
      const mine = reading
      loadOverview(designId, design)
        .then((overview) => {
          if (!gone && mine === reading) setState({ status: 'ready', overview })
        })
        .catch((error: unknown) => {
          if (gone || mine !== reading) return
          setState({ status: 'error', message: error instanceof Error ? error.message : String(error) })
        })
    }
    read()
    const end = followActivity(
      designId,
      design.projections.map(({ id }) => id),
      read,
    )
    return () => {
      gone = true
      end()
    }
  }, [designId, version, defined, attempt])
  return { state, retry: () => setAttempt((now) => now + 1) }
}
