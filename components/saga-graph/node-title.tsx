'use client'
import { useRef } from 'react'
import { useGraphActions } from './graph-context'
import { nodeTitle } from './node-words'
import type { GraphNodeData } from './types'

/** The name on a card; while it is renamed, a field. Enter keeps, Escape leaves it as it was. */
export function NodeTitle({ data }: { readonly data: GraphNodeData }) {
  const { rename } = useGraphActions()
  const left = useRef(false)
  const { node } = data
  if (!data.renaming) {
    return (
      <span title={nodeTitle(node)} className="graph-title block truncate text-sm font-medium">
        {nodeTitle(node)}
      </span>
    )
  }
  const leave = (name: string | null): void => {
    if (left.current) return
    left.current = true
    rename(node.id, name)
  }
  return (
    <input
      aria-label="Name"
      // biome-ignore lint/a11y/noAutofocus: the person asked to rename just now
      autoFocus
      defaultValue={node.name ?? ''}
      placeholder={node.id}
      maxLength={120}
      onFocus={(event) => {
        left.current = false
        event.target.select()
      }}
      onBlur={(event) => leave(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') leave(event.currentTarget.value)
        if (event.key === 'Escape') leave(null)
      }}
      className="nodrag nopan block w-full rounded-sm bg-surface text-sm font-medium outline-2 outline-(--focus)"
    />
  )
}
