'use client'
import dynamic from 'next/dynamic'
import { useMemo, useState } from 'react'
import { SagaGraph } from '@/components/saga-graph/saga-graph'
import { WorkbenchLayout } from '@/components/shell/workbench-layout'
import { ProblemList } from '@/components/ui/problem-list'
import type { Design } from '@/core/design/document'
import { useCurrentSaga, useDesign, useDesignStore } from '@/lib/design-store/design-provider'
import { sagaPositions } from '@/lib/layout/saga-positions'
import { readDesignText, type TextIssue } from './read-design-text'

const CodeEditor = dynamic(() => import('@/components/ui/code-editor').then((module) => module.CodeEditor), {
  ssr: false,
})

/** The same definition as text. While the text is broken, the graph shows the last that was whole. */
export function CodeView() {
  const store = useDesignStore()
  const document = useDesign((state) => state.document)
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: Design } | null>(null)
  const written = useMemo(() => JSON.stringify(document, null, 2), [document])
  // My text stands until the design changes from elsewhere: undo, another tab.
  const text = draft !== null && draft.of === document ? draft.text : written
  const read = useMemo(() => readDesignText(text), [text])
  const issues = read.ok ? [] : read.error

  const change = (next: string): void => {
    const parsed = readDesignText(next)
    if (parsed.ok) store.getState().replace('Edit JSON', parsed.value)
    setDraft({ text: next, of: store.getState().document })
  }
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
      <div className="h-full overflow-auto p-2">
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
    </WorkbenchLayout>
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
