'use client'
import { ClipboardCheck } from 'lucide-react'
import { useState } from 'react'
import { SaveVersion } from '@/components/scenarios/save-version'
import { Button } from '@/components/ui/button'
import { useDesign } from '@/lib/design-store'
import { type Decision, decisionAt } from '@/lib/scenarios/of-version'
import { type InstanceId, useStreamStore } from './stream-context'

/** Makes a scenario of the version that is looked at. */
export function SaveAsScenario({
  instance,
  version,
}: {
  readonly instance: InstanceId
  readonly version: number
}) {
  const store = useStreamStore()
  const aggregate = useDesign(({ document }) =>
    document.aggregates.find(({ id }) => id === instance.aggregate),
  )
  const [decision, setDecision] = useState<Decision | null>(null)
  if (aggregate === undefined || version === 0) return null
  return (
    <>
      <Button
        size="sm"
        icon={<ClipboardCheck aria-hidden size={14} />}
        onClick={() => setDecision(decisionAt(store.getState().events, version))}
      >
        Save as scenario
      </Button>
      {decision === null ? null : (
        <SaveVersion
          aggregate={aggregate}
          instanceKey={instance.key}
          decision={decision}
          onClose={() => setDecision(null)}
        />
      )}
    </>
  )
}
