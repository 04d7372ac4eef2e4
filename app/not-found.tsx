import { Compass } from 'lucide-react'
import Link from 'next/link'
import { AppShell } from '@/components/shell/app-shell'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'

export default function NotFound() {
  return (
    <AppShell>
      <main className="flex h-full items-center justify-center">
        <EmptyState
          heading="h1"
          icon={<Compass />}
          title="There is nothing at this address"
          description="The design or run may have been deleted, or the link is incomplete."
          actions={
            <Link href="/" className={buttonClass('primary', 'md')}>
              Go to the start page
            </Link>
          }
        />
      </main>
    </AppShell>
  )
}
