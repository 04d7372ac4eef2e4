'use client'
import { Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import { NodeIcon } from '@/components/saga-graph/node-icon'
import { kindWord, nodeTitle } from '@/components/saga-graph/node-words'
import { IconButton } from '@/components/ui/icon-button'
import { Tabs } from '@/components/ui/tabs'
import { useCommands } from '@/components/workbench/commands-context'
import { doerOf, type Saga, type SagaNode } from '@/core/design/saga'
import { removeSelection } from '@/lib/commands/remove'
import { useDesign } from '@/lib/design-store/design-provider'
import { CompensationTab } from './compensation-tab'
import { ConfigTab } from './config-tab'
import { DataTab } from './data-tab'
import { type NodeEdit, NodeEditContext } from './node-edit'
import { PolicyTab } from './policy-tab'
import { RoundsDataTab } from './rounds-fields'
import type { InspectorTab } from './tabs'

interface NodeInspectorProps {
  readonly saga: Saga
  readonly node: SagaNode
  readonly tab: InspectorTab
  readonly onTab: (tab: InspectorTab) => void
}

/** Everything the document says of one node. */
export function NodeInspector({ saga, node, tab, onTab }: NodeInspectorProps) {
  const { context } = useCommands()
  const edit = useDesign((state) => state.edit)
  const sagaAt = useDesign(({ document }) => document.sagas.findIndex(({ id }) => id === saga.id))
  const nodeAt = saga.nodes.findIndex(({ id }) => id === node.id)
  const sagaId = saga.id
  const nodeId = node.id
  const nodeEdit = useMemo<NodeEdit>(
    () => ({
      path: ['sagas', sagaAt, 'nodes', nodeAt],
      change: (field, recipe) => {
        const done = edit(
          `Change ${field}`,
          (draft) => {
            const target = draft.sagas.find(({ id }) => id === sagaId)?.nodes.find(({ id }) => id === nodeId)
            if (target) recipe(target)
          },
          { mergeKey: `${sagaId} ${nodeId} ${field}` },
        )
        return done.ok ? null : (done.error[0]?.message ?? 'that is not possible')
      },
    }),
    [edit, sagaAt, nodeAt, sagaId, nodeId],
  )
  const doer = doerOf(node)
  const tabs = [
    { value: 'config', label: 'Config', content: <ConfigTab saga={saga} node={node} /> },
    ...(doer
      ? [
          {
            value: 'compensation',
            label: 'Compensation',
            content: <CompensationTab node={node} doer={doer} />,
          },
          { value: 'policy', label: 'Policy', content: <PolicyTab doer={doer} /> },
        ]
      : []),
    ...(node.type === 'step' || node.type === 'saga'
      ? [{ value: 'data', label: 'Input/Output', content: <DataTab node={node} /> }]
      : []),
    ...(node.type === 'map' || node.type === 'loop'
      ? [{ value: 'data', label: 'Input/Output', content: <RoundsDataTab node={node} /> }]
      : []),
  ]
  const shown = tabs.some(({ value }) => value === tab) ? tab : 'config'
  return (
    <NodeEditContext value={nodeEdit}>
      <div className="flex h-full flex-col">
        <header className="flex shrink-0 items-center gap-2 px-3 pt-2">
          <span className="text-muted">
            <NodeIcon node={node} />
          </span>
          <h2 className="min-w-0 flex-1 truncate text-sm font-semibold">
            {nodeTitle(node)} <span className="font-normal text-subtle">{kindWord(node).toLowerCase()}</span>
          </h2>
          {node.type === 'start' ? null : (
            <IconButton
              label="Delete"
              shortcut="Delete"
              size="sm"
              className="mr-8"
              onClick={() => removeSelection(context)}
            >
              <Trash2 />
            </IconButton>
          )}
        </header>
        <div className="min-h-0 flex-1">
          <Tabs
            ariaLabel="Properties"
            fill
            value={shown}
            onValueChange={(next) => onTab(next as InspectorTab)}
            tabs={tabs}
          />
        </div>
      </div>
    </NodeEditContext>
  )
}
