'use client'
import { ResultView } from '@/components/scenarios/result-view'
import { Spinner } from '@/components/ui/spinner'
import type { Scenario } from '@/core/design/scenario'
import { PreviewFrame } from '../preview/preview-frame'
import { useScenarioResult } from './scenario-results'

/** What a scenario comes to as things stand, beside what it expects. */
export function ScenarioResultPanel({ scenario }: { readonly scenario: Scenario }) {
  const result = useScenarioResult(scenario.id)
  return (
    <PreviewFrame stale={result === undefined}>
      {result === undefined ? <Spinner label="Running the scenario" /> : <ResultView result={result} />}
    </PreviewFrame>
  )
}
