'use client'
import { Popover as Base } from '@base-ui/react/popover'
import { Command as Cmdk } from 'cmdk'
import { NodeIcon } from '@/components/saga-graph/node-icon'
import { kindWord, nodeTitle } from '@/components/saga-graph/node-words'
import { useCommands } from '@/components/workbench/commands-context'
import type { Point } from '@/core/design/document'
import type { Saga } from '@/core/design/saga'
import { addItem, addToCanvas } from '@/lib/commands/add'
import { connectNodes } from '@/lib/commands/connect-to'
import type { Placement } from '@/lib/commands/edits/add-node'
import { connectTargets } from '@/lib/commands/edits/connect'
import { PALETTE, type PaletteItem } from '@/lib/commands/edits/new-node'
import { PALETTE_ICONS } from './palette-panel'

/** What is asked, and where on the screen. */
export type PickerRequest =
  | {
      readonly kind: 'add'
      readonly screen: Point
      /** The end of a wire that was dropped, and where on the canvas. */
      readonly from?: string
      readonly canvas?: Point
      readonly edgeId?: string
    }
  | { readonly kind: 'connect'; readonly screen: Point }

interface CanvasPickerProps {
  readonly request: PickerRequest
  readonly saga: Saga
  readonly onClose: () => void
}

const itemClass =
  'flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 py-1 text-sm data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted'

/** A list at a point of the canvas, searched by typing: what to add, or what to connect to. */
export function CanvasPicker({ request, saga, onClose }: CanvasPickerProps) {
  const { context } = useCommands()
  const { screen } = request
  const anchor = { getBoundingClientRect: () => new DOMRect(screen.x, screen.y, 0, 0) }
  const title = request.kind === 'add' ? 'Add a node' : 'Connect to'
  return (
    <Base.Root
      open
      onOpenChange={(open) => {
        if (open) return
        onClose()
        context.ui.canvas()?.focus(context.design().selection.nodeIds[0] ?? '')
      }}
    >
      <Base.Portal>
        <Base.Positioner anchor={anchor} side="bottom" align="start" sideOffset={4} className="z-40">
          <Base.Popup
            aria-label={title}
            // what was chosen takes the focus; without a choice it goes back to the canvas
            finalFocus={false}
            className="floats w-64 outline-none"
          >
            <Cmdk label={title} loop>
              <Cmdk.Input
                autoFocus
                placeholder={`${title}…`}
                className="h-9 w-full border-b bg-transparent px-3 text-sm outline-none placeholder:text-subtle"
              />
              <Cmdk.List className="max-h-72 overflow-y-auto p-1">
                <Cmdk.Empty className="px-3 py-4 text-center text-sm text-muted">Nothing matches</Cmdk.Empty>
                {request.kind === 'add' ? (
                  <AddItems request={request} onClose={onClose} />
                ) : (
                  <ConnectItems saga={saga} onClose={onClose} />
                )}
              </Cmdk.List>
            </Cmdk>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function AddItems(props: {
  readonly request: PickerRequest & { kind: 'add' }
  readonly onClose: () => void
}) {
  const { context } = useCommands()
  const { from, canvas, edgeId } = props.request
  const placement: Placement | undefined =
    edgeId !== undefined
      ? { type: 'edge', edgeId }
      : from !== undefined
        ? { type: 'after', nodeId: from, ...(canvas ? { at: { x: canvas.x, y: canvas.y - 36 } } : {}) }
        : undefined
  const add = (item: PaletteItem): void => {
    props.onClose()
    if (item === 'compensation') addItem(context, item)
    else addToCanvas(context, item, placement)
  }
  return PALETTE.filter(({ item }) => item !== 'compensation' || placement === undefined).map(
    ({ item, title, description }) => {
      const Icon = PALETTE_ICONS[item]
      return (
        <Cmdk.Item
          key={item}
          value={title}
          keywords={[description]}
          onSelect={() => add(item)}
          className={itemClass}
        >
          <Icon aria-hidden />
          <span className="min-w-0">
            {title}
            <span className="block truncate text-xs text-muted">{description}</span>
          </span>
        </Cmdk.Item>
      )
    },
  )
}

function ConnectItems({ saga, onClose }: { readonly saga: Saga; readonly onClose: () => void }) {
  const { context } = useCommands()
  const from = context.design().selection.nodeIds[0] ?? ''
  return connectTargets(saga, from).map((node) => (
    <Cmdk.Item
      key={node.id}
      value={`${nodeTitle(node)} ${node.id}`}
      onSelect={() => {
        onClose()
        connectNodes(context, from, node.id)
        requestAnimationFrame(() => context.ui.canvas()?.focus(from))
      }}
      className={itemClass}
    >
      <NodeIcon node={node} />
      {nodeTitle(node)}
      <span className="text-xs text-subtle">{kindWord(node).toLowerCase()}</span>
    </Cmdk.Item>
  ))
}
