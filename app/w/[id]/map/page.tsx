import type { Metadata } from 'next'
import { ModelMapPage } from '@/components/model-map/model-map-page'

export const metadata: Metadata = { title: 'Model map' }

export default function MapPage() {
  return <ModelMapPage />
}
