import type { Metadata } from 'next'
import { AtPage } from '@/components/data-view/at/at-page'

export const metadata: Metadata = { title: 'At a position' }

export default function Page() {
  return <AtPage />
}
