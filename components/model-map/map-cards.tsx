'use client'
import { TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { Handle, type NodeProps, Position } from '@/components/saga-graph/flow'
import { classNames } from '@/components/ui/class-names'
import { KindIcon } from './kind-icon'
import { MapTitle } from './map-title'
import type { MapCardData, MapFlowNode } from './map-types'

/** A note of 200×56: its kind's colour and icon, its name, and what it is or lacks. */
export const MapCard = memo(function MapCard({ data, selected, isConnectable }: NodeProps<MapFlowNode>) {
  const { node } = data
  return (
    <div
      {...look(data, selected)}
      className="map-card flex h-full w-full items-center gap-2 rounded-md border px-2.5"
    >
      <Handle type="target" position={Position.Left} isConnectable={isConnectable} className="graph-handle" />
      <KindIcon kind={node.kind} />
      <span className="min-w-0 flex-1">
        <MapTitle data={data} />
        <Detail data={data} />
      </span>
      <Mark data={data} />
      <Handle
        type="source"
        position={Position.Right}
        isConnectable={isConnectable}
        className="graph-handle"
      />
    </div>
  )
})

/** Tall, between its commands and its events: the wires from one to the other go through it. */
export const AggregateCard = memo(function AggregateCard({ data, selected }: NodeProps<MapFlowNode>) {
  return (
    <div
      {...look(data, selected)}
      className="map-card map-aggregate flex h-full w-full flex-col items-center justify-center rounded-md border px-1.5"
    >
      <Handle type="target" position={Position.Left} isConnectable={false} className="graph-hidden-handle" />
      <span className="map-chip flex w-full min-w-0 flex-col items-center rounded-sm px-1 py-0.5 text-center">
        <span className="flex max-w-full items-center gap-1.5">
          <KindIcon kind="aggregate" size={14} />
          <MapTitle data={data} />
          <Mark data={data} />
        </span>
        <Detail data={data} />
      </span>
    </div>
  )
})

/** Behind an aggregate and its parts. */
export const MapFrame = memo(function MapFrame() {
  return <div aria-hidden className="map-frame h-full w-full rounded-lg border border-dashed" />
})

function look({ node, faded }: MapCardData, selected: boolean) {
  return {
    'data-kind': node.kind,
    'data-selected': selected || undefined,
    'data-faded': faded || undefined,
    'data-lacks': node.lacks.length > 0 || undefined,
    'data-missing': node.from === 'missing' || undefined,
  }
}

function Detail({ data: { node, detail } }: { readonly data: MapCardData }) {
  return (
    <span
      className={classNames(
        'map-detail flex max-w-full items-center gap-1 truncate text-xs',
        node.lacks.length > 0 ? 'map-lack' : 'text-muted',
      )}
    >
      {node.lacks.length > 0 ? <TriangleAlert aria-hidden size={12} className="shrink-0" /> : null}
      <span className="truncate">{detail}</span>
    </span>
  )
}

/** A problem of the definition itself. */
function Mark({ data: { problem } }: { readonly data: MapCardData }) {
  if (problem === null) return null
  return (
    <span
      title={problem === 'error' ? 'It has errors' : 'It has warnings'}
      className={problem === 'error' ? 'text-state-failed' : 'text-state-unknown'}
    >
      <TriangleAlert aria-hidden size={14} />
      <span className="sr-only">{problem}</span>
    </span>
  )
}
