import type { Metadata } from 'next'
import { CodeView } from '@/components/code-view/code-view'

export const metadata: Metadata = { title: 'Code' }

export default function CodePage() {
  return <CodeView />
}
