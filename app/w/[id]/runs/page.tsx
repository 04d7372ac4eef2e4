import type { Metadata } from 'next'
import { RunsPage } from '@/components/run-view/runs-page'

export const metadata: Metadata = { title: 'Runs' }

export default async function Page({ params }: { readonly params: Promise<{ id: string }> }) {
  const { id } = await params
  return <RunsPage designId={id} />
}
