'use client'
import { Button } from '@/components/ui/button'
import type { DesignSummary } from '@/core/protocol'
import { DesignRow } from './design-row'

export interface DesignListProps {
  readonly designs: readonly DesignSummary[]
  /** null: that is all. */
  readonly onMore: (() => void) | null
  readonly onOpen: (design: DesignSummary) => void
  readonly onDuplicate: (design: DesignSummary) => void
  readonly onExport: (design: DesignSummary) => void
  readonly onDelete: (design: DesignSummary) => void
}

export function DesignList({ designs, onMore, ...actions }: DesignListProps) {
  return (
    <div className="flex flex-col gap-2">
      <div className="overflow-hidden rounded-md border border-line bg-surface">
        <table className="w-full text-sm" aria-label="My designs">
          <thead>
            <tr className="border-b border-line text-left text-xs text-subtle">
              <th className="px-3 py-1.5 font-medium">Name</th>
              <th className="w-48 px-3 py-1.5 font-medium">Changed</th>
              <th className="w-20 px-3 py-1.5 text-right font-medium">Version</th>
              <th className="w-10 px-2">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {designs.map((design) => (
              <DesignRow
                key={design.id}
                design={design}
                onOpen={() => actions.onOpen(design)}
                onDuplicate={() => actions.onDuplicate(design)}
                onExport={() => actions.onExport(design)}
                onDelete={() => actions.onDelete(design)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {onMore === null ? null : (
        <div>
          <Button size="sm" onClick={onMore}>
            Show more designs
          </Button>
        </div>
      )}
    </div>
  )
}
