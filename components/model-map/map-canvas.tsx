'use client'
import { type KeyboardEvent, type RefObject, useMemo, useRef, useState } from 'react'
import { isTyping } from '@/components/saga-graph/graph-keys'
import type { GraphHandle } from '@/components/saga-graph/types'
import { useCommands } from '@/components/workbench/commands-context'
import type { Point } from '@/core/design/document'
import { causesAndEffects, type MapNode } from '@/core/model-map'
import { commandFor } from '@/lib/commands/registry'
import { useDesignStore } from '@/lib/design-store'
import { MAP_CARD } from '@/lib/layout/model-boxes'
import { wireTargets, wiring } from './editing/wiring'
import { EmptyMap } from './empty-map'
import { type MapDrop, MapGraph } from './map-graph'
import { isMapKind } from './map-palette'
import { MapPicker, type MapRequest } from './map-picker'
import { MapToolbar } from './map-toolbar'
import { useMapKeys } from './use-map-keys'
import type { DrawnModel } from './use-model-map'
import type { OnMap } from './use-on-map'

interface MapCanvasProps {
  readonly model: DrawnModel
  readonly on: OnMap
  readonly graph: RefObject<GraphHandle | null>
  readonly find: RefObject<HTMLDivElement | null>
  readonly readOnly: boolean
}

/** The map with everything that changes it: keys, wires, drops, pickers. */
export function MapCanvas({ model, on, graph, find, readOnly }: MapCanvasProps) {
  const { context } = useCommands()
  const store = useDesignStore()
  const root = useRef<HTMLDivElement>(null)
  const [request, setRequest] = useState<MapRequest | null>(null)
  const { map, places, problems } = model
  const chosen = on.node?.id ?? null
  const focusId = on.focused ? chosen : null
  const focus = useMemo(() => (focusId === null ? null : causesAndEffects(map, focusId)), [map, focusId])
  const nodeAt = (id: string | null): MapNode | null => map.nodes.find((node) => node.id === id) ?? null
  const design = () => store.getState().document

  /** Beside what is chosen, else in the middle. */
  const spot = (): Point => {
    const place = places[chosen ?? '']
    const canvas = graph.current
    if (!canvas) return { x: 400, y: 200 }
    return canvas.toScreen(place ? { x: place.x + MAP_CARD.width + 8, y: place.y } : canvas.centre())
  }
  useMapKeys(graph, {
    chosen: () => chosen,
    add: () => setRequest({ type: 'add', screen: spot(), at: on.node, canvas: null }),
    connect: () => {
      if (on.node === null) return
      setRequest({
        type: 'wire',
        screen: spot(),
        from: on.node,
        targets: wireTargets(design(), map, on.node),
      })
    },
    rename: on.rename,
    remove: on.remove,
    focusOn: on.toggleFocus,
    find: () => find.current?.querySelector('input')?.focus(),
    tidy: on.tidy,
    nudge: (dx, dy) => {
      const place = places[chosen ?? '']
      if (chosen !== null && place)
        on.move({ [chosen]: { x: place.x + dx, y: place.y + dy } }, `nudge:${chosen}`)
    },
    define: on.define,
    // the button in the bottom left corner comes next for Tab
    release: () => root.current?.querySelector<HTMLElement>('.react-flow__panel button')?.focus(),
  })

  const onKeyDown = (event: KeyboardEvent): void => {
    const onCard = (event.target as Element).closest('.react-flow__node, .model-map') === event.target
    if (event.defaultPrevented || isTyping(event.target) || !onCard) return
    const command = commandFor(event, 'map', context)
    if (!command || (readOnly && !LOOKS.test(command.id))) return
    event.preventDefault()
    event.stopPropagation()
    command.run(context)
  }
  const wire = (from: string, to: string): void => {
    const [a, b] = [nodeAt(from), nodeAt(to)]
    if (a && b) on.wire(a, b)
  }
  const dropped = (kind: string, drop: MapDrop): void => {
    // let go on a card it belongs to that, and finds a place of its own
    if (isMapKind(kind)) on.add(kind, nodeAt(drop.id), drop.onCard ? null : drop.canvas)
  }

  if (map.nodes.length === 0) return <EmptyMap onAdd={readOnly ? null : (kind) => on.add(kind, null)} />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the cards, which are focusable
    <div ref={root} className="relative h-full" onKeyDown={onKeyDown}>
      <MapGraph
        map={map}
        places={places}
        chosen={chosen}
        focus={focus}
        problems={problems}
        renaming={on.renaming}
        editable={!readOnly}
        handle={graph}
        ariaLabel="Model map"
        onChoose={on.choose}
        onOpen={on.open}
        onMoved={(moved) => on.move(moved)}
        onRenamed={on.renamed}
        canWire={(from, to) => {
          const [a, b] = [nodeAt(from), nodeAt(to)]
          return a !== null && b !== null && wiring(design(), a, b).type !== 'refused'
        }}
        onWired={wire}
        onWireDropped={(from, drop) =>
          setRequest({ type: 'add', screen: drop.screen, at: nodeAt(from), canvas: drop.canvas })
        }
        onDropped={dropped}
      />
      <MapToolbar
        map={map}
        find={find}
        focused={on.focused ? on.node : null}
        onFound={on.reveal}
        onFocus={on.toggleFocus}
        onTidy={readOnly ? null : on.tidy}
      />
      {request === null ? null : (
        <MapPicker
          request={request}
          onAdd={on.add}
          onWire={on.wire}
          onClose={() => {
            setRequest(null)
            if (chosen !== null) graph.current?.focus(chosen)
          }}
        />
      )}
    </div>
  )
}

/** Under 900 px the map is looked at. */
const LOOKS = /^map-(zoom|fit|find|focus|define|release)/
