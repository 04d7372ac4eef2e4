import { ERROR_STATUS } from '@/core/errors'
import type { Schema } from './openapi'
import { SchemaView } from './schema-view'

const byStatus = new Map<number, string[]>()
for (const [code, status] of Object.entries(ERROR_STATUS))
  byStatus.set(status, [...(byStatus.get(status) ?? []), code])
const lines = [...byStatus].sort(([a], [b]) => a - b)

/** Every code that an answer may carry, from the one table that the server answers by. */
export function ErrorSection({ problem }: { readonly problem: Schema | null }) {
  return (
    <section id="errors" aria-labelledby="errors-title" className="flex scroll-mt-4 flex-col gap-3 pt-6">
      <h2 id="errors-title" className="text-md font-semibold">
        Errors
      </h2>
      <p className="max-w-[72ch] text-base text-muted">
        An error is <code className="font-mono text-xs">application/problem+json</code> (RFC 9457) with a
        literal <code className="font-mono text-xs">code</code>;{' '}
        <code className="font-mono text-xs">issues</code> names the places of a body that were wrong. Nothing
        half-done is kept.
      </p>
      {problem ? <SchemaView schema={problem} label="Problem" /> : null}
      <dl className="grid grid-cols-[3rem_minmax(0,1fr)] gap-y-2">
        {lines.map(([status, codes]) => (
          <div key={status} className="col-span-2 grid grid-cols-subgrid border-line border-t pt-2">
            <dt className="font-mono text-xs font-semibold tabular-nums">{status}</dt>
            <dd className="flex flex-wrap gap-x-3 gap-y-0.5 font-mono text-xs text-muted">
              {codes.map((code) => (
                <span key={code}>{code}</span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
