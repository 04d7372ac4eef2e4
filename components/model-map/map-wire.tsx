'use client'
import { memo } from 'react'
import {
  BaseEdge,
  type EdgeProps,
  getBezierPath,
  getSmoothStepPath,
  Position,
  useInternalNode,
} from '@/components/saga-graph/flow'
import { classNames } from '@/components/ui/class-names'
import type { MapFlowEdge } from './map-types'

/** How far from its corners a wire enters an aggregate, px. */
const CORNER_PX = 16

/** A wire of the map. From a command to its event it goes through the aggregate, wherever that stands. */
export const MapWire = memo(function MapWire(props: EdgeProps<MapFlowEdge>) {
  const { data, markerEnd, id } = props
  const aggregate = useInternalNode(data?.through ?? '')
  const { edge, faded, near } = data ?? {}
  return (
    <BaseEdge
      id={id}
      path={pathOf(props, aggregate ? boxOf(aggregate) : null)}
      interactionWidth={0}
      {...(markerEnd === undefined ? {} : { markerEnd })}
      className={classNames(
        'map-wire',
        edge && `map-wire-${edge.kind}`,
        edge?.undoes && 'map-wire-undoes',
        near && 'map-wire-near',
        faded && 'map-wire-faded',
      )}
    />
  )
})

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

type Internal = NonNullable<ReturnType<typeof useInternalNode>>

function boxOf({ internals, measured, width, height }: Internal): Box {
  const { x, y } = internals.positionAbsolute
  return {
    left: x,
    right: x + (measured.width ?? width ?? 0),
    top: y,
    bottom: y + (measured.height ?? height ?? 0),
  }
}

function pathOf(props: EdgeProps<MapFlowEdge>, through: Box | null): string {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props
  const backAt = props.data?.backAt ?? null
  if (backAt !== null)
    return getSmoothStepPath({ ...props, centerY: backAt, borderRadius: 12, offset: 24 })[0]
  if (through === null) return getBezierPath(props)[0]
  const within = (y: number): number =>
    Math.min(Math.max(y, through.top + CORNER_PX), through.bottom - CORNER_PX)
  const entry = { x: through.left, y: within(sourceY) }
  const exit = { x: through.right, y: within(targetY) }
  const [before] = getBezierPath({
    sourceX,
    sourceY,
    sourcePosition,
    targetX: entry.x,
    targetY: entry.y,
    targetPosition: Position.Left,
  })
  const [inside] = getBezierPath({
    sourceX: entry.x,
    sourceY: entry.y,
    sourcePosition: Position.Right,
    targetX: exit.x,
    targetY: exit.y,
    targetPosition: Position.Left,
  })
  const [behind] = getBezierPath({
    sourceX: exit.x,
    sourceY: exit.y,
    sourcePosition: Position.Right,
    targetX,
    targetY,
    targetPosition,
  })
  return `${before} ${inside} ${behind}`
}
