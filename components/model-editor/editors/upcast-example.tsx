'use client'
import { useCallback, useMemo, useState } from 'react'
import { JsonField } from '@/components/schema-form/json-field'
import { Field } from '@/components/ui/field'
import { JsonView } from '@/components/ui/json-view'
import { Select } from '@/components/ui/select'
import type { Aggregate, EventDefinition } from '@/core/design/aggregate'
import { designProgram } from '@/core/design/program'
import type { Json } from '@/core/json'
import { useDesign } from '@/lib/design-store'
import { previewUpcasts } from '@/lib/preview/upcast-preview'
import { sharedCodeRunner } from '@/lib/sandbox/shared'
import { FaultText } from '../preview/preview-frame'
import { useLatest } from '../preview/use-latest'

/** Old data, and what each upcaster makes of it as it is typed. */
export function UpcastExample({
  aggregate,
  event,
}: {
  readonly aggregate: Aggregate
  readonly event: EventDefinition
}) {
  const design = useDesign((state) => state.document)
  const program = useMemo(() => designProgram(design), [design])
  const [from, setFrom] = useState('1')
  const [data, setData] = useState<Json>({})
  const version = Math.min(Number(from), event.upcasters.length)
  const compute = useCallback(
    () => previewUpcasts(sharedCodeRunner(), program, aggregate, event, version, data),
    [program, aggregate, event, version, data],
  )
  const { value: lifted, stale } = useLatest(compute)
  return (
    <section
      aria-label="Try the upcasters"
      aria-busy={stale}
      className="flex flex-col gap-3 rounded-sm border border-line bg-sunken p-3"
    >
      <div className="flex items-center justify-between gap-3">
        <h3 className="text-xs font-semibold">Try it with old data</h3>
        <p className="text-xs text-subtle">Nothing is saved</p>
      </div>
      <Field label="Written as version">
        <Select
          size="sm"
          value={String(version)}
          onValueChange={setFrom}
          options={event.upcasters.map((_, index) => ({
            value: String(index + 1),
            label: String(index + 1),
          }))}
        />
      </Field>
      <JsonField label="Data as it was written" value={data} onChange={setData} minHeight={64} />
      <ol aria-label="Lifted data" className="flex flex-col gap-2">
        {(lifted ?? []).map((step) => (
          <li key={step.version} className="flex flex-col gap-1">
            <span className="text-xs font-medium text-muted">Version {step.version}</span>
            {'fault' in step ? (
              <FaultText fault={step.fault} />
            ) : (
              <JsonView value={step.data} ariaLabel={`Data at version ${step.version}`} />
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
