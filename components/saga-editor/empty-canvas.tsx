'use client'
import { Columns2, GitBranch, MoveRight, Plus, Upload } from 'lucide-react'
import { useState } from 'react'
import { DRAG_TYPE } from '@/components/saga-graph/types'
import { Button } from '@/components/ui/button'
import { useCommands } from '@/components/workbench/commands-context'
import { ImportDialog } from '@/components/workbench/import-dialog'
import type { Design } from '@/core/design/document'
import type { Saga } from '@/core/design/saga'
import { addToCanvas } from '@/lib/commands/add'
import { PALETTE } from '@/lib/commands/edits/new-node'
import { emptySaga, STARTERS, type Starter, starterGraph } from '@/lib/commands/edits/starters'
import { useDesign } from '@/lib/design-store/design-provider'

const ICONS = { chain: MoveRight, parallel: Columns2, choice: GitBranch } as const

/** A saga with nothing between its start and its end, or none at all: three shapes to begin with, and what they teach. */
export function EmptyCanvas({ saga }: { readonly saga: Saga | null }) {
  const { context } = useCommands()
  const edit = useDesign((state) => state.edit)
  const setSaga = useDesign((state) => state.setSaga)
  const [importing, setImporting] = useState(false)

  const begin = (starter: Starter): void => {
    edit(`Begin with "${starter.title}"`, (draft) => {
      const made = draft.sagas.find(({ id }) => id === saga?.id) ?? addSaga(draft)
      const { nodes, edges } = starterGraph(starter.id)
      const start = made.nodes.find(({ type }) => type === 'start')
      // a start that was worked on keeps its input
      made.nodes = nodes.map((node) =>
        node.type === 'start' && start ? { ...start, id: 'start' } : { ...node },
      )
      made.edges = [...edges]
      delete draft.layout.sagas[made.id]
    })
  }
  const addStep = (kind: Exclude<(typeof PALETTE)[number]['item'], 'compensation'>): void => {
    if (saga === null) {
      edit('Add saga', (draft) => void addSaga(draft))
      const made = context.design().document.sagas.at(-1)
      if (made) setSaga(made.id)
    }
    addToCanvas(context, kind)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on; "Add step" is the same by keyboard
    <div
      className="flex h-full items-center justify-center overflow-auto bg-[radial-gradient(var(--canvas-dot)_1px,transparent_1px)] bg-[size:20px_20px] p-6"
      onDragOver={(event) => event.dataTransfer.types.includes(DRAG_TYPE) && event.preventDefault()}
      onDrop={(event) => {
        const item = event.dataTransfer.getData(DRAG_TYPE)
        const entry = PALETTE.find((each) => each.item === item)
        if (entry && entry.item !== 'compensation') addStep(entry.item)
      }}
    >
      <section aria-label="Begin" className="w-full max-w-xl rounded-lg border bg-surface p-6">
        <h2 className="text-md font-semibold">
          {saga === null ? 'This design has no saga yet' : 'Begin with a shape'}
        </h2>
        <p className="pt-1 text-sm text-muted">
          A saga is a chain of steps across services. When one fails, those before it are undone by their
          compensations, in reverse.
        </p>
        <ul className="grid grid-cols-3 gap-3 pt-4 max-md:grid-cols-1">
          {STARTERS.map((starter) => {
            const Icon = ICONS[starter.id]
            return (
              <li key={starter.id}>
                <button
                  type="button"
                  onClick={() => begin(starter)}
                  className="h-full w-full rounded-md border border-line-strong p-3 text-left hover:border-accent hover:bg-hover"
                >
                  <Icon aria-hidden size={18} className="text-accent" />
                  <span className="block pt-2 text-sm font-medium">{starter.title}</span>
                  <span className="block text-xs text-muted">{starter.description}</span>
                </button>
              </li>
            )
          })}
        </ul>
        <div className="flex gap-2 pt-4">
          <Button icon={<Plus />} onClick={() => addStep('step')}>
            Add step
          </Button>
          <Button icon={<Upload />} onClick={() => setImporting(true)}>
            Import…
          </Button>
        </div>
      </section>
      {importing ? <ImportDialog onClose={() => setImporting(false)} /> : null}
    </div>
  )
}

function addSaga(draft: Design): Saga {
  const saga = emptySaga(draft)
  draft.sagas.push(saga)
  return draft.sagas.at(-1) ?? saga
}
