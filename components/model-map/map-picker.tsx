'use client'
import { Popover as Base } from '@base-ui/react/popover'
import { Command as Cmdk } from 'cmdk'
import type { Point } from '@/core/design/document'
import type { MapKind, MapNode } from '@/core/model-map'
import { KindIcon } from './kind-icon'
import { MAP_PALETTE } from './map-palette'
import { KIND_WORDS, kindWords } from './map-words'

/** What is asked, and where on the screen. */
export type MapRequest =
  | {
      readonly type: 'add'
      readonly screen: Point
      /** What it is added to, or wired from. */
      readonly at: MapNode | null
      readonly canvas: Point | null
    }
  | {
      readonly type: 'wire'
      readonly screen: Point
      readonly from: MapNode
      readonly targets: readonly MapNode[]
    }

interface MapPickerProps {
  readonly request: MapRequest
  readonly onAdd: (kind: MapKind, at: MapNode | null, canvas: Point | null) => void
  readonly onWire: (from: MapNode, to: MapNode) => void
  readonly onClose: () => void
}

const itemClass =
  'flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 py-1 text-sm data-[selected=true]:bg-hover'

/** A list at a point of the map, searched by typing: what to add, or what to wire to. */
export function MapPicker({ request, onAdd, onWire, onClose }: MapPickerProps) {
  const { screen } = request
  const anchor = { getBoundingClientRect: () => new DOMRect(screen.x, screen.y, 0, 0) }
  const title = request.type === 'add' ? 'Add' : `Wire ${request.from.title} to`
  return (
    <Base.Root open onOpenChange={(open) => open || onClose()}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} side="bottom" align="start" sideOffset={4} className="z-40">
          <Base.Popup aria-label={title} finalFocus={false} className="floats w-64 outline-none">
            <Cmdk label={title} loop>
              <Cmdk.Input
                autoFocus
                placeholder={`${title}…`}
                className="h-9 w-full border-b bg-transparent px-3 text-sm outline-none placeholder:text-subtle"
              />
              <Cmdk.List className="max-h-72 overflow-y-auto p-1">
                <Cmdk.Empty className="px-3 py-4 text-center text-sm text-muted">
                  {request.type === 'wire' && request.targets.length === 0
                    ? 'There is nothing a wire can go to from here'
                    : 'Nothing matches'}
                </Cmdk.Empty>
                {request.type === 'add'
                  ? offered(request.at).map(({ kind, description }) => (
                      <Cmdk.Item
                        key={kind}
                        value={KIND_WORDS[kind]}
                        keywords={[description]}
                        onSelect={() => {
                          onClose()
                          onAdd(kind, request.at, request.canvas)
                        }}
                        className={itemClass}
                      >
                        <KindIcon kind={kind} />
                        <span className="min-w-0">
                          {KIND_WORDS[kind]}
                          <span className="block truncate text-xs text-muted">{description}</span>
                        </span>
                      </Cmdk.Item>
                    ))
                  : request.targets.map((node) => (
                      <Cmdk.Item
                        key={node.id}
                        value={`${node.title} ${node.id}`}
                        onSelect={() => {
                          onClose()
                          onWire(request.from, node)
                        }}
                        className={itemClass}
                      >
                        <KindIcon kind={node.kind} />
                        <span className="min-w-0 flex-1 truncate">{node.title}</span>
                        <span className="text-xs text-subtle">{kindWords(node).toLowerCase()}</span>
                      </Cmdk.Item>
                    ))}
              </Cmdk.List>
            </Cmdk>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** From a wire's end the kinds come first that can follow from there. */
const FOLLOWS: Readonly<Record<MapKind, readonly MapKind[]>> = {
  command: ['event'],
  aggregate: ['command', 'event'],
  event: ['projection', 'policy'],
  policy: ['saga', 'command'],
  saga: ['command'],
  projection: [],
}

function offered(at: MapNode | null) {
  if (at === null) return MAP_PALETTE
  const first = FOLLOWS[at.kind]
  return [
    ...MAP_PALETTE.filter(({ kind }) => first.includes(kind)),
    ...MAP_PALETTE.filter(({ kind }) => !first.includes(kind)),
  ]
}
