'use client'
import { TriangleAlert } from 'lucide-react'
import type { MapNode, ModelMap } from '@/core/model-map'
import { lackWords, type Relation } from '../map-words'
import { CommandFacts } from './command-facts'
import { Instances, ReadModelFacts, RecentRuns } from './live-facts'
import { RecentEvents } from './recent-events'
import { RelationList } from './relation-list'

interface AboutNodeProps {
  readonly map: ModelMap
  readonly node: MapNode
  readonly description: string | undefined
  readonly onChoose: (id: string) => void
  readonly onCut?: (relation: Relation) => void
}

/** What a thing has to do with the others, and what of it there is. */
export function AboutNode({ map, node, description, onChoose, onCut }: AboutNodeProps) {
  return (
    <>
      {description === undefined || description === '' ? null : (
        <p className="border-b border-line px-3 py-2 text-sm text-muted">{description}</p>
      )}
      {node.lacks.length === 0 ? null : (
        <p className="flex items-center gap-2 border-b border-line bg-soft-unknown px-3 py-2 text-xs text-state-unknown">
          <TriangleAlert aria-hidden size={14} className="shrink-0" />
          {sentence(lackWords(node.lacks))}
        </p>
      )}
      <RelationList map={map} node={node} onChoose={onChoose} {...(onCut === undefined ? {} : { onCut })} />
      <Own node={node} />
    </>
  )
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`

function Own({ node }: { readonly node: MapNode }) {
  if (node.kind === 'event') return <RecentEvents key={node.id} node={node} />
  if (node.from !== 'design') return null
  switch (node.kind) {
    case 'command':
      return <CommandFacts node={node} />
    case 'aggregate':
      return <Instances key={node.id} node={node} />
    case 'projection':
      return <ReadModelFacts key={node.id} node={node} />
    case 'saga':
      return <RecentRuns key={node.id} node={node} />
    case 'policy':
      return null
  }
}
