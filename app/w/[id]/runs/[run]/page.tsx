import type { Metadata } from 'next'
import { RunPage } from '@/components/run-view/run-page'

export const metadata: Metadata = { title: 'Run' }

export default async function Page({ params }: { readonly params: Promise<{ id: string; run: string }> }) {
  const { id, run } = await params
  return <RunPage designId={id} runId={run} />
}
