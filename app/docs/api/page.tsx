import type { Metadata } from 'next'
import { ApiDocsPage } from '@/components/api-docs/api-docs-page'
import { AppShell } from '@/components/shell/app-shell'

export const metadata: Metadata = { title: 'API reference' }

export default function Page() {
  return (
    <AppShell breadcrumb={[{ label: 'API reference' }]}>
      <ApiDocsPage />
    </AppShell>
  )
}
