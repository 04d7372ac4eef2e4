'use client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { ScenarioResult } from '@/core/scenario'
import { useDesign } from '@/lib/design-store'
import { sharedCodeRunner } from '@/lib/sandbox/shared'
import { LiveResults, type ScenarioResults } from '@/lib/scenarios/live-results'

const ResultsContext = createContext<ScenarioResults>(new Map())

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
  const [results, setResults] = useState<ScenarioResults>(new Map())
  useEffect(() => {
    let over = false
    const timer = setTimeout(
      () => void live.run(design, setResults, () => over),
      isWatched ? SETTLE_MS : BESIDE_MS,
    )
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [live, design, isWatched])
  return <ResultsContext value={results}>{children}</ResultsContext>
}

/** What the scenario came to when it was last run; undefined while it has not been. */
export const useScenarioResult = (id: string): ScenarioResult | undefined =>
  useContext(ResultsContext).get(id)

export const useScenarioResults = (): ScenarioResults => useContext(ResultsContext)
