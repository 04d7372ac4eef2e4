import type { ReactNode } from 'react'
import { JsonView } from '@/components/ui/json-view'
import type { Json } from '@/core/json'
import type { StepError } from '@/core/saga'

/** Names and values in two columns. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">{children}</dl>
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words tabular-nums">{children}</dd>
    </>
  )
}

/** A value under its name; a dash where there is none. */
export function Value({
  name,
  value,
  openDepth = 1,
}: {
  readonly name: string
  readonly value: Json
  readonly openDepth?: number
}) {
  return (
    <div className="flex flex-col gap-0.5 pt-2">
      <h4 className="text-xs font-medium text-muted">{name}</h4>
      {value === null ? (
        <p className="text-xs text-subtle">—</p>
      ) : (
        <JsonView value={value} ariaLabel={name} openDepth={openDepth} />
      )}
    </div>
  )
}

export function ErrorBox({ error }: { readonly error: StepError }) {
  return (
    <p className="mt-2 rounded-sm border border-state-failed/30 bg-soft-failed px-2 py-1 text-xs">
      <span className="font-semibold text-state-failed">{error.code}</span>
      <span className="text-muted"> · {error.kind}</span>
      <span className="block">{error.message}</span>
    </p>
  )
}
