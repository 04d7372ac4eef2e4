'use client'
import { FireCommand } from '@/components/model-editor/preview/fire-command'
import { FaultText } from '@/components/model-editor/preview/preview-frame'
import { PreviewStepView } from '@/components/model-editor/preview/preview-step-view'
import { EmptyState } from '@/components/ui/empty-state'
import { versionShown } from '@/lib/data-store/stream-store'
import { useDesign } from '@/lib/design-store'
import { useStream } from '../stream-context'
import { useWhatIf } from './what-if-context'

/** Decides commands at the version shown, one after the other. None of them reaches the server. */
export function WhatIfPanel({ aggregateId }: { readonly aggregateId: string }) {
  const aggregate = useDesign((state) => state.document.aggregates.find(({ id }) => id === aggregateId))
  const shown = useStream(versionShown)
  const { session, outcome, stale, add, remove } = useWhatIf()
  if (aggregate === undefined || aggregate.commands.length === 0) {
    return (
      <EmptyState
        compact
        title="No commands"
        description="This aggregate has no commands. Define one in Design."
      />
    )
  }
  return (
    <div className="flex flex-col gap-3 p-3" aria-busy={stale}>
      <p className="text-xs text-muted">
        {session === null
          ? `A command meets the aggregate at version ${shown}, the one you are looking at. Nothing is recorded.`
          : `From version ${session.version}, one command after the other. Nothing is recorded.`}
      </p>
      {outcome?.ok ? (
        <ol aria-label="Supposed commands" className="flex flex-col gap-2">
          {outcome.value.steps.map((step, index) => (
            <PreviewStepView
              // biome-ignore lint/suspicious/noArrayIndexKey: a command of a story is known by its place
              key={index}
              step={step}
              number={index + 1}
              defaultOpen={false}
              onRemove={() => remove(index)}
            />
          ))}
        </ol>
      ) : null}
      {outcome === null || outcome.ok ? null : <FaultText fault={outcome.error} />}
      <FireCommand aggregate={aggregate} preferred={undefined} onFire={add} verb="Decide" />
    </div>
  )
}
