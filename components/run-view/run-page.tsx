'use client'
import { CircleAlert } from 'lucide-react'
import Link from 'next/link'
import { parseAsInteger, useQueryState } from 'nuqs'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { Spinner } from '@/components/ui/spinner'
import { ApiError } from '@/lib/api/request'
import { loadRun } from '@/lib/run-store/load-run'
import { RunProvider } from '@/lib/run-store/run-provider'
import type { RunSeed } from '@/lib/run-store/run-store'
import { RunScreen } from './run-screen'

type Loaded = { readonly runId: string } & (
  | { readonly seed: RunSeed }
  | { readonly code: string; readonly message: string }
)

/** Loads a run and the design version it pinned, then follows it. */
export function RunPage({ designId, runId }: { readonly designId: string; readonly runId: string }) {
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  const [round, setRound] = useState(0)
  const [seq] = useQueryState('seq', parseAsInteger)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks for it again
  useEffect(() => {
    let ended = false
    loadRun(runId)
      .then((seed) => ended || setLoaded({ runId, seed }))
      .catch((error: unknown) => {
        if (ended) return
        const code = error instanceof ApiError ? error.code : 'INTERNAL'
        setLoaded({ runId, code, message: error instanceof Error ? error.message : String(error) })
      })
    return () => {
      ended = true
    }
  }, [runId, round])

  if (loaded === null || loaded.runId !== runId) {
    return (
      <main className="flex h-full items-center justify-center">
        <Spinner label="Loading the run" />
      </main>
    )
  }
  if ('code' in loaded) {
    return (
      <main className="flex h-full items-center justify-center">
        <EmptyState
          icon={<CircleAlert />}
          title={loaded.code === 'RUN_NOT_FOUND' ? 'There is no such run' : 'The run could not be loaded'}
          description={loaded.message}
          actions={
            <>
              <Button onClick={() => setRound(round + 1)}>Try again</Button>
              <Link href={`/w/${designId}/runs`} className={buttonClass('primary', 'md')}>
                All runs
              </Link>
            </>
          }
        />
      </main>
    )
  }
  return (
    <RunProvider key={runId} seed={loaded.seed} cursor={seq}>
      <RunScreen />
    </RunProvider>
  )
}
