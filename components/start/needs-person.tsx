'use client'
import { UserRound } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { StateBadge } from '@/components/ui/state-badge'
import type { RunSummary } from '@/core/protocol'
import { runsApi } from '@/lib/api/runs'
import { attentionWords } from '@/lib/run-store/attention-words'
import { shortId } from '@/lib/run-store/short-id'

/** Few enough that the designs and templates stay in sight; the rest is in the list of each design. */
const MOST = 5

/** Runs of any design that somebody has to see to. Asked for anew when the page is come back to. */
export function NeedsPerson({ nameOf }: { readonly nameOf: (designId: string) => string | undefined }) {
  const [runs, setRuns] = useState<readonly RunSummary[]>([])
  useEffect(() => {
    const load = () => {
      runsApi
        .list({ needs: 'person', limit: MOST })
        .then(({ items }) => setRuns(items))
        // The designs below say what is wrong with the connection.
        .catch(() => setRuns([]))
    }
    load()
    addEventListener('focus', load)
    return () => removeEventListener('focus', load)
  }, [])
  if (runs.length === 0) return null
  return (
    <section className="flex flex-col gap-3">
      <h2 className="flex items-center gap-2 text-sm font-semibold">
        <UserRound aria-hidden size={16} className="text-state-unknown" />
        Needs a person
      </h2>
      <ul
        aria-label="Runs that need a person"
        className="divide-y divide-line rounded-md border border-line bg-surface"
      >
        {runs.map((run) => (
          <li key={run.id}>
            <Link
              href={`/w/${run.designId}/runs/${run.id}`}
              className="flex items-center gap-3 px-3 py-2 text-sm -outline-offset-2! hover:bg-hover"
            >
              <StateBadge size="sm" status={run.status} />
              <span className="truncate font-medium">{nameOf(run.designId) ?? run.saga}</span>
              <span className="data shrink-0 text-subtle" title={run.gist}>
                {shortId(run.id)}
              </span>
              <span className="min-w-0 flex-1 truncate text-muted">
                {run.attention.map((one) => attentionWords(one, (id) => id)).join(' · ')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
