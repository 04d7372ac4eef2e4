import { Boxes } from 'lucide-react'
import Link from 'next/link'
import { isJsonObject, type Json } from '@/core/json'

/** Where the history of the aggregate that a command touched can be looked at; null when the output names none. */
export function aggregateHref(
  designId: string,
  output: Json,
): { readonly href: string; readonly label: string } | null {
  if (!isJsonObject(output)) return null
  const { aggregate, key, version } = output
  if (typeof aggregate !== 'string' || typeof key !== 'string') return null
  const at = typeof version === 'number' ? `?v=${version}` : ''
  const href = `/w/${designId}/data/aggregates/${encodeURIComponent(aggregate)}/${encodeURIComponent(key)}${at}`
  return { href, label: `${aggregate} ${key}` }
}

interface AggregateLinkProps {
  readonly designId: string
  readonly output: Json
  /** Only a command's output names an aggregate. */
  readonly when: boolean
}

export function AggregateLink({ designId, output, when }: AggregateLinkProps) {
  const target = when ? aggregateHref(designId, output) : null
  if (!target) return null
  return (
    <Link
      href={target.href}
      className="mt-2 inline-flex items-center gap-1.5 rounded-sm text-accent text-xs underline"
    >
      <Boxes aria-hidden size={14} />
      Open {target.label}
    </Link>
  )
}
