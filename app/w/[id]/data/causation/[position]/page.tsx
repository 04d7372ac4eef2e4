import type { Metadata } from 'next'
import { CausationPage } from '@/components/causation-view/causation-page'

export const metadata: Metadata = { title: 'Causes and effects' }

interface Props {
  readonly params: Promise<{ readonly position: string }>
}

export default async function Page({ params }: Props) {
  const { position } = await params
  return <CausationPage position={decodeURIComponent(position)} />
}
