'use client'
import { GitCompareArrows } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { Spinner } from '@/components/ui/spinner'
import { loadRun } from '@/lib/run-store/load-run'
import type { RunSeed } from '@/lib/run-store/run-store'
import { CompareScreen } from './compare-screen'

interface ComparePageProps {
  readonly designId: string
  readonly runId: string
  readonly otherId: string | null
}

/** Two runs side by side. */
export function ComparePage({ designId, runId, otherId }: ComparePageProps) {
  const [seeds, setSeeds] = useState<readonly [RunSeed, RunSeed] | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  useEffect(() => {
    if (otherId === null) return
    let ended = false
    Promise.all([loadRun(otherId), loadRun(runId)])
      .then((both) => ended || setSeeds(both))
      .catch((error: unknown) => ended || setFailed(error instanceof Error ? error.message : String(error)))
    return () => {
      ended = true
    }
  }, [runId, otherId])
  const back = (
    <Link href={`/w/${designId}/runs/${runId}`} className={buttonClass('primary', 'md')}>
      Back to the run
    </Link>
  )
  if (otherId === null || failed !== null)
    return (
      <main className="flex h-full items-center justify-center">
        <EmptyState
          icon={<GitCompareArrows />}
          title={failed === null ? 'With which run?' : 'The runs could not be loaded'}
          description={failed ?? 'The address names one: ?with= and the id of a run.'}
          actions={back}
        />
      </main>
    )
  if (!seeds)
    return (
      <main className="flex h-full items-center justify-center">
        <Spinner label="Loading the runs" />
      </main>
    )
  return <CompareScreen designId={designId} left={seeds[0]} right={seeds[1]} />
}
