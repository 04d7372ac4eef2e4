'use client'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { GraphHandle } from '@/components/saga-graph/types'
import { useIsNarrow } from '@/components/shell/use-is-narrow'
import { WorkbenchLayout } from '@/components/shell/workbench-layout'
import { Tabs } from '@/components/ui/tabs'
import { DesignLinks } from '@/components/workbench/design-links'
import { useCurrentSaga, useDesign } from '@/lib/design-store/design-provider'
import { sagaPositions } from '@/lib/layout/saga-positions'
import { Inspector } from './inspector/inspector'
import type { InspectorTab } from './inspector/tabs'
import { OutlinePanel } from './outline-panel'
import { PalettePanel } from './palette-panel'
import { ProblemsPanel } from './problems-panel'
import { SagaCanvas } from './saga-canvas'
import { SagaCrumbs } from './saga-crumbs'
import { SagaSwitcher } from './saga-switcher'

/** Design mode: palette and outline, canvas, inspector, problems. */
export function SagaEditor() {
  const saga = useCurrentSaga()
  const placed = useDesign(({ document }) => (saga ? document.layout.sagas[saga.id] : undefined))
  const positions = useMemo(() => (saga ? sagaPositions(saga, placed) : {}), [saga, placed])
  const graph = useRef<GraphHandle>(null)
  const inspector = useRef<HTMLDivElement>(null)
  const [tab, setTab] = useState<InspectorTab>('config')
  const narrow = useIsNarrow()

  const openInspector = useCallback((to: InspectorTab) => {
    setTab(to)
    requestAnimationFrame(() =>
      inspector.current
        ?.querySelector<HTMLElement>('[role="tabpanel"] :is(input, button, [tabindex="0"])')
        ?.focus(),
    )
  }, [])
  const reveal = useCallback((nodeId: string) => graph.current?.focus(nodeId), [])

  const canvas = (
    <div className="relative h-full">
      <SagaCanvas
        saga={saga}
        positions={positions}
        graph={graph}
        onOpenInspector={openInspector}
        onShowTab={setTab}
        readOnly={narrow}
      />
      <SagaCrumbs />
    </div>
  )
  if (narrow) return <main className="h-full bg-canvas">{canvas}</main>
  return (
    <WorkbenchLayout
      id="design"
      left={{
        title: 'Palette and outline',
        bare: true,
        content: (
          <div className="flex h-full flex-col">
            <div className="min-h-0 flex-1">
              <Tabs
                ariaLabel="Palette and outline"
                fill
                tabs={[
                  { value: 'palette', label: 'Palette', content: <PalettePanel /> },
                  {
                    value: 'outline',
                    label: 'Outline',
                    content: <OutlinePanel saga={saga} onReveal={reveal} onOpenInspector={openInspector} />,
                  },
                ]}
              />
            </div>
            <SagaSwitcher />
            <DesignLinks />
          </div>
        ),
      }}
      right={{
        title: 'Inspector',
        bare: true,
        content: (
          <div ref={inspector} className="h-full">
            <Inspector tab={tab} onTab={setTab} />
          </div>
        ),
      }}
      bottom={{ title: 'Problems', content: <ProblemsPanel onReveal={reveal} onShowTab={setTab} /> }}
    >
      {canvas}
    </WorkbenchLayout>
  )
}
