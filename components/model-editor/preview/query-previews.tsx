'use client'
import { useCallback, useState } from 'react'
import { JsonView } from '@/components/ui/json-view'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Spinner } from '@/components/ui/spinner'
import type { CodeProgram } from '@/core/code/contract'
import type { Projection } from '@/core/design/aggregate'
import type { Json } from '@/core/json'
import { designsApi } from '@/lib/api/designs'
import { useDesign } from '@/lib/design-store'
import { previewQueries } from '@/lib/preview/query-preview'
import { sharedCodeRunner } from '@/lib/sandbox/shared'
import { FaultText } from './preview-frame'
import { useLatest } from './use-latest'

type KeyedRows = readonly { readonly key: string; readonly row: Json }[]

export interface QueryPreviewsProps {
  readonly projection: Projection
  readonly program: CodeProgram
  /** The rows of the preview. */
  readonly rows: KeyedRows
}

/** What each query answers to its example, as it is typed: over the previewed rows, or over those on the server. */
export function QueryPreviews({ projection, program, rows }: QueryPreviewsProps) {
  const designId = useDesign((state) => state.designId)
  const [source, setSource] = useState<'example' | 'real'>('example')
  const [real, setReal] = useState<KeyedRows | string>([])
  const choose = (next: 'example' | 'real') => {
    setSource(next)
    if (next === 'example') return
    designsApi.rows(designId, projection.id, { limit: 500 }).then(
      ({ items }) => setReal(items),
      (error: unknown) => setReal(error instanceof Error ? error.message : String(error)),
    )
  }
  const asked = source === 'example' ? rows : real
  const compute = useCallback(
    () => previewQueries(sharedCodeRunner(), program, projection, typeof asked === 'string' ? [] : asked),
    [program, projection, asked],
  )
  const { value: answers } = useLatest(compute)
  if (projection.queries.length === 0) return null
  return (
    <>
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-xs font-semibold">Queries</h2>
        <SegmentedControl
          size="sm"
          ariaLabel="Rows that are asked"
          value={source}
          onValueChange={choose}
          options={[
            { value: 'example', label: 'Example rows' },
            { value: 'real', label: 'Real rows' },
          ]}
        />
      </div>
      {typeof asked === 'string' ? (
        <p className="text-sm text-state-failed">{asked}</p>
      ) : answers === null ? (
        <Spinner label="Starting the sandbox" />
      ) : (
        <ul aria-label="Previewed queries" className="flex flex-col gap-2">
          {answers.map(({ id, answer }) => (
            <li key={id} className="flex flex-col gap-1 rounded-sm border border-line p-2">
              <p className="data font-medium">{id}</p>
              {answer.kind === 'value' ? (
                <JsonView value={answer.value} ariaLabel={`Answer of ${id}`} />
              ) : null}
              {answer.kind === 'refused' ? (
                <p className="text-sm text-state-failed">{answer.message}</p>
              ) : null}
              {answer.kind === 'fault' ? <FaultText fault={answer.fault} /> : null}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
