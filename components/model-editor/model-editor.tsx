'use client'
import { Boxes } from 'lucide-react'
import { useState } from 'react'
import { WorkbenchLayout } from '@/components/shell/workbench-layout'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { DesignLinks } from '@/components/workbench/design-links'
import { useDesign, useDesignStore } from '@/lib/design-store'
import type { PreviewScripts } from '@/lib/preview/preview-session'
import { TargetEditor } from './editors/target-editor'
import { EffectPanel } from './effects/effect-panel'
import { useModelEdit } from './fields/use-model-edit'
import { ModelProblems } from './model-problems'
import { ModelTree } from './model-tree'
import { PreviewPanel } from './preview/preview-panel'
import { type Addition, addTarget, plannedTarget } from './recipes/add-target'
import { newScenario } from './recipes/scenarios'
import type { ModelTarget } from './recipes/target'
import { ScenarioResultsProvider } from './scenarios/scenario-results'
import { useTarget } from './use-target'

/** Aggregates, read models, policies, services and scenarios: defined on the left, edited in the middle, tried on the right. */
export function ModelEditor() {
  const store = useDesignStore()
  const edit = useModelEdit()
  const [asked, go] = useTarget()
  const [scripts, setScripts] = useState<PreviewScripts>({})
  const first = useDesign((state) => state.document.aggregates[0]?.id)
  const target: ModelTarget | null = asked ?? (first === undefined ? null : { kind: 'aggregate', id: first })

  const add = (what: Addition) => {
    const { document } = store.getState()
    const planned = plannedTarget(document, what)
    const refused = edit(`Add ${what.kind}`, (draft) =>
      what.kind === 'scenario'
        ? void draft.scenarios.push(newScenario(document, what.about))
        : addTarget(draft, planned),
    )
    if (refused === undefined) go(planned)
  }
  return (
    <ScenarioResultsProvider isWatched={target?.kind === 'scenario'}>
      <WorkbenchLayout
        id="model"
        left={{
          title: 'Definitions',
          content: (
            <div className="flex h-full flex-col">
              <div className="min-h-0 flex-1 overflow-y-auto">
                <ModelTree target={target} onGo={go} onAdd={add} />
              </div>
              <DesignLinks />
            </div>
          ),
        }}
        right={{
          title: 'Preview',
          content: (
            <PreviewPanel
              target={target}
              scripts={scripts}
              onScript={(aggregate, script) =>
                setScripts(({ [aggregate]: _old, ...rest }) =>
                  script === undefined ? rest : { ...rest, [aggregate]: script },
                )
              }
            />
          ),
        }}
      >
        {target === null ? (
          <div className="flex h-full items-center justify-center">
            <EmptyState
              icon={<Boxes />}
              title="Nothing is defined yet"
              description="An aggregate decides what a command may do and remembers it as events. A read model folds events into rows. A service answers the calls of a saga."
              actions={
                <>
                  <Button variant="primary" onClick={() => add({ kind: 'aggregate' })}>
                    Add aggregate
                  </Button>
                  <Button onClick={() => add({ kind: 'service' })}>Add service</Button>
                </>
              }
            />
          </div>
        ) : (
          <div className="flex h-full flex-col">
            <div className="min-h-0 flex-1">
              <TargetEditor target={target} onGo={go} />
            </div>
            <EffectPanel />
            <ModelProblems onGo={go} />
          </div>
        )}
      </WorkbenchLayout>
    </ScenarioResultsProvider>
  )
}
