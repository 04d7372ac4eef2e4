'use client'
import { useMemo } from 'react'
import { Button } from '@/components/ui/button'
import { Tooltip } from '@/components/ui/tooltip'
import type { Design } from '@/core/design/document'
import type { FaultInput, SagaPlan } from '@/core/saga'
import { faultPresets } from '@/lib/run-store/fault-presets'

interface FaultPresetsProps {
  readonly plan: SagaPlan
  readonly design: Design
  /** All faults of the run, in place of those there are. */
  readonly onChoose: (faults: readonly FaultInput[]) => void
}

/** Breaks the whole saga at once, in ways worth a look. */
export function FaultPresets({ plan, design, onChoose }: FaultPresetsProps) {
  const presets = useMemo(() => faultPresets(plan, design), [plan, design])
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="pb-1 font-medium text-muted text-xs">Or all at once</legend>
      {presets.map(({ id, label, says, faults }) => (
        <Tooltip key={id} content={says}>
          <Button size="sm" onClick={() => onChoose(faults)}>
            {label}
          </Button>
        </Tooltip>
      ))}
      <Button size="sm" variant="ghost" onClick={() => onChoose([])}>
        Nothing
      </Button>
    </fieldset>
  )
}
