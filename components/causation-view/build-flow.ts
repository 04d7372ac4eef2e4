import type { FlowEdge, FlowNode } from '@/components/saga-graph/flow'
import type { Design, Point } from '@/core/design/document'
import type { CausationAnswer, CausationNode } from '@/core/protocol'
import { type Owner, ownerOf, sinceText, spokenNode, takenUp } from '@/lib/data-store/causation'
import { foldColumns, treeLayout } from '@/lib/layout/tree-layout'

export const CARD_WIDTH = 232
export const CARD_HEIGHT = 84

export interface EventCardData extends Record<string, unknown> {
  readonly node: CausationNode
  readonly owner: Owner
  readonly since: string
  readonly projections: readonly { readonly name: string; readonly taken: boolean }[]
}

export type EventNode = FlowNode<EventCardData, 'event'>

const SIZES = { columnWidth: CARD_WIDTH + 48, rowHeight: CARD_HEIGHT + 28 }
/** A story of few branches is folded behind so many events, and fills the page; one of many needs no folding for that. */
const COLUMNS = 4
const FEW_BRANCHES = 3

function placesOf({ events }: CausationAnswer): ReadonlyMap<number, Point> {
  const places = treeLayout(
    events.map(({ position, causedBy }) => ({ id: position, parent: causedBy })),
    SIZES,
  )
  const rows = 1 + Math.max(0, ...[...places.values()].map(({ y }) => y / SIZES.rowHeight))
  return rows <= FEW_BRANCHES ? foldColumns(places, COLUMNS, SIZES) : places
}

/** The answer as React Flow draws it. */
export function buildFlow(
  design: Design,
  answer: CausationAnswer,
  selected: number,
): { readonly nodes: EventNode[]; readonly edges: FlowEdge[] } {
  const places = placesOf(answer)
  const self = answer.events.find(({ position }) => position === answer.position)
  const nodes = answer.events.map((node): EventNode => {
    const { position, projections } = node
    return {
      id: String(position),
      type: 'event',
      position: places.get(position) ?? { x: 0, y: 0 },
      width: CARD_WIDTH,
      height: CARD_HEIGHT,
      selected: position === selected,
      ariaLabel: spokenNode(node),
      data: {
        node,
        owner: ownerOf(design, node.streamId),
        since: self && node !== self ? sinceText(node.recordedAt - self.recordedAt) : '',
        projections: projections.map((name) => ({ name, taken: takenUp(answer, name, position) })),
      },
    }
  })
  const edges = answer.events.flatMap(({ position, causedBy, part }): FlowEdge[] =>
    causedBy === null
      ? []
      : [
          {
            id: `${causedBy}-${position}`,
            source: String(causedBy),
            target: String(position),
            className: part === 'effect' ? 'causation-effect' : 'causation-cause',
          },
        ],
  )
  return { nodes, edges }
}
