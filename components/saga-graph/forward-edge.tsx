'use client'
import { Plus } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'
import { classNames } from '@/components/ui/class-names'
import type { GraphEdge } from './build-edges'
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from './flow'
import { useGraphActions } from './graph-context'

/** An edge with the name of its branch, a place to insert, and a token when one travels it. */
export const ForwardEdge = memo(function ForwardEdge(props: EdgeProps<GraphEdge>) {
  const { id, data, selected } = props
  const { editable, insertOnEdge } = useGraphActions()
  const [path, labelX, labelY] = getBezierPath(props)
  const state = data?.state ?? 'idle'
  const label = data?.label ?? null
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={20}
        className={classNames('graph-edge', `graph-edge-${state}`, selected && 'graph-edge-selected')}
      />
      <Token path={path} live={state === 'live'} moves={data?.moves === true} className="graph-token" />
      {label === null && !editable ? null : (
        <EdgeLabelRenderer>
          <div
            className="graph-edge-label nodrag nopan"
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          >
            {label === null ? null : (
              <span
                className={classNames(
                  'max-w-32 truncate rounded-full border bg-surface px-1.5 text-xs text-muted',
                  state === 'dead' && 'opacity-60',
                )}
              >
                {label}
              </span>
            )}
            {editable ? (
              <button
                type="button"
                tabIndex={-1}
                aria-label={`Insert on ${data?.spoken ?? id}`}
                className={classNames('graph-insert', selected && 'graph-insert-shown')}
                onClick={(event) => {
                  event.stopPropagation()
                  const box = event.currentTarget.getBoundingClientRect()
                  insertOnEdge(id, { x: box.left, y: box.bottom })
                }}
              >
                <Plus aria-hidden size={12} />
              </button>
            ) : null}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
})

/** The way back: right to left, reverse dashes. */
export const RollbackEdge = memo(function RollbackEdge(props: EdgeProps<GraphEdge>) {
  const [path] = getBezierPath(props)
  const live = props.data?.state === 'live'
  return (
    <>
      <BaseEdge
        id={props.id}
        path={path}
        interactionWidth={0}
        className={classNames('graph-edge graph-rollback', live && 'graph-rollback-live')}
      />
      <Token
        path={path}
        live={live}
        moves={props.data?.moves === true}
        className="graph-token graph-token-back"
      />
    </>
  )
})

/** Travels once, when the edge comes alive while somebody looks. An edge that is alive already shows none. */
function Token(props: {
  readonly path: string
  readonly live: boolean
  readonly moves: boolean
  readonly className: string
}) {
  const { path, live, moves, className } = props
  const wasLive = useRef(live)
  const [travelling, setTravelling] = useState(false)
  useEffect(() => {
    if (live && !wasLive.current && moves) setTravelling(true)
    wasLive.current = live
  }, [live, moves])
  if (!travelling) return null
  return (
    <circle
      r={5}
      className={className}
      style={{ offsetPath: `path("${path}")` }}
      onAnimationEnd={() => setTravelling(false)}
    />
  )
}
