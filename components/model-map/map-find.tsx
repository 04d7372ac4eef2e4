'use client'
import type { RefObject } from 'react'
import { Combobox } from '@/components/ui/combobox'
import type { ModelMap } from '@/core/model-map'
import { kindWords } from './map-words'

interface MapFindProps {
  readonly map: ModelMap
  readonly root: RefObject<HTMLDivElement | null>
  readonly onFound: (id: string) => void
}

/** Finds a thing on the map by its name or its kind, and goes there. */
export function MapFind({ map, root, onFound }: MapFindProps) {
  const options = map.nodes.map((node) => ({
    value: node.id,
    label: node.title,
    description: node.owner === null ? kindWords(node) : `${kindWords(node)} of ${node.owner}`,
  }))
  return (
    <div ref={root} className="w-52">
      <Combobox
        value={null}
        ariaLabel="Find on the map"
        placeholder="Find on the map…  /"
        options={options}
        emptyText="Nothing on the map is called that"
        onValueChange={(id) => id !== null && onFound(id)}
      />
    </div>
  )
}
