'use client'
import { ArrowUpRight, PencilLine, Plus, Trash2 } from 'lucide-react'
import { TargetEditor } from '@/components/model-editor/editors/target-editor'
import { placeOfTarget } from '@/components/model-editor/recipes/places'
import { EmptyState } from '@/components/ui/empty-state'
import { IconButton } from '@/components/ui/icon-button'
import { Tabs } from '@/components/ui/tabs'
import type { Design } from '@/core/design/document'
import type { MapNode, ModelMap } from '@/core/model-map'
import { useDesign } from '@/lib/design-store'
import { KindIcon } from '../kind-icon'
import type { Relation } from '../map-words'
import { kindWords } from '../map-words'
import { targetOf } from '../node-target'
import { AboutNode } from './about-node'
import { MapOverview } from './map-overview'

export type MapTab = 'about' | 'definition'

export interface MapInspectorProps {
  readonly map: ModelMap
  readonly node: MapNode | null
  readonly tab: MapTab
  readonly onTab: (tab: MapTab) => void
  readonly onChoose: (id: string | null) => void
  readonly onRename: () => void
  readonly onRemove: () => void
  readonly onDefine: () => void
  /** Defines what is only named. */
  readonly onMake: (node: MapNode) => void
  readonly onCut: (relation: Relation) => void
}

/** What is chosen on the map: its place among the others, what happens with it, and its definition to be changed. */
export function MapInspector(props: MapInspectorProps) {
  const { map, node, tab, onTab, onChoose } = props
  const document = useDesign((state) => state.document)
  if (node === null) return <MapOverview map={map} onChoose={onChoose} />
  const target = targetOf(node)
  return (
    <div className="flex h-full flex-col">
      <Heading {...props} node={node} />
      <div className="min-h-0 flex-1">
        <Tabs
          ariaLabel={`About ${node.title}`}
          fill
          value={tab}
          onValueChange={(next) => onTab(next === 'definition' ? 'definition' : 'about')}
          tabs={[
            {
              value: 'about',
              label: 'About',
              content: (
                <AboutNode
                  map={map}
                  node={node}
                  description={descriptionOf(document, node)}
                  onChoose={onChoose}
                  onCut={props.onCut}
                />
              ),
            },
            {
              value: 'definition',
              label: 'Definition',
              content:
                target === null ? (
                  <Elsewhere node={node} />
                ) : (
                  <TargetEditor
                    key={node.id}
                    bare
                    target={target}
                    onGo={(next) => onChoose(next === null ? null : placeOfTarget(next))}
                  />
                ),
            },
          ]}
        />
      </div>
    </div>
  )
}

function Heading({ node, onRename, onRemove, onDefine, onMake }: MapInspectorProps & { node: MapNode }) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line pr-9 pl-3">
      <KindIcon kind={node.kind} />
      <div className="min-w-0 flex-1">
        <p className="truncate text-xs text-subtle">
          {kindWords(node)}
          {node.owner === null ? '' : ` of ${node.owner}`}
        </p>
        <h2 className="truncate text-sm font-semibold">{node.title}</h2>
      </div>
      {node.from === 'missing' ? (
        <IconButton label={`Define ${node.title}`} size="sm" onClick={() => onMake(node)}>
          <Plus />
        </IconButton>
      ) : null}
      {node.from === 'design' ? (
        <>
          <IconButton label="Rename everywhere" shortcut="F2" size="sm" onClick={onRename}>
            <PencilLine />
          </IconButton>
          <IconButton
            label={node.kind === 'saga' ? 'Open the saga' : 'Open under Definitions'}
            shortcut="O"
            size="sm"
            onClick={onDefine}
          >
            <ArrowUpRight />
          </IconButton>
          <IconButton label={`Delete ${node.title}`} shortcut="Delete" size="sm" onClick={onRemove}>
            <Trash2 />
          </IconButton>
        </>
      ) : null}
    </header>
  )
}

function Elsewhere({ node }: { readonly node: MapNode }) {
  if (node.from === 'run')
    return (
      <EmptyState
        compact
        title="The engine records it"
        description="It is an event of runs: there is nothing to define."
      />
    )
  return node.kind === 'saga' ? (
    <EmptyState compact title="A saga is drawn" description="Open it to see and change its steps." />
  ) : (
    <EmptyState
      compact
      title="It is not defined"
      description="Something names it, and the design does not have it. Define it with +, or change what names it."
    />
  )
}

function descriptionOf(design: Design, node: MapNode): string | undefined {
  const aggregate = design.aggregates.find(({ id }) => id === (node.owner ?? node.name))
  switch (node.kind) {
    case 'command':
      return aggregate?.commands.find(({ name }) => name === node.name)?.description
    case 'event':
      return aggregate?.events.find(({ name }) => name === node.name)?.description
    case 'aggregate':
      return aggregate?.description
    case 'policy':
      return design.policies.find(({ id }) => id === node.name)?.description
    case 'saga':
      return design.sagas.find(({ id }) => id === node.name)?.description
    case 'projection':
      return design.projections.find(({ id }) => id === node.name)?.description
  }
}
