import type { Metadata } from 'next'
import { ComparePage } from '@/components/run-view/compare/compare-page'

export const metadata: Metadata = { title: 'Compare runs' }

interface Props {
  readonly params: Promise<{ readonly id: string; readonly run: string }>
  readonly searchParams: Promise<{ readonly with?: string | readonly string[] }>
}

export default async function Page({ params, searchParams }: Props) {
  const { id, run } = await params
  const { with: other } = await searchParams
  return <ComparePage designId={id} runId={run} otherId={typeof other === 'string' ? other : null} />
}
