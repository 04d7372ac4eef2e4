'use client'
import { useMemo } from 'react'
import { Button } from '@/components/ui/button'
import { Tooltip } from '@/components/ui/tooltip'
import type { Design } from '@/core/design/document'
import type { SagaPlan } from '@/core/saga'
import { type FaultPreset, faultPresets } from '@/lib/run-store/fault-presets'

interface FaultPresetsProps {
  readonly plan: SagaPlan
  readonly design: Design
  readonly chosen: readonly FaultPreset[]
  /** This one is to be part of it, or no longer. */
  readonly onToggle: (preset: FaultPreset) => void
  readonly onNothing: () => void
}

/** Breaks the whole saga at once, in ways worth a look, besides what is broken step by step. */
export function FaultPresets({ plan, design, chosen, onToggle, onNothing }: FaultPresetsProps) {
  const presets = useMemo(() => faultPresets(plan, design), [plan, design])
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="pb-1 font-medium text-muted text-xs">Or all at once</legend>
      {presets.map((preset) => (
        <Tooltip key={preset.id} content={preset.says}>
          <Button
            size="sm"
            aria-pressed={chosen.some(({ id }) => id === preset.id)}
            className="aria-pressed:border-accent aria-pressed:bg-accent-soft"
            onClick={() => onToggle(preset)}
          >
            {preset.label}
          </Button>
        </Tooltip>
      ))}
      <Button size="sm" variant="ghost" onClick={onNothing}>
        Nothing
      </Button>
    </fieldset>
  )
}
