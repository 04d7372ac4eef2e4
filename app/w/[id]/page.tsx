import type { Metadata } from 'next'
import { SagaEditor } from '@/components/saga-editor/saga-editor'

export const metadata: Metadata = { title: 'Design' }

export default function DesignPage() {
  return <SagaEditor />
}
