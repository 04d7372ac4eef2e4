'use client'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { Panel } from '@/components/ui/panel'
import type { ModelMap } from '@/core/model-map'
import { KindIcon } from '../kind-icon'
import { MAP_PALETTE } from '../map-palette'
import { KIND_WORDS, lackWords } from '../map-words'

/** While nothing is chosen: how much there is, and what hangs loose. */
export function MapOverview(props: { readonly map: ModelMap; readonly onChoose: (id: string) => void }) {
  const { map, onChoose } = props
  const loose = map.nodes.filter(({ lacks }) => lacks.length > 0)
  return (
    <div className="flex h-full flex-col">
      <header className="flex h-9 shrink-0 items-center border-b border-line px-3">
        <h2 className="text-sm font-semibold">The model</h2>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Panel title="What there is">
          <dl className="grid grid-cols-2 gap-x-4 gap-y-1 text-sm">
            {MAP_PALETTE.map(({ kind }) => (
              <div key={kind} className="flex items-center gap-2">
                <dt className="flex items-center gap-2 text-muted">
                  <KindIcon kind={kind} size={14} />
                  {KIND_WORDS[kind]}
                </dt>
                <dd className="data ml-auto">
                  {map.nodes.filter((node) => node.kind === kind && node.from === 'design').length}
                </dd>
              </div>
            ))}
          </dl>
        </Panel>
        <Panel title="Loose ends" count={loose.length}>
          {loose.length === 0 ? (
            <p className="flex items-center gap-2 text-xs text-muted">
              <CircleCheck aria-hidden size={14} />
              Everything is emitted, handled and heard.
            </p>
          ) : (
            <ul aria-label="Loose ends">
              {loose.map((node) => (
                <li key={node.id}>
                  <button
                    type="button"
                    onClick={() => onChoose(node.id)}
                    className="flex min-h-7 w-full items-center gap-2 rounded-sm px-1 text-left text-sm hover:bg-hover"
                  >
                    <KindIcon kind={node.kind} size={14} />
                    <span className="min-w-0 flex-1 truncate">{node.title}</span>
                    <span className="flex shrink-0 items-center gap-1 text-xs text-state-unknown">
                      <TriangleAlert aria-hidden size={12} />
                      {lackWords(node.lacks)}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      </div>
    </div>
  )
}
