'use client'
import Link from 'next/link'
import { useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'
import { WorkbenchLayout } from '@/components/shell/workbench-layout'
import { EmptyState } from '@/components/ui/empty-state'
import { Spinner } from '@/components/ui/spinner'
import { type AtOffer, firstChoice, loadOffer } from '@/lib/data-store/at-choice'
import type { AtChoice } from '@/lib/data-store/at-store'
import { useDesign, useDesignStore } from '@/lib/design-store'
import { dataHref } from '../data-href'
import { AtChooser } from './at-chooser'
import { AtProvider } from './at-context'
import { AtScreen } from './at-screen'

/** What is chosen when the page opens, and what there is to choose from. */
interface Opening {
  readonly offer: AtOffer
  readonly start: AtChoice & { readonly position: number | null }
}

/** Several aggregates, runs and read models of the design at one position of its log. */
export function AtPage() {
  const designId = useDesign((state) => state.designId)
  const design = useDesignStore()
  const search = useSearchParams()
  const [opening, setOpening] = useState<Opening | null>(null)
  const [error, setError] = useState<string | null>(null)
  // the address says where to begin; from then on it follows
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    let gone = false
    const { document } = design.getState()
    loadOffer(designId, document)
      .then((offer) => {
        const asked = { streams: names(search.get('streams')), projections: names(search.get('projections')) }
        const nothing = asked.streams.length === 0 && asked.projections.length === 0
        const position = Number(search.get('position') ?? Number.NaN)
        if (!gone)
          setOpening({
            offer,
            start: {
              ...(nothing ? firstChoice(offer, document) : asked),
              position: Number.isInteger(position) && position >= 0 ? position : null,
            },
          })
      })
      .catch((cause: unknown) => {
        if (!gone) setError(cause instanceof Error ? cause.message : String(cause))
      })
    return () => {
      gone = true
    }
  }, [designId, design])
  if (error !== null) {
    return (
      <main>
        <EmptyState title="The log could not be read" description={error} />
      </main>
    )
  }
  if (opening === null) {
    return (
      <main className="p-6">
        <Spinner label="Reading" />
      </main>
    )
  }
  return (
    <AtProvider designId={designId} start={opening.start}>
      <WorkbenchLayout id="at" left={{ title: 'Shown', content: <AtChooser offer={opening.offer} /> }}>
        <div className="flex h-full flex-col">
          <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line bg-surface px-3 text-sm">
            <Link href={dataHref(designId)} className="rounded-sm text-muted hover:text-ink">
              Data
            </Link>
            <span aria-hidden className="text-line-strong">
              /
            </span>
            <h2 className="font-medium">At a position</h2>
          </div>
          <AtScreen designId={designId} />
        </div>
      </WorkbenchLayout>
    </AtProvider>
  )
}

const names = (text: string | null): readonly string[] =>
  (text ?? '').split(',').filter((name) => name !== '')
