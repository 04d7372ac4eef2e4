'use client'
import { useMemo } from 'react'
import { type ModelMap, modelMap } from '@/core/model-map'
import { useDesign } from '@/lib/design-store'
import type { MapPlaces } from '@/lib/layout/model-layout'
import { modelPlaces } from '@/lib/layout/model-places'
import { mapProblems } from './map-problems'

export interface DrawnModel {
  readonly map: ModelMap
  readonly places: MapPlaces
  readonly problems: Readonly<Record<string, 'error' | 'warning'>>
}

/** The design as it is drawn now. */
export function useModelMap(): DrawnModel {
  const document = useDesign((state) => state.document)
  const found = useDesign((state) => state.problems)
  const map = useMemo(() => modelMap(document), [document])
  const places = useMemo(() => modelPlaces(map, document.layout.model), [map, document.layout.model])
  const problems = useMemo(() => mapProblems(document, found), [document, found])
  return useMemo(() => ({ map, places, problems }), [map, places, problems])
}
