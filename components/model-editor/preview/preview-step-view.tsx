'use client'
import { Ban, CircleCheck, CircleX, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { IconButton } from '@/components/ui/icon-button'
import { JsonView } from '@/components/ui/json-view'
import { assertNever } from '@/core/result'
import type { PreviewStep } from '@/lib/preview/aggregate-preview'
import { FaultText } from './preview-frame'

export interface PreviewStepViewProps {
  readonly step: PreviewStep
  /** 1-based. */
  readonly number: number
  readonly onRemove: () => void
  readonly defaultOpen: boolean
}

/** One command of the story: what it was, and what it came to. */
export function PreviewStepView({ step, number, onRemove, defaultOpen }: PreviewStepViewProps) {
  const [open, setOpen] = useState(defaultOpen)
  return (
    <li className="rounded-sm border border-line bg-surface">
      <div className="flex items-center gap-1 pr-1">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-center gap-2 rounded-sm px-2 py-1.5 text-left hover:bg-hover"
        >
          <span className="data text-subtle">{number}</span>
          <span className="min-w-0 flex-1 truncate text-sm font-medium">{step.command.type}</span>
          <Outcome step={step} />
        </button>
        <IconButton label={`Remove ${step.command.type}, command ${number}`} size="sm" onClick={onRemove}>
          <X />
        </IconButton>
      </div>
      <div className="px-2 pb-2 text-sm">
        <Detail step={step} />
      </div>
      {open ? (
        <div className="flex flex-col gap-2 border-t border-line p-2">
          <Titled title="Payload">
            <JsonView value={step.command.payload} ariaLabel={`Payload of command ${number}`} />
          </Titled>
          <Titled title={`State at version ${step.version}`}>
            <JsonView
              value={step.state}
              {...(step.outcome === 'accepted' ? { previous: step.before } : {})}
              ariaLabel={`State after command ${number}`}
            />
          </Titled>
        </div>
      ) : null}
    </li>
  )
}

function Titled({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <p className="pb-1 text-xs font-medium text-muted">{title}</p>
      {children}
    </div>
  )
}

function Outcome({ step }: { readonly step: PreviewStep }) {
  switch (step.outcome) {
    case 'accepted':
      return step.events.length === 0 ? (
        <Badge icon={<CircleCheck aria-hidden />}>No events</Badge>
      ) : (
        <Badge tone="succeeded" icon={<CircleCheck aria-hidden />}>
          Accepted
        </Badge>
      )
    case 'rejected':
      return (
        <Badge tone="unknown" icon={<Ban aria-hidden />}>
          Rejected
        </Badge>
      )
    case 'refused':
      return (
        <Badge tone="unknown" icon={<Ban aria-hidden />}>
          Refused
        </Badge>
      )
    case 'fault':
      return (
        <Badge tone="failed" icon={<CircleX aria-hidden />}>
          Error in code
        </Badge>
      )
    default:
      return assertNever(step)
  }
}

function Detail({ step }: { readonly step: PreviewStep }) {
  switch (step.outcome) {
    case 'accepted':
      return (
        <ul aria-label={`Events of ${step.command.type}`} className="flex flex-col gap-1">
          {step.events.map((event) => (
            <li key={event.version} className="flex flex-col">
              <span className="data font-medium">
                v{event.version} {event.type}
              </span>
              <code className="data break-words text-muted">{JSON.stringify(event.data)}</code>
            </li>
          ))}
        </ul>
      )
    case 'rejected':
      return (
        <p>
          <code className="data font-medium">{step.code}</code>{' '}
          <span className="text-muted">{step.message}</span>
          {step.rule === undefined ? null : (
            <span className="block text-xs text-subtle">
              by the rule <code className="data">{step.rule}</code>
            </span>
          )}
        </p>
      )
    case 'refused':
      return (
        <p>
          <code className="data font-medium">{step.code}</code>{' '}
          <span className="text-muted">
            {step.issues.length === 0
              ? step.message
              : step.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}
          </span>
        </p>
      )
    case 'fault':
      return <FaultText fault={step.fault} />
    default:
      return assertNever(step)
  }
}
