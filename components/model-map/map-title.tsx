'use client'
import { useEffect, useRef } from 'react'
import { useMapActions } from './map-context'
import type { MapCardData } from './map-types'

/** The name on a card; while it is renamed, a field. */
export function MapTitle({ data }: { readonly data: MapCardData }) {
  if (data.renaming !== null) return <RenameField id={data.node.id} text={data.renaming} />
  return <span className="map-title block min-w-0 truncate text-sm font-medium">{data.node.title}</span>
}

/** Enter and leaving the field take the name, Esc leaves it as it was. */
function RenameField({ id, text }: { readonly id: string; readonly text: string }) {
  const { renamed } = useMapActions()
  const field = useRef<HTMLInputElement>(null)
  const done = useRef(false)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const finish = (name: string | null): void => {
    if (done.current) return
    done.current = true
    renamed(id, name)
  }
  return (
    <input
      ref={field}
      aria-label="New name"
      defaultValue={text}
      className="nodrag nopan w-full min-w-0 rounded-sm border border-accent bg-surface px-1 text-sm font-medium text-ink"
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') finish(event.currentTarget.value)
        if (event.key === 'Escape') finish(null)
      }}
    />
  )
}
