'use client'
import { X, Zap } from 'lucide-react'
import { classNames } from '@/components/ui/class-names'
import { IconButton } from '@/components/ui/icon-button'
import type { FaultInput, SagaPlan } from '@/core/saga'
import { describeFault } from '@/lib/run-store/fault-draft'
import type { FaultPreset } from '@/lib/run-store/fault-presets'
import { placeName } from '@/lib/run-store/operator'

interface FaultListProps {
  readonly plan: SagaPlan
  readonly faults: readonly FaultInput[]
  readonly onRemove?: (fault: FaultInput) => void
  /** Whole presets, a line each, before what stands alone. */
  readonly presets?: readonly FaultPreset[]
  readonly onRemovePreset?: (preset: FaultPreset) => void
}

const lineClass = 'rounded-sm border border-line bg-soft-failed py-0.5 pr-0.5 pl-2 text-xs'

/** What is broken on purpose, each in words. */
export function FaultList({ plan, faults, onRemove, presets = [], onRemovePreset }: FaultListProps) {
  return (
    <ul aria-label="Faults" className="flex flex-col gap-1">
      {presets.map((preset) => (
        <li key={preset.id} className={classNames('flex items-start gap-2', lineClass)}>
          <details className="min-w-0 flex-1 py-1">
            <summary>
              {preset.label}: {preset.faults.length} {preset.faults.length === 1 ? 'fault' : 'faults'}
            </summary>
            <div className="max-h-40 overflow-auto pt-1 text-muted">
              {preset.faults.map((fault) => (
                <p key={wordsOf(plan, fault)}>{wordsOf(plan, fault)}</p>
              ))}
            </div>
          </details>
          {onRemovePreset ? (
            <IconButton size="sm" label={`Remove: ${preset.label}`} onClick={() => onRemovePreset(preset)}>
              <X />
            </IconButton>
          ) : null}
        </li>
      ))}
      {faults.map((fault) => {
        const words = wordsOf(plan, fault)
        return (
          <li key={words} className={classNames('flex items-center gap-2', lineClass)}>
            <Zap aria-hidden size={12} className="shrink-0 text-state-failed" />
            <span className="min-w-0 flex-1">{words}</span>
            {onRemove ? (
              <IconButton size="sm" label={`Remove: ${words}`} onClick={() => onRemove(fault)}>
                <X />
              </IconButton>
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}

const wordsOf = (plan: SagaPlan, fault: FaultInput): string =>
  `${placeName(plan, fault.node)} ${describeFault(fault)}`
