'use client'
import { X } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { Panel } from '@/components/ui/panel'
import type { MapNode, ModelMap } from '@/core/model-map'
import { useDesign } from '@/lib/design-store'
import { KindIcon } from '../kind-icon'
import { type Relation, relationsOf } from '../map-words'

interface RelationListProps {
  readonly map: ModelMap
  readonly node: MapNode
  readonly onChoose: (id: string) => void
  /** Takes a wire away; given where that is no change of somebody's code. */
  readonly onCut?: (relation: Relation) => void
}

/** Who sends and emits it, who handles it and listens: each is the way there. */
export function RelationList({ map, node, onChoose, onCut }: RelationListProps) {
  const relations = relationsOf(map, node.id)
  const [into, out] = (['into', 'out'] as const).map((way) => relations.filter((one) => one.way === way))
  return (
    <>
      <Side title="Leads to it" relations={into ?? []} onChoose={onChoose} onCut={onCut} />
      <Side title="Follows from it" relations={out ?? []} onChoose={onChoose} onCut={onCut} />
    </>
  )
}

function Side(props: {
  readonly title: string
  readonly relations: readonly Relation[]
  readonly onChoose: (id: string) => void
  readonly onCut: ((relation: Relation) => void) | undefined
}) {
  const { title, relations, onChoose, onCut } = props
  if (relations.length === 0) return null
  return (
    <Panel title={title} count={relations.length}>
      <ul aria-label={title}>
        {relations.map((relation) => (
          <li key={relation.edge.id} className="flex items-center gap-1">
            <button
              type="button"
              onClick={() => onChoose(relation.other.id)}
              className="flex min-h-7 min-w-0 flex-1 items-center gap-2 rounded-sm px-1 text-left text-sm hover:bg-hover"
            >
              <span className="w-20 shrink-0 text-xs text-subtle">{relation.words}</span>
              <KindIcon kind={relation.other.kind} size={14} />
              <span className="min-w-0 truncate">{relation.other.title}</span>
              <Via relation={relation} />
            </button>
            {onCut !== undefined && relation.edge.kind === 'feeds' ? (
              <IconButton
                label={`Stop ${relation.way === 'out' ? relation.other.title : 'listening to'} ${relation.way === 'out' ? 'listening' : relation.other.title}`}
                size="sm"
                onClick={() => onCut(relation)}
              >
                <X />
              </IconButton>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** In which steps a saga does it, and whether only when it turns back. */
function Via({ relation: { edge } }: { readonly relation: Relation }) {
  const saga = edge.from.startsWith('saga/') ? edge.from.slice('saga/'.length) : null
  const names = useDesign(({ document }) => {
    const nodes = document.sagas.find(({ id }) => id === saga)?.nodes ?? []
    return edge.via.map((id) => nodes.find((node) => node.id === id)?.name ?? id).join(', ')
  })
  if (names === '') return null
  return (
    <span className="ml-auto min-w-0 shrink truncate text-xs text-subtle">
      {edge.undoes ? `undoes ${names}` : names}
    </span>
  )
}
