'use client'
import { Map as MapIcon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { MapKind } from '@/core/model-map'

/** A map that teaches instead of one that is blank. */
export function EmptyMap({ onAdd }: { readonly onAdd: ((kind: MapKind) => void) | null }) {
  return (
    <div className="flex h-full items-center justify-center">
      <EmptyState
        icon={<MapIcon />}
        title="Nothing is modelled yet"
        description="Commands go to aggregates, which answer with events. Read models, policies and sagas follow from those. It is all drawn here, from the definitions."
        {...(onAdd === null
          ? {}
          : {
              actions: (
                <>
                  <Button variant="primary" onClick={() => onAdd('aggregate')}>
                    Add aggregate
                  </Button>
                  <Button onClick={() => onAdd('saga')}>Add saga</Button>
                </>
              ),
            })}
      />
    </div>
  )
}
