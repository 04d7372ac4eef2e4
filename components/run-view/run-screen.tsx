'use client'
import { WorkbenchLayout } from '@/components/shell/workbench-layout'
import { useRun } from '@/lib/run-store/run-provider'
import { AsOfCursor } from './as-of-cursor'
import { ConnectionBanner } from './connection-banner'
import { CursorBar } from './cursor-bar'
import { LiveRegion } from './live-region'
import { NodeInspector } from './node-inspector'
import { PastFrame } from './past-frame'
import { RunAttention } from './run-attention'
import { RunCrumbs } from './run-crumbs'
import { RunDock } from './run-dock'
import { RunGraph } from './run-graph'
import { RunHeader } from './run-header'
import { RunOverview } from './run-overview'
import { useCursorInUrl } from './use-cursor-in-url'
import { usePlayback } from './use-playback'
import { useRunKeys } from './use-run-keys'
import { useScopeInUrl } from './use-scope-in-url'

/** One run: its graph, its inspector, its dock, and the one cursor that drives them all. */
export function RunScreen() {
  useCursorInUrl()
  usePlayback()
  useRunKeys()
  useScopeInUrl()
  const selectedId = useRun((run) => run.selectedId)
  const connected = useRun((run) => run.connected)
  return (
    <div className="flex h-full flex-col">
      <RunHeader />
      <ConnectionBanner connected={connected} />
      <RunAttention />
      <div className="min-h-0 flex-1">
        <WorkbenchLayout
          id="run"
          right={{
            title: 'Inspector',
            content: (
              <AsOfCursor>
                {selectedId === null ? <RunOverview /> : <NodeInspector nodeId={selectedId} />}
              </AsOfCursor>
            ),
          }}
          bottom={{ title: 'Dock', bare: true, content: <RunDock /> }}
        >
          <div className="flex h-full flex-col">
            <div className="relative min-h-0 flex-1">
              <RunGraph />
              <RunCrumbs />
              <PastFrame />
            </div>
            <CursorBar />
          </div>
        </WorkbenchLayout>
      </div>
      <LiveRegion />
    </div>
  )
}
