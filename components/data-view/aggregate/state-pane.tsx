'use client'
import { History } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { JsonView } from '@/components/ui/json-view'
import { Spinner } from '@/components/ui/spinner'
import { headOf, isPast, versionCompared, versionShown } from '@/lib/data-store/stream-store'
import { CompareWith } from './compare-with'
import { SaveAsScenario } from './save-as-scenario'
import { type InstanceId, useStream, useStreamStore } from './stream-context'
import { useStateAt } from './use-state-at'

/** The state at the cursor, with what its event changed. In the past, in an amber frame. */
export function StatePane({ instance }: { readonly instance: InstanceId }) {
  const store = useStreamStore()
  const head = useStream(headOf)
  const version = useStream(versionShown)
  const past = useStream(isPast)
  const event = useStream((state) => state.events[versionShown(state) - 1]?.type)
  const compared = useStream(versionCompared)
  const { shown, error } = useStateAt(instance, version, compared)
  return (
    <div
      className={classNames(
        'min-h-0 flex-1 overflow-y-auto border-2',
        past ? 'border-state-unknown' : 'border-transparent',
      )}
    >
      {past ? (
        <div
          role="status"
          className="sticky top-0 z-10 flex items-center justify-between gap-3 border-b border-state-unknown bg-soft-unknown px-4 py-1.5 text-xs font-medium text-state-unknown"
        >
          <span className="flex items-center gap-1.5">
            <History aria-hidden size={14} />
            Viewing version {version} of {head}
          </span>
          <Button size="sm" onClick={() => store.getState().goTo(null)}>
            Return to latest
          </Button>
        </div>
      ) : null}
      <section
        aria-label="State"
        className="mx-auto flex max-w-[760px] flex-col gap-2 p-6"
        aria-busy={shown?.version !== version || shown.compared !== compared}
      >
        <div className="flex items-start justify-between gap-3">
          <div>
            <h2 className="text-md font-semibold">State at version {shown?.version ?? version}</h2>
            <p className="text-sm text-muted">
              {version === 0 ? 'The initial state, before any event.' : `After ${event ?? 'its event'}.`}
              {shown === null || shown.compared === null
                ? ''
                : ` Marked is what differs from version ${shown.compared}.`}
            </p>
          </div>
          <SaveAsScenario instance={instance} version={version} />
        </div>
        <CompareWith />
        {error === null ? null : (
          <p role="alert" className="text-sm text-state-failed">
            {error}
          </p>
        )}
        {shown === null && error === null ? <Spinner label="Folding the events" /> : null}
        {shown === null ? null : (
          <div className="rounded-md border border-line bg-surface p-3">
            <JsonView value={shown.state} previous={shown.previous} ariaLabel="State" openDepth={3} />
          </div>
        )}
      </section>
    </div>
  )
}
