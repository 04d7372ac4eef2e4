'use client'
import { useRef } from 'react'
import type { GraphHandle } from '@/components/saga-graph/types'
import { useIsNarrow } from '@/components/shell/use-is-narrow'
import { WorkbenchLayout } from '@/components/shell/workbench-layout'
import { Tabs } from '@/components/ui/tabs'
import { DesignLinks } from '@/components/workbench/design-links'
import { DeleteQuestion } from './delete-question'
import { MapInspector } from './inspector/map-inspector'
import { MapCanvas } from './map-canvas'
import { MapOutline } from './map-outline'
import { MapPalette } from './map-palette'
import { useModelMap } from './use-model-map'
import { useOnMap } from './use-on-map'

/** Design mode: how commands, aggregates, events, policies, sagas and read models hang together, drawn and changed. */
export function ModelMapPage() {
  const graph = useRef<GraphHandle>(null)
  const inspector = useRef<HTMLDivElement>(null)
  const find = useRef<HTMLDivElement>(null)
  const model = useModelMap()
  const on = useOnMap({ model, graph, inspector })
  const narrow = useIsNarrow()
  const canvas = <MapCanvas model={model} on={on} graph={graph} find={find} readOnly={narrow} />
  if (narrow) return <main className="h-full bg-canvas">{canvas}</main>
  return (
    <>
      <WorkbenchLayout
        id="map"
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
                    {
                      value: 'palette',
                      label: 'Palette',
                      content: <MapPalette onAdd={(kind) => on.add(kind)} />,
                    },
                    {
                      value: 'outline',
                      label: 'Outline',
                      content: (
                        <MapOutline
                          map={model.map}
                          chosen={on.node?.id ?? null}
                          onChoose={on.choose}
                          onOpen={on.open}
                        />
                      ),
                    },
                  ]}
                />
              </div>
              <DesignLinks />
            </div>
          ),
        }}
        right={{
          title: 'Inspector',
          bare: true,
          content: (
            <div ref={inspector} className="h-full">
              <MapInspector
                map={model.map}
                node={on.node}
                tab={on.tab}
                onTab={on.setTab}
                onChoose={on.choose}
                onRename={on.rename}
                onRemove={on.remove}
                onDefine={on.define}
                onMake={on.make}
                onCut={on.cut}
              />
            </div>
          ),
        }}
      >
        {canvas}
      </WorkbenchLayout>
      <DeleteQuestion on={on} />
    </>
  )
}
