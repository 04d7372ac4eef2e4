'use client'
import { RotateCcw } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Spinner } from '@/components/ui/spinner'
import type { Aggregate } from '@/core/design/aggregate'
import { designProgram } from '@/core/design/program'
import { useDesign } from '@/lib/design-store'
import { exampleCommands, type PreviewCommand, previewCommands } from '@/lib/preview/aggregate-preview'
import { sharedCodeRunner } from '@/lib/sandbox/shared'
import { FireCommand } from './fire-command'
import { PreviewFrame } from './preview-frame'
import { PreviewStepView } from './preview-step-view'
import { useLatest } from './use-latest'

export interface AggregatePreviewPanelProps {
  readonly aggregate: Aggregate
  /** Commands fired by hand; undefined: the examples. */
  readonly script: readonly PreviewCommand[] | undefined
  readonly onScript: (script: readonly PreviewCommand[] | undefined) => void
  readonly preferred: string | undefined
}

/** An instance that exists nowhere: fire commands at it and see events, states and rejections as the code is typed. */
export function AggregatePreviewPanel({
  aggregate,
  script,
  onScript,
  preferred,
}: AggregatePreviewPanelProps) {
  const design = useDesign((state) => state.document)
  const program = useMemo(() => designProgram(design), [design])
  const commands = useMemo(() => script ?? exampleCommands(aggregate), [script, aggregate])
  const compute = useCallback(
    () => previewCommands(sharedCodeRunner(), program, design, aggregate, commands),
    [program, design, aggregate, commands],
  )
  const { value: steps, stale } = useLatest(compute)
  return (
    <PreviewFrame stale={stale}>
      <div className="flex min-h-6 items-center justify-between gap-2">
        <h2 className="text-xs font-semibold">
          {script === undefined ? 'The examples, in order' : 'What you sent'}
        </h2>
        {script === undefined ? null : (
          <Button
            size="sm"
            variant="ghost"
            icon={<RotateCcw aria-hidden size={14} />}
            onClick={() => onScript(undefined)}
          >
            Back to examples
          </Button>
        )}
      </div>
      {steps === null ? (
        <Spinner label="Starting the sandbox" />
      ) : (
        <ol aria-label="Previewed commands" className="flex flex-col gap-2">
          {steps.map((step, index) => (
            <PreviewStepView
              // biome-ignore lint/suspicious/noArrayIndexKey: a command of a script is known by its place
              key={index}
              step={step}
              number={index + 1}
              defaultOpen={index === steps.length - 1}
              onRemove={() => onScript(commands.toSpliced(index, 1))}
            />
          ))}
        </ol>
      )}
      {steps?.length === 0 ? (
        <p className="text-sm text-muted">Nothing was sent: the state is the initial one.</p>
      ) : null}
      {aggregate.commands.length === 0 ? (
        <EmptyState
          compact
          title="No commands yet"
          description="Add a command: what it decides is shown here at once, with the events and the state after them."
        />
      ) : (
        <FireCommand
          aggregate={aggregate}
          preferred={preferred}
          onFire={(command) => onScript([...commands, command])}
        />
      )}
    </PreviewFrame>
  )
}
