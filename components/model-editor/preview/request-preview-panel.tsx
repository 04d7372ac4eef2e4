'use client'
import { useCallback, useMemo } from 'react'
import { JsonView } from '@/components/ui/json-view'
import { Spinner } from '@/components/ui/spinner'
import { designProgram } from '@/core/design/program'
import type { Operation, Service } from '@/core/design/service'
import type { HttpRequest } from '@/core/http/request'
import type { Json } from '@/core/json'
import { useDesign } from '@/lib/design-store'
import { previewRequest } from '@/lib/preview/operation-preview'
import { sharedCodeRunner } from '@/lib/sandbox/shared'
import { FaultText, PreviewFrame } from './preview-frame'
import { useLatest } from './use-latest'

export interface RequestPreviewPanelProps {
  readonly service: Service
  readonly operation: Operation
}

/** The request that a run would send for the example input. The page makes it, and does not send it. */
export function RequestPreviewPanel({ service, operation }: RequestPreviewPanelProps) {
  const design = useDesign((state) => state.document)
  const program = useMemo(() => designProgram(design), [design])
  const compute = useCallback(
    () =>
      previewRequest(
        sharedCodeRunner(),
        program,
        design,
        { service: service.id, operation: operation.id },
        operation.inputExample ?? {},
      ),
    [program, design, service.id, operation],
  )
  const { value: made, stale } = useLatest(compute)
  return (
    <PreviewFrame stale={stale}>
      <p className="text-xs text-muted">
        This is what a run sends for the example input. The page does not send it; Idempotency-Key has the run
        and its step.
      </p>
      {made === null ? <Spinner label="Starting the sandbox" /> : null}
      {made?.ok === true ? <RequestView request={made.value} /> : null}
      {made?.ok === false ? <FaultText fault={made.error} /> : null}
    </PreviewFrame>
  )
}

function RequestView({ request }: { readonly request: HttpRequest }) {
  const { method, url, headers, body } = request
  return (
    <section aria-label="Request" className="flex flex-col gap-3">
      <p className="data break-all">
        <span className="font-semibold">{method}</span> {url}
      </p>
      <dl className="data grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        {Object.entries(headers).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-subtle">{name}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
      {body === null ? (
        <p className="text-xs text-subtle">No body.</p>
      ) : (
        <div>
          <h2 className="pb-1 text-xs font-semibold">Body</h2>
          <JsonView value={JSON.parse(body) as Json} ariaLabel="Body" />
        </div>
      )}
    </section>
  )
}
