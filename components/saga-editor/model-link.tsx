'use client'
import { Boxes } from 'lucide-react'
import Link from 'next/link'
import { useDesign } from '@/lib/design-store/design-provider'

/** To the definitions that the steps use. */
export function ModelLink() {
  const id = useDesign(({ designId }) => designId)
  const document = useDesign((state) => state.document)
  const counts = [
    [document.services.length, 'services'],
    [document.aggregates.length, 'aggregates'],
    [document.projections.length, 'read models'],
  ] as const
  return (
    <Link
      href={`/w/${encodeURIComponent(id)}/model`}
      className="flex shrink-0 items-center gap-2 border-t px-3 py-2 -outline-offset-2! hover:bg-hover"
    >
      <Boxes aria-hidden size={16} className="text-muted" />
      <span className="min-w-0">
        <span className="block text-sm font-medium">Definitions</span>
        <span className="block truncate text-xs text-muted">
          {counts.map(([count, word]) => `${count} ${count === 1 ? word.slice(0, -1) : word}`).join(', ')}
        </span>
      </span>
    </Link>
  )
}
