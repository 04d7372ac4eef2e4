import type { Metadata } from 'next'
import { AggregatePage } from '@/components/data-view/aggregate/aggregate-page'

export const metadata: Metadata = { title: 'Aggregate' }

interface Props {
  readonly params: Promise<{ readonly aggregate: string; readonly key: string }>
}

export default async function Page({ params }: Props) {
  const { aggregate, key } = await params
  return <AggregatePage aggregate={decodeURIComponent(aggregate)} instanceKey={decodeURIComponent(key)} />
}
