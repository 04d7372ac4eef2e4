'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { causationHref, dataHref } from '@/components/data-view/data-href'
import { logHref } from '@/components/data-view/log/log-href'
import { NotThere } from '@/components/data-view/not-there'
import { EmptyState } from '@/components/ui/empty-state'
import { Spinner } from '@/components/ui/spinner'
import { Tabs } from '@/components/ui/tabs'
import type { CausationAnswer } from '@/core/protocol'
import { useDesign } from '@/lib/design-store'
import { CausationGraph } from './causation-graph'
import { CausationList } from './causation-list'
import { EventFacts } from './event-facts'
import { useCausation } from './use-causation'

/** Everything that led to an event and everything that followed from it, as a graph and as a list. */
export function CausationPage({ position }: { readonly position: string }) {
  return /^[1-9]\d{0,14}$/.test(position) ? (
    <Causation position={Number(position)} />
  ) : (
    <main className="flex h-full items-center justify-center">
      <NoEvent name={position} why="An event is named by its position in the log, a number from 1 on." />
    </main>
  )
}

function NoEvent({ name, why }: { readonly name: string; readonly why: string }) {
  const designId = useDesign((state) => state.designId)
  return (
    <NotThere
      title={`There is no event ${name}`}
      description={why}
      href={logHref(designId)}
      back="Open the log"
    />
  )
}

function Causation({ position }: { readonly position: number }) {
  const designId = useDesign((state) => state.designId)
  const state = useCausation(position)
  return (
    <main className="flex h-full flex-col">
      <header className="flex items-baseline gap-2 border-b border-line px-6 py-2 text-sm">
        <Link href={dataHref(designId)} className="rounded-sm text-muted hover:text-ink">
          Data
        </Link>
        <span aria-hidden className="text-line-strong">
          /
        </span>
        <h2 className="font-semibold">Causes and effects of event {position}</h2>
        {state.status === 'ready' ? (
          <p role="status" className="ml-auto text-xs text-muted">
            {summary(state.answer)}
          </p>
        ) : null}
      </header>
      <div className="min-h-0 flex-1">
        {state.status === 'loading' ? <Spinner label="Reading" /> : null}
        {state.status === 'error' && state.code === 'EVENT_NOT_FOUND' ? (
          <NoEvent name={String(position)} why={state.message} />
        ) : null}
        {state.status === 'error' && state.code !== 'EVENT_NOT_FOUND' ? (
          <EmptyState title="It could not be read" description={state.message} />
        ) : null}
        {state.status === 'ready' ? <Shown key={position} answer={state.answer} /> : null}
      </div>
    </main>
  )
}

function summary({ events, cut, limit }: CausationAnswer): string {
  const causes = events.filter(({ part }) => part === 'cause').length
  const effects = events.filter(({ part }) => part === 'effect').length
  const count = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`}`
  const more =
    cut.causes || cut.effects
      ? ` There are more ${cut.causes ? (cut.effects ? 'causes and effects' : 'causes') : 'effects'} than the ${limit} events shown at most.`
      : ''
  return `${count(causes, 'cause')}, ${count(effects, 'effect')}.${more}`
}

function Shown({ answer }: { readonly answer: CausationAnswer }) {
  const designId = useDesign((state) => state.designId)
  const router = useRouter()
  const [selected, setSelected] = useState(answer.position)
  const node = answer.events.find(({ position }) => position === selected)
  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)_340px] max-md:grid-cols-1 max-md:grid-rows-[minmax(240px,1fr)_auto]">
      <CausationGraph
        answer={answer}
        selected={selected}
        onSelect={setSelected}
        onOpen={(position) => router.push(causationHref(designId, position))}
      />
      <aside aria-label="Details" className="min-h-0 border-l border-line bg-surface max-md:border-t">
        <Tabs
          fill
          ariaLabel="Details"
          tabs={[
            {
              value: 'event',
              label: 'Event',
              content: node ? (
                <div className="h-full overflow-y-auto">
                  <EventFacts answer={answer} node={node} />
                  {answer.origin === null ? null : (
                    <p className="border-t border-line p-3 text-xs text-muted">
                      It all began outside the log, with a command or request called{' '}
                      <span className="data break-all text-ink">{answer.origin}</span>.
                    </p>
                  )}
                </div>
              ) : null,
            },
            {
              value: 'list',
              label: `As a list (${answer.events.length})`,
              content: (
                <div className="h-full overflow-y-auto">
                  <CausationList answer={answer} selected={selected} onSelect={setSelected} />
                </div>
              ),
            },
          ]}
        />
      </aside>
    </div>
  )
}
