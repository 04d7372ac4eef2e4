'use client'
import { FileQuestionMark, PlugZap } from 'lucide-react'
import Link from 'next/link'
import { AppShell } from '@/components/shell/app-shell'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { Spinner } from '@/components/ui/spinner'
import type { ApiError } from '@/lib/api/request'

export function Loading() {
  return (
    <AppShell>
      <main className="flex h-full items-center justify-center text-muted">
        <Spinner label="Opening the design" />
      </main>
    </AppShell>
  )
}

export function LoadFailed({
  failure,
  onRetry,
}: {
  readonly failure: ApiError
  readonly onRetry: () => void
}) {
  const missing = failure.code === 'DESIGN_NOT_FOUND' || failure.code === 'INVALID_ID'
  return (
    <AppShell>
      <main className="flex h-full items-center justify-center">
        <EmptyState
          icon={missing ? <FileQuestionMark /> : <PlugZap />}
          title={missing ? 'There is no such design' : 'The design could not be opened'}
          description={missing ? 'It may have been deleted, or the link is not complete.' : failure.message}
          actions={
            <>
              {missing ? null : (
                <Button variant="primary" onClick={onRetry}>
                  Try again
                </Button>
              )}
              <Link href="/" className={buttonClass('secondary', 'md')}>
                All designs
              </Link>
            </>
          }
        />
      </main>
    </AppShell>
  )
}
