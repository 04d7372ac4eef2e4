'use client'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Spinner } from '@/components/ui/spinner'
import { ApiNav } from './api-nav'
import { CallSection } from './call-section'
import { type CallGroup, groupsOf, searchCalls } from './calls'
import { ErrorSection } from './error-section'
import { SocketSection } from './socket-section'
import { useOpenApi } from './use-openapi'

/** Every call of the interface, read from the server that answers it. */
export function ApiDocsPage() {
  const { state, reload } = useOpenApi()
  if (state.status === 'loading')
    return (
      <main className="flex h-full items-center justify-center">
        <Spinner label="Loading the reference" />
      </main>
    )
  if (state.status === 'error')
    return (
      <main className="flex h-full items-center justify-center">
        <EmptyState
          title="The reference could not be loaded"
          description={state.message}
          actions={<Button onClick={reload}>Try again</Button>}
        />
      </main>
    )
  return <Reference groups={groupsOf(state.document)} origin={state.origin} />
}

function Reference({ groups, origin }: { readonly groups: readonly CallGroup[]; readonly origin: string }) {
  const [query, setQuery] = useState('')
  const searchRef = useRef<HTMLInputElement>(null)
  const shown = useMemo(() => searchCalls(groups, query), [groups, query])

  // An address with an anchor was opened before there was anything to scroll to.
  useEffect(() => {
    const id = decodeURIComponent(window.location.hash.slice(1))
    if (id !== '') document.getElementById(id)?.scrollIntoView()
  }, [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement && event.target.matches('input, textarea, [contenteditable]')
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      searchRef.current?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])

  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)] md:grid-cols-[280px_minmax(0,1fr)]">
      <ApiNav groups={shown} query={query} onQuery={setQuery} searchRef={searchRef} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <main tabIndex={0} className="min-h-0 overflow-y-auto">
        <div className="mx-auto max-w-[860px] px-6 py-6">
          <p className="max-w-[72ch] text-base text-muted">
            Everything a person can do in the page, a program can do here. JSON in and out; lists page by{' '}
            <code className="font-mono text-xs">limit</code> and{' '}
            <code className="font-mono text-xs">after</code>. The same in one file:{' '}
            <a href="/api/openapi.json" className="rounded-sm text-accent underline">
              OpenAPI 3.1
            </a>
            .
          </p>
          {shown.length === 0 ? (
            <EmptyState
              title={`No call matches “${query}”`}
              actions={<Button onClick={() => setQuery('')}>Show all calls</Button>}
            />
          ) : null}
          {shown.map(({ name, calls }) => (
            <section key={name} aria-label={name} className="pt-6">
              <h2 className="border-line border-b pb-2 text-md font-semibold">{name}</h2>
              <div className="divide-y divide-line">
                {calls.map((call) => (
                  <CallSection key={call.id} call={call} origin={origin} />
                ))}
              </div>
            </section>
          ))}
          <SocketSection />
          <ErrorSection problem={groups[0]?.calls[0]?.problem ?? null} />
        </div>
      </main>
    </div>
  )
}
