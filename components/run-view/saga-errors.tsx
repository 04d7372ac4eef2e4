'use client'
import { CircleAlert } from 'lucide-react'
import Link from 'next/link'
import { useMemo } from 'react'
import { placeOf } from '@/components/saga-editor/problem-places'
import type { Saga } from '@/core/design/saga'
import { useDesign, useDesignStore } from '@/lib/design-store'

/** What is known to be wrong with what is about to be run, and the way to it. It may be run all the same. */
export function SagaErrors({ saga }: { readonly saga: Saga }) {
  const store = useDesignStore()
  const design = useDesign(({ document }) => document)
  const problems = useDesign((state) => state.problems)
  const designId = useDesign((state) => state.designId)
  const errors = useMemo(
    () =>
      problems
        .filter(({ severity }) => severity === 'error')
        .map((problem) => placeOf(design, problem))
        // those of a definition may be met by any saga
        .filter(({ sagaId }) => sagaId === null || sagaId === saga.id),
    [design, problems, saga.id],
  )
  const first = errors.find(({ nodeId }) => nodeId !== null) ?? errors[0]
  if (!first) return null
  const { where, sagaId, nodeId } = first
  return (
    <p role="status" className="flex items-start gap-1.5 text-state-failed text-xs">
      <CircleAlert aria-hidden size={14} className="mt-px shrink-0" />
      <span>
        {errors.length === 1 ? '1 error' : `${errors.length} errors`} in what is run: it fails where it comes
        to {where}.{' '}
        <Link
          href={`/w/${encodeURIComponent(designId)}${sagaId === null ? '/model' : ''}`}
          className="underline"
          onClick={() => {
            if (sagaId === null) return
            store.getState().setSaga(sagaId)
            store.getState().select(nodeId === null ? [] : [nodeId])
          }}
        >
          Show the {errors.length === 1 ? 'problem' : 'problems'}
        </Link>
      </span>
    </p>
  )
}
