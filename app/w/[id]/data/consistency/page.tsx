import type { Metadata } from 'next'
import { ConsistencyPage } from '@/components/data-view/consistency/consistency-page'

export const metadata: Metadata = { title: 'Consistency' }

export default function Page() {
  return <ConsistencyPage />
}
