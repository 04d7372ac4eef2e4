'use client'
import { useCallback, useMemo } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import { JsonView } from '@/components/ui/json-view'
import { Spinner } from '@/components/ui/spinner'
import type { Projection } from '@/core/design/aggregate'
import { designProgram } from '@/core/design/program'
import { useDesign } from '@/lib/design-store'
import { type PreviewScripts, previewLog } from '@/lib/preview/preview-session'
import { previewProjection } from '@/lib/preview/projection-preview'
import { sharedCodeRunner } from '@/lib/sandbox/shared'
import { FaultText, PreviewFrame } from './preview-frame'
import { QueryPreviews } from './query-previews'
import { useLatest } from './use-latest'

export interface ProjectionPreviewPanelProps {
  readonly projection: Projection
  readonly scripts: PreviewScripts
}

/** What the projection makes of the events that the previewed aggregates emitted. */
export function ProjectionPreviewPanel({ projection, scripts }: ProjectionPreviewPanelProps) {
  const design = useDesign((state) => state.document)
  const program = useMemo(() => designProgram(design), [design])
  const compute = useCallback(async () => {
    const code = sharedCodeRunner()
    const log = await previewLog(code, program, design, projection.from, scripts)
    return previewProjection(code, program, design, projection, log)
  }, [program, design, projection, scripts])
  const { value: preview, stale } = useLatest(compute)
  return (
    <PreviewFrame stale={stale}>
      <h2 className="text-xs font-semibold">Rows</h2>
      {preview === null ? (
        <Spinner label="Starting the sandbox" />
      ) : preview.rows.length === 0 ? (
        <p className="text-sm text-muted">No rows{preview.fed.length === 0 ? ' yet' : ''}.</p>
      ) : (
        <ul aria-label="Previewed rows" className="flex flex-col gap-2">
          {preview.rows.map(({ key, row }) => (
            <li key={key} className="rounded-sm border border-line p-2">
              <p className="data pb-1 font-medium">{key}</p>
              <JsonView value={row} ariaLabel={`Row ${key}`} />
            </li>
          ))}
        </ul>
      )}
      {preview?.fault ? <FaultText fault={preview.fault} /> : null}
      {preview === null ? null : (
        <QueryPreviews projection={projection} program={program} rows={preview.rows} />
      )}
      <h2 className="text-xs font-semibold">Events it was fed</h2>
      {preview?.fed.length === 0 ? (
        <EmptyState
          compact
          title="No events to feed it"
          description="They come from the previews of the aggregates it listens to: give their commands examples, or send some there."
        />
      ) : (
        <ol aria-label="Fed events" className="flex flex-col gap-1">
          {preview?.fed.map(({ event, key }, index) => (
            <li key={event.position} className="data flex items-baseline gap-2">
              <span className="text-subtle">{event.position}</span>
              <span className="min-w-0 flex-1 truncate">{event.type}</span>
              <span className={preview.fault?.eventIndex === index ? 'text-state-failed' : 'text-muted'}>
                {preview.fault?.eventIndex === index ? 'failed here' : key === null ? 'ignored' : `→ ${key}`}
              </span>
            </li>
          ))}
        </ol>
      )}
    </PreviewFrame>
  )
}
