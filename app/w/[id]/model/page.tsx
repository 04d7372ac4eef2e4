import type { Metadata } from 'next'
import { ModelEditor } from '@/components/model-editor/model-editor'

export const metadata: Metadata = { title: 'Definitions' }

export default function Page() {
  return <ModelEditor />
}
