'use client'
import { ClipboardCheck } from 'lucide-react'
import { Button } from '@/components/ui/button'
import type { Scenario } from '@/core/design/scenario'
import { expecting } from '@/core/scenario'
import { useModelEdit } from '../fields/use-model-edit'
import { inAnyScenario } from '../recipes/scenarios'
import { useFreshResult } from './scenario-results'

/** Fills in what is expected from what the scenario comes to as it stands. */
export function TakeHappened({ scenario }: { readonly scenario: Scenario }) {
  const outcome = useFreshResult(scenario.id)?.outcome ?? null
  const edit = useModelEdit()
  return (
    <div>
      <Button
        size="sm"
        icon={<ClipboardCheck aria-hidden size={14} />}
        disabled={outcome === null}
        onClick={() => {
          if (outcome !== null)
            edit(
              'Take what happened',
              inAnyScenario(scenario.id, (draft) => Object.assign(draft, expecting(scenario, outcome))),
            )
        }}
      >
        Take what happened
      </Button>
    </div>
  )
}
