'use client'
import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import { SagaGraph } from '@/components/saga-graph/saga-graph'
import { WorkbenchLayout } from '@/components/shell/workbench-layout'
import { Button } from '@/components/ui/button'
import { ProblemList } from '@/components/ui/problem-list'
import { useCurrentSaga, useDesign } from '@/lib/design-store/design-provider'
import { sagaPositions } from '@/lib/layout/saga-positions'
import type { TextIssue } from './read-design-text'
import { useCodeText } from './use-code-text'

const CodeEditor = dynamic(() => import('@/components/ui/code-editor').then((module) => module.CodeEditor), {
  ssr: false,
})

/** The same definition as text. While the text is broken, the graph shows the last that was whole. */
export function CodeView() {
  const { text, issues, isStale, change, discard } = useCodeText()
  return (
    <WorkbenchLayout
      id="code"
      right={{
        title: issues.length === 0 ? 'Graph' : 'Graph, as it was last whole',
        content: <Preview />,
      }}
      bottom={{ title: 'Errors', content: <Errors issues={issues} /> }}
    >
      <h1 className="sr-only">Design as JSON</h1>
      <div className="flex h-full flex-col">
        {issues.length === 0 ? null : <NotTaken isStale={isStale} onDiscard={discard} />}
        <div className="min-h-0 flex-1 overflow-auto p-2">
          <CodeEditor
            language="json"
            ariaLabel="Design as JSON"
            value={text}
            onChange={change}
            diagnostics={issues}
            // the pane scrolls, not the editor within it
            maxHeight={1_000_000}
          />
        </div>
      </div>
    </WorkbenchLayout>
  )
}

/** While the text is no design: what becomes of it, and the way back. */
function NotTaken({ isStale, onDiscard }: { readonly isStale: boolean; readonly onDiscard: () => void }) {
  return (
    <div
      role="status"
      className="flex shrink-0 items-center justify-between gap-3 border-b border-line bg-soft-unknown px-3 py-1.5 text-xs"
    >
      <p>
        {isStale
          ? 'The design was changed elsewhere while this text was no design. Once it is one, it takes the place of that.'
          : 'This is no design yet, and not saved. It stays here until you mend or discard it.'}
      </p>
      <Button size="sm" onClick={onDiscard}>
        Discard this text
      </Button>
    </div>
  )
}

function Errors({ issues }: { readonly issues: readonly TextIssue[] }) {
  const listed = issues.map(({ line, message, path }) => ({
    code: `line ${line}`,
    severity: 'error' as const,
    message,
    ...(path === '' ? {} : { where: path }),
  }))
  return (
    <ProblemList problems={listed} emptyText="The text is a whole design: what you write is what runs." />
  )
}

/** The saga that is on the canvas in Design mode. */
function Preview() {
  const saga = useCurrentSaga()
  const placed = useDesign(({ document }) => (saga ? document.layout.sagas[saga.id] : undefined))
  const select = useDesign((state) => state.select)
  const selectedIds = useDesign(({ selection }) => selection.nodeIds)
  const positions = useMemo(() => (saga ? sagaPositions(saga, placed) : {}), [saga, placed])
  if (!saga) return null
  return (
    <SagaGraph
      saga={saga}
      positions={positions}
      selectedIds={selectedIds}
      onSelect={(id) => select(id === null ? [] : [id])}
      ariaLabel={`Graph of ${saga.name ?? saga.id}`}
    />
  )
}
