import type { Metadata } from 'next'
import { ReadModelPage } from '@/components/data-view/read-model/read-model-page'

export const metadata: Metadata = { title: 'Read model' }

interface Props {
  readonly params: Promise<{ readonly name: string }>
}

export default async function Page({ params }: Props) {
  const { name } = await params
  return <ReadModelPage name={decodeURIComponent(name)} />
}
