'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { aggregateHref } from '@/components/data-view/data-href'
import { JsonView } from '@/components/ui/json-view'
import { assertNever } from '@/core/result'
import type { AnswerChange, DecidedStep, RecordedAnswer } from '@/core/travel'
import { useDesign } from '@/lib/design-store'
import type { DecisionEffect } from '@/lib/refold/effect'
import { FaultText } from '../preview/preview-frame'
import { EffectItem } from './effect-item'

const WORDS: Readonly<Record<AnswerChange, string>> = {
  'refused-now': 'accepted → refused',
  'accepted-now': 'refused → accepted',
  'other-events': 'other events',
  'other-refusal': 'refused otherwise',
  breaks: 'the code breaks',
}

/** A recorded command that the edited rules would answer otherwise. */
export function DecisionItem({
  aggregate,
  effect,
}: {
  readonly aggregate: string
  readonly effect: DecisionEffect
}) {
  const designId = useDesign((state) => state.designId)
  const { streamId, decision, change, now } = effect
  const key = streamId.slice(aggregate.length + 1)
  return (
    <EffectItem
      title={`${decision.command.type} to ${streamId} at version ${decision.atVersion}`}
      note={WORDS[change]}
    >
      <Link
        href={aggregateHref(designId, aggregate, key, decision.atVersion)}
        className="rounded-sm text-xs text-accent underline"
      >
        Open {key} at version {decision.atVersion}
      </Link>
      <div className="grid grid-cols-3 gap-3 pt-1 max-lg:grid-cols-1">
        <Part title="The command">
          <JsonView value={decision.command.payload} ariaLabel={`Payload of ${decision.command.type}`} />
        </Part>
        <Part title="It was answered">
          <Recorded answer={decision.answer} />
        </Part>
        <Part title="It would be answered">
          <Now step={now} recorded={decision.answer} />
        </Part>
      </div>
    </EffectItem>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0">
      <p className="pb-1 text-xs font-medium text-muted">{title}</p>
      {children}
    </section>
  )
}

function Recorded({ answer }: { readonly answer: RecordedAnswer }) {
  return answer.kind === 'rejected' ? <Refusal {...answer} /> : <Events events={answer.events} />
}

function Now({ step, recorded }: { readonly step: DecidedStep; readonly recorded: RecordedAnswer }) {
  switch (step.outcome) {
    case 'accepted':
      return <Events events={step.events} before={recorded.kind === 'accepted' ? recorded.events : []} />
    case 'rejected':
    case 'refused':
      return <Refusal code={step.code} message={step.message} />
    case 'fault':
      return <FaultText fault={step.fault} />
    default:
      return assertNever(step)
  }
}

function Refusal({ code, message }: { readonly code: string; readonly message: string }) {
  return (
    <p className="text-sm">
      <code className="data font-medium">{code}</code> <span className="text-muted">{message}</span>
    </p>
  )
}

type Events = Extract<RecordedAnswer, { kind: 'accepted' }>['events']

/** @param before what was recorded: where the same type stands at the same place, its data are compared */
function Events({ events, before = [] }: { readonly events: Events; readonly before?: Events }) {
  if (events.length === 0) return <p className="text-sm text-muted">Accepted, and nothing to record</p>
  return (
    <ul className="flex flex-col gap-1">
      {events.map(({ type, data }, at) => {
        const was = before[at]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an event of an answer is known by its place
          <li key={at}>
            <span className="data font-medium">{type}</span>
            <JsonView
              value={data}
              {...(was?.type === type ? { previous: was.data } : {})}
              ariaLabel={`Data of ${type}`}
            />
          </li>
        )
      })}
    </ul>
  )
}
