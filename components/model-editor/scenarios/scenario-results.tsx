'use client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { Design } from '@/core/design/document'
import type { ScenarioResult } from '@/core/scenario'
import { useDesign } from '@/lib/design-store'
import { sharedCodeRunner } from '@/lib/sandbox/shared'
import { LiveResults, type ScenarioResults } from '@/lib/scenarios/live-results'

interface Shown {
  /** The design that was run; null before the first. */
  readonly of: Design | null
  readonly results: ScenarioResults
}

const NOTHING: Shown = { of: null, results: new Map() }
const ResultsContext = createContext(NOTHING)

/** How long after the last change scenarios are run, ms: typing is not interrupted, and it still feels at once. */
const SETTLE_MS = 120
/** The same while something else is looked at: its preview has the sandbox first. */
const BESIDE_MS = 600

/** Runs the scenarios of the design in the page, after each edit, for whoever shows them below. */
export function ScenarioResultsProvider({
  isWatched,
  children,
}: {
  /** A scenario is on the screen. */
  readonly isWatched: boolean
  readonly children: ReactNode
}) {
  const design = useDesign((state) => state.document)
  const [live] = useState(() => new LiveResults(sharedCodeRunner))
  const [shown, setShown] = useState(NOTHING)
  useEffect(() => {
    let over = false
    const timer = setTimeout(
      () =>
        void live.run(
          design,
          (results) => setShown({ of: design, results }),
          () => over,
        ),
      isWatched ? SETTLE_MS : BESIDE_MS,
    )
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [live, design, isWatched])
  return <ResultsContext value={shown}>{children}</ResultsContext>
}

/** What the scenario came to when it was last run; undefined while it has not been. */
export const useScenarioResult = (id: string): ScenarioResult | undefined =>
  useContext(ResultsContext).results.get(id)

/** The same, undefined also while it has not been run as it stands now: what is kept is to be of this very scenario. */
export function useFreshResult(id: string): ScenarioResult | undefined {
  const { of, results } = useContext(ResultsContext)
  const design = useDesign((state) => state.document)
  return of === design ? results.get(id) : undefined
}

export const useScenarioResults = (): ScenarioResults => useContext(ResultsContext).results
