'use client'
import { Button } from '@/components/ui/button'
import { NumberField } from '@/components/ui/number-field'
import { headOf, versionCompared } from '@/lib/data-store/stream-store'
import { useStream, useStreamStore } from './stream-context'

/** Which version the state shown is compared with: the one before it, or any other. */
export function CompareWith() {
  const store = useStreamStore()
  const head = useStream(headOf)
  const compared = useStream(versionCompared)
  const chosen = useStream((state) => state.compared !== null)
  const { compare } = store.getState()
  if (compared === null) return null
  return (
    <div className="flex flex-wrap items-center gap-2 text-xs text-muted">
      <span>Compare with version</span>
      <div className="w-28">
        <NumberField
          ariaLabel="Compare with version"
          value={compared}
          min={0}
          max={head}
          onValueChange={(version) => compare(version)}
        />
      </div>
      {chosen ? (
        <Button size="sm" variant="ghost" onClick={() => compare(null)}>
          The one before
        </Button>
      ) : null}
    </div>
  )
}
