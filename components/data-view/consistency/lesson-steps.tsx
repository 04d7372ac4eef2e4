import { CircleCheck, CircleX, Clock, PencilLine, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { JsonView } from '@/components/ui/json-view'
import type { Json } from '@/core/json'
import { assertNever } from '@/core/result'
import type { LessonStep } from '@/lib/data-store/lesson'

/** What happened, step by step, in plain words. */
export function LessonSteps({ steps }: { readonly steps: readonly LessonStep[] }) {
  return (
    <ol aria-label="What happened" aria-live="polite" className="flex flex-col gap-2">
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added
        <li key={at}>
          <Step step={step} />
        </li>
      ))}
    </ol>
  )
}

const seconds = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`)

function Step({ step }: { readonly step: LessonStep }) {
  switch (step.kind) {
    case 'wrote':
      return (
        <Line icon={<PencilLine aria-hidden size={16} className="text-state-running" />} title="You wrote">
          {step.type} of <span className="data">{step.streamId}</span> is at position{' '}
          <span className="data">{step.position}</span> of the log, on disk. It has happened.
        </Line>
      )
    case 'refused':
      return (
        <Line icon={<CircleX aria-hidden size={16} className="text-state-failed" />} title="Refused">
          {step.message}
        </Line>
      )
    case 'read':
      return <Read {...step} />
    default:
      return assertNever(step)
  }
}

function Read({ how, checkpoint, position, afterMs, row }: Extract<LessonStep, { kind: 'read' }>) {
  const at = <span className="data">{checkpoint}</span>
  switch (how) {
    case 'stale':
      return (
        <Line
          icon={<TriangleAlert aria-hidden size={16} className="text-state-unknown" />}
          title="A stale read"
          row={row}
          missing="There is no row for it yet."
        >
          {seconds(afterMs)} after your write you read, and the read side stood at {at}, before your write at{' '}
          <span className="data">{position}</span>. The answer is not wrong: it is how things were a moment
          ago.
        </Line>
      )
    case 'fresh':
      return (
        <Line
          icon={<CircleCheck aria-hidden size={16} className="text-state-succeeded" />}
          title="A fresh read, by luck"
          row={row}
        >
          You read at once and the read side stood at {at}: it was quicker than you. Nothing promises that.
          Give it a delay and do it again.
        </Line>
      )
    case 'waited':
      return (
        <Line
          icon={<Clock aria-hidden size={16} className="text-state-succeeded" />}
          title="You read your own write"
          row={row}
        >
          Your read asked for position <span className="data">{position}</span> or later, and was answered
          after {seconds(afterMs)}, when the read side stood at {at}. You paid with waiting.
        </Line>
      )
    case 'later':
      return (
        <Line
          icon={<CircleCheck aria-hidden size={16} className="text-state-succeeded" />}
          title="Caught up"
          row={row}
        >
          {seconds(afterMs)} after your write the read side came to {at}, and the same read has it: eventually
          consistent.
        </Line>
      )
    default:
      return assertNever(how)
  }
}

function Line(props: {
  readonly icon: ReactNode
  readonly title: string
  readonly children: ReactNode
  readonly row?: Json | undefined
  readonly missing?: string
}) {
  const { icon, title, children, row, missing } = props
  return (
    <div className="flex items-start gap-2 rounded-sm border border-line bg-surface p-2 text-sm">
      <span className="mt-0.5 shrink-0">{icon}</span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p>
          <span className="font-semibold">{title}.</span> {children}
        </p>
        {row === undefined ? (
          missing === undefined ? null : (
            <p className="text-xs text-muted">{missing}</p>
          )
        ) : (
          <JsonView value={row} ariaLabel="The row that was read" openDepth={0} />
        )}
      </div>
    </div>
  )
}
