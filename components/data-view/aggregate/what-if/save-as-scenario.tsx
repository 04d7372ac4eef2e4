'use client'
import { ClipboardCheck } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useLatest } from '@/components/model-editor/preview/use-latest'
import { SaveScenario, type Tried } from '@/components/scenarios/save-scenario'
import { Button } from '@/components/ui/button'
import type { AggregateScenario } from '@/core/design/scenario'
import { runScenario } from '@/core/scenario'
import { useDesign } from '@/lib/design-store'
import type { WhatIfOutcome } from '@/lib/preview/what-if'
import { sharedCodeRunner } from '@/lib/sandbox/shared'
import { scenarioOfWhatIf } from '@/lib/scenarios/of-what-if'
import { type InstanceId, useStream } from '../stream-context'

/** Keeps what was tried, as a scenario of the design: its last command, on what stood there before it. */
export function SaveAsScenario({
  instance,
  outcome,
}: {
  readonly instance: InstanceId
  readonly outcome: WhatIfOutcome
}) {
  const design = useDesign((state) => state.document)
  const events = useStream((state) => state.events)
  const [open, setOpen] = useState(false)
  const { aggregate, key } = instance
  const scenario = useMemo(
    () => scenarioOfWhatIf(design, { aggregate, key }, events.slice(0, outcome.from.version), outcome.steps),
    [design, aggregate, key, events, outcome],
  )
  return (
    <>
      <Button
        size="sm"
        icon={<ClipboardCheck aria-hidden size={14} />}
        disabled={scenario === null}
        onClick={() => setOpen(true)}
      >
        Save as scenario
      </Button>
      {open && scenario !== null ? <Save scenario={scenario} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function Save({ scenario, onClose }: { readonly scenario: AggregateScenario; readonly onClose: () => void }) {
  const design = useDesign((state) => state.document)
  const [name, setName] = useState(scenario.name)
  const attempt = useCallback(
    async (): Promise<Tried> => ({
      scenario,
      result: await runScenario(design, scenario, sharedCodeRunner()),
    }),
    [design, scenario],
  )
  const { value: tried } = useLatest(attempt)
  return (
    <SaveScenario
      description="Given are the events up to the version it began at, and what the commands before the last would have added. The last command is decided, and what it came to is expected."
      name={name}
      onName={setName}
      tried={tried}
      problem={null}
      onClose={onClose}
    />
  )
}
