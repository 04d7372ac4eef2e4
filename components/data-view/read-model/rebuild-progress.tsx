import type { ProjectionInfo } from '@/core/protocol'

/** How far a rebuild is, beside the rows that are shown meanwhile. */
export function RebuildProgress({ info: { rebuilding, head } }: { readonly info: ProjectionInfo }) {
  if (rebuilding === null) return null
  const percent = head === 0 ? 100 : Math.min(100, Math.floor((rebuilding / head) * 100))
  return (
    <div className="flex flex-col gap-1 text-xs text-muted">
      <p>
        Folding from zero beside these rows: at <span className="data">{rebuilding}</span> of{' '}
        <span className="data">{head}</span>. They are swapped when it has caught up.
      </p>
      <progress aria-label="Rebuild" className="h-1.5 w-full accent-(--accent)" value={percent} max={100} />
    </div>
  )
}
