'use client'
import { Field } from '@/components/ui/field'
import { NumberField } from '@/components/ui/number-field'
import { Select } from '@/components/ui/select'
import type { Latency } from '@/core/design/service'

export interface LatencyFieldProps {
  readonly value: Latency
  readonly onChange: (latency: Latency) => void
}

/** How long a typical call took, whatever the shape: what is kept when the shape changes. */
function typicalMs(latency: Latency): number {
  if (latency.type === 'fixed') return latency.ms
  return latency.type === 'uniform' ? Math.round((latency.minMs + latency.maxMs) / 2) : latency.medianMs
}

function shaped(type: Latency['type'], ms: number): Latency {
  if (type === 'fixed') return { type, ms }
  if (type === 'uniform') return { type, minMs: Math.round(ms / 2), maxMs: Math.round(ms * 1.5) }
  return { type, medianMs: ms, p99Ms: ms * 3 }
}

/** The distribution that a call's duration is drawn from. */
export function LatencyField({ value, onChange }: LatencyFieldProps) {
  return (
    <div className="grid grid-cols-3 items-start gap-4">
      <Field label="Latency">
        <Select
          value={value.type}
          onValueChange={(type) => type !== value.type && onChange(shaped(type, typicalMs(value)))}
          options={[
            { value: 'fixed', label: 'Fixed' },
            { value: 'uniform', label: 'Uniform' },
            { value: 'lognormal', label: 'Log-normal', description: 'As real services are' },
          ]}
        />
      </Field>
      {value.type === 'fixed' ? (
        <Milliseconds label="Takes" value={value.ms} onChange={(ms) => onChange({ ...value, ms })} />
      ) : null}
      {value.type === 'uniform' ? (
        <>
          <Milliseconds
            label="At least"
            value={value.minMs}
            onChange={(minMs) => onChange({ ...value, minMs })}
          />
          <Milliseconds
            label="At most"
            value={value.maxMs}
            onChange={(maxMs) => onChange({ ...value, maxMs })}
          />
        </>
      ) : null}
      {value.type === 'lognormal' ? (
        <>
          <Milliseconds
            label="Median"
            value={value.medianMs}
            onChange={(medianMs) => onChange({ ...value, medianMs })}
          />
          <Milliseconds
            label="99 % within"
            value={value.p99Ms}
            onChange={(p99Ms) => onChange({ ...value, p99Ms })}
          />
        </>
      ) : null}
    </div>
  )
}

function Milliseconds(props: {
  readonly label: string
  readonly value: number
  readonly onChange: (ms: number) => void
}) {
  return (
    <Field label={props.label}>
      <NumberField
        value={props.value}
        required
        min={0}
        step={50}
        unit="ms"
        onValueChange={(ms) => ms !== null && props.onChange(Math.round(ms))}
      />
    </Field>
  )
}
