import Link from 'next/link'
import type { Instance } from '@/lib/data-store/overview'
import { aggregateHref } from './data-href'
import { When } from './when'

export interface InstanceTableProps {
  readonly designId: string
  readonly aggregate: string
  readonly instances: readonly Instance[]
}

export function InstanceTable({ designId, aggregate, instances }: InstanceTableProps) {
  return (
    <table aria-label={`Instances of ${aggregate}`} className="w-full text-sm">
      <thead>
        <tr className="border-b border-line text-left text-xs text-subtle">
          <th className="px-3 py-1.5 font-medium">Key</th>
          <th className="px-3 py-1.5 text-right font-medium">Version</th>
          <th className="px-3 py-1.5 text-right font-medium">Last event</th>
        </tr>
      </thead>
      <tbody>
        {instances.map((instance) => (
          <tr key={instance.streamId} className="border-b border-line last:border-b-0 hover:bg-hover">
            <td className="max-w-0 px-3">
              <Link
                href={aggregateHref(designId, aggregate, instance.key)}
                className="data block truncate rounded-sm py-1.5 font-medium hover:underline"
              >
                {instance.key}
              </Link>
            </td>
            <td className="data w-20 px-3 text-right">{instance.version}</td>
            <td className="data w-36 px-3 text-right text-muted">
              <When at={instance.updatedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
