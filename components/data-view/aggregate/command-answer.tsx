import { Ban, CircleCheck } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { JsonView } from '@/components/ui/json-view'
import { assertNever } from '@/core/result'
import type { SentAnswer } from '@/lib/data-store/send-command'
import { definitionHref } from '../data-href'
import type { InstanceId } from './stream-context'

export interface CommandAnswerProps {
  readonly answer: SentAnswer
  readonly instance: InstanceId
  /** The command that was sent. */
  readonly type: string
}

/** The events and what they changed; or who refused, why, and where that is written. */
export function CommandAnswerView({ answer, instance, type }: CommandAnswerProps) {
  switch (answer.kind) {
    case 'accepted':
      return <Accepted answer={answer} />
    case 'rejected':
      return (
        <Refused code={answer.code} message={answer.message}>
          <p className="pt-1">
            <Refuser answer={answer} instance={instance} type={type} />
          </p>
        </Refused>
      )
    case 'refused':
      return (
        <Refused code={answer.code} message={answer.message}>
          {answer.issues.map(({ path, message }) => (
            <p key={`${path.join('.')} ${message}`} className="text-muted">
              <code className="data">{path.join('.')}</code> {message}
            </p>
          ))}
        </Refused>
      )
    default:
      return assertNever(answer)
  }
}

function Accepted({ answer }: { readonly answer: Extract<SentAnswer, { kind: 'accepted' }> }) {
  const { events, version, before, state } = answer
  return (
    <div className="flex flex-col gap-2 rounded-sm border border-state-succeeded/40 bg-surface p-2 text-sm">
      <p className="flex items-center gap-2 font-medium text-state-succeeded">
        <CircleCheck aria-hidden size={16} className="shrink-0" />
        {events.length === 0 ? 'Accepted: nothing to record' : `Accepted: version ${version}`}
      </p>
      {events.length === 0 ? null : (
        <>
          <ol aria-label="What it led to" className="flex flex-col gap-1">
            {events.map((event) => (
              <li key={event.version}>
                <span className="data font-medium">
                  {event.version} {event.type}
                </span>
                <JsonView value={event.data} ariaLabel={`Data of ${event.type}`} openDepth={1} />
              </li>
            ))}
          </ol>
          <div>
            <h3 className="pb-1 text-xs font-medium text-muted">
              What that changed, from version {version - events.length} to {version}
            </h3>
            <JsonView value={state} previous={before} ariaLabel="State before and after" />
          </div>
        </>
      )}
    </div>
  )
}

function Refused({
  code,
  message,
  children,
}: {
  readonly code: string
  readonly message: string
  readonly children: ReactNode
}) {
  return (
    <div className="flex items-start gap-2 rounded-sm border border-state-unknown/50 bg-soft-unknown p-2 text-sm">
      <Ban aria-hidden size={16} className="mt-0.5 shrink-0 text-state-unknown" />
      <div className="min-w-0">
        <p className="data font-medium">{code}</p>
        <p>{message}</p>
        {children}
      </div>
    </div>
  )
}

function Refuser({
  answer,
  instance: { designId, aggregate },
  type,
}: {
  readonly answer: Extract<SentAnswer, { kind: 'rejected' }>
  readonly instance: InstanceId
  readonly type: string
}) {
  const [kind, id, words] =
    answer.by === 'rule'
      ? (['rule', `${aggregate}.${answer.rule}`, `Open the rule ${answer.rule}`] as const)
      : answer.by === 'end'
        ? (['aggregate', aggregate, `Open isTerminal of ${aggregate}`] as const)
        : (['command', `${aggregate}.${type}`, `Open decide of ${type}`] as const)
  return (
    <Link href={definitionHref(designId, kind, id)} className="rounded-sm text-accent underline">
      {words}
    </Link>
  )
}
