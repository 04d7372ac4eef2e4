'use client'
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { isTyping } from '@/components/saga-graph/graph-keys'
import { SagaGraph } from '@/components/saga-graph/saga-graph'
import type { GraphHandle } from '@/components/saga-graph/types'
import { useCommands } from '@/components/workbench/commands-context'
import type { Point } from '@/core/design/document'
import type { Saga } from '@/core/design/saga'
import { openSagaOf } from '@/lib/commands/open-saga'
import { commandFor } from '@/lib/commands/registry'
import { useDesign } from '@/lib/design-store/design-provider'
import { CanvasPicker, type PickerRequest } from './canvas-picker'
import { editableHandlers } from './editable-handlers'
import { EmptyCanvas } from './empty-canvas'
import type { InspectorTab } from './inspector/tabs'
import { nodeProblems } from './problem-places'

interface SagaCanvasProps {
  readonly saga: Saga | null
  readonly positions: Readonly<Record<string, Point>>
  readonly graph: RefObject<GraphHandle | null>
  readonly onOpenInspector: (tab: InspectorTab) => void
  readonly onShowTab: (tab: InspectorTab) => void
  readonly readOnly: boolean
}

/** The graph with everything that changes it: keys, wires, drops, pickers. */
export function SagaCanvas({
  saga,
  positions,
  graph,
  onOpenInspector,
  onShowTab,
  readOnly,
}: SagaCanvasProps) {
  const { context, lendCanvas } = useCommands()
  const selection = useDesign((state) => state.selection)
  const select = useDesign((state) => state.select)
  const problems = useDesign((state) => state.problems)
  const document = useDesign((state) => state.document)
  const [picker, setPicker] = useState<PickerRequest | null>(null)
  const [renamingId, setRenamingId] = useState<string | null>(null)
  const root = useRef<HTMLDivElement>(null)
  const now = useRef({ positions, select })
  now.current = { positions, select }

  useEffect(
    () =>
      lendCanvas({
        canvas: () => graph.current,
        positions: () => now.current.positions,
        rename: setRenamingId,
        open: (what) =>
          setPicker({ kind: what, screen: pickerSpot(graph.current, context, now.current.positions) }),
        // the button in the bottom left corner comes next for Tab
        release: () => root.current?.querySelector<HTMLElement>('.react-flow__panel button')?.focus(),
      }),
    [lendCanvas, graph, context],
  )

  const editable = useMemo(() => editableHandlers(context, { setPicker, setRenamingId }), [context])
  const marks = useMemo(() => nodeProblems(document, problems, saga), [document, problems, saga])

  const onKeyDown = (event: KeyboardEvent): void => {
    const onNode = (event.target as Element).closest('.react-flow__node, .saga-graph') === event.target
    if (readOnly || event.defaultPrevented || isTyping(event.target) || !onNode) return
    const command = commandFor(event, 'canvas', context)
    if (!command) return
    event.preventDefault()
    event.stopPropagation()
    command.run(context)
  }

  const isEmpty = saga === null || isBare(saga)
  const wasEmpty = useRef(isEmpty)
  useEffect(() => {
    // What had the keyboard is gone with the empty canvas, or went with the full one before a redo: its keys go on here.
    if (wasEmpty.current && !isEmpty && window.document.activeElement === window.document.body)
      graph.current?.focusCanvas()
    wasEmpty.current = isEmpty
  }, [isEmpty, graph])

  if (isEmpty) return <EmptyCanvas saga={saga} />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the nodes, which are focusable
    <div ref={root} className="h-full" onKeyDown={onKeyDown}>
      <SagaGraph
        key={saga.id}
        handle={graph}
        saga={saga}
        positions={positions}
        selectedIds={selection.nodeIds}
        selectedEdgeIds={selection.edgeIds}
        onSelect={(id) => select(id === null ? [] : [id])}
        onOpen={() => onOpenInspector('config')}
        onGoInto={(id) => openSagaOf(context, id)}
        onSelectCompensation={(id) => {
          select([id])
          onShowTab('compensation')
        }}
        problems={marks}
        renamingId={renamingId}
        ariaLabel={`Canvas of ${saga.name ?? saga.id}`}
        {...(readOnly ? {} : { editable })}
      />
      {picker === null ? null : <CanvasPicker request={picker} saga={saga} onClose={() => setPicker(null)} />}
    </div>
  )
}

/** Nothing but starts and ends: a canvas that teaches instead of one that is blank. */
const isBare = (saga: Saga): boolean => saga.nodes.every(({ type }) => type === 'start' || type === 'end')

/** Beside the selected node, else in the middle. */
function pickerSpot(
  graph: GraphHandle | null,
  { design }: ReturnType<typeof useCommands>['context'],
  positions: Readonly<Record<string, Point>>,
): Point {
  if (!graph) return { x: 400, y: 200 }
  const place = positions[design().selection.nodeIds.at(-1) ?? '']
  return graph.toScreen(place ? { x: place.x + 228, y: place.y } : graph.centre())
}
