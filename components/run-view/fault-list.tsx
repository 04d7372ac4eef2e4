'use client'
import { X, Zap } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import type { FaultInput, SagaPlan } from '@/core/saga'
import { describeFault } from '@/lib/run-store/fault-draft'
import { placeName } from '@/lib/run-store/operator'

interface FaultListProps {
  readonly plan: SagaPlan
  readonly faults: readonly FaultInput[]
  readonly onRemove?: (fault: FaultInput) => void
}

/** What is broken on purpose, each in words. */
export function FaultList({ plan, faults, onRemove }: FaultListProps) {
  return (
    <ul aria-label="Faults" className="flex flex-col gap-1">
      {faults.map((fault) => {
        const words = `${placeName(plan, fault.node)} ${describeFault(fault)}`
        return (
          <li
            key={words}
            className="flex items-center gap-2 rounded-sm border border-line bg-soft-failed py-0.5 pr-0.5 pl-2 text-xs"
          >
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
