'use client'
import { OctagonAlert } from 'lucide-react'
import { AppShell } from '@/components/shell/app-shell'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** A fault while drawing a page. Nothing that was saved is touched by it. */
export default function ErrorPage({
  error,
  reset,
}: {
  readonly error: Error & { readonly digest?: string }
  readonly reset: () => void
}) {
  return (
    <AppShell>
      <main className="flex h-full items-center justify-center">
        <EmptyState
          heading="h1"
          icon={<OctagonAlert />}
          title="This page met a fault"
          description={
            <>
              Your designs and runs are safe on the server.
              {error.digest === undefined ? null : (
                <span className="data block pt-1">Reference {error.digest}</span>
              )}
            </>
          }
          actions={
            <Button variant="primary" onClick={reset}>
              Try again
            </Button>
          }
        />
      </main>
    </AppShell>
  )
}
