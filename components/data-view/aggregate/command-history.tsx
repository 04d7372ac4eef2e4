'use client'
import { Ban, CircleCheck, ClipboardPen } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { JsonView } from '@/components/ui/json-view'
import { Spinner } from '@/components/ui/spinner'
import type { RecordedCommandAnswer } from '@/core/protocol'
import { definitionHref } from '../data-href'
import { When } from '../when'
import type { InstanceId } from './stream-context'
import { useCommandHistory } from './use-command-history'

export interface CommandHistoryProps {
  readonly instance: InstanceId
  /** Puts a recorded command into the form. */
  readonly onReuse: (command: RecordedCommandAnswer) => void
}

/** Every command that was sent to this instance, by hand, by program or by a run; rejected ones too. */
export function CommandHistory({ instance, onReuse }: CommandHistoryProps) {
  const { history, error, loadOlder } = useCommandHistory(instance)
  return (
    <section aria-label="Commands sent" className="flex flex-col gap-2 border-t border-line pt-3">
      <h3 className="text-xs font-semibold">Commands sent</h3>
      {error === null ? null : (
        <p role="alert" className="text-sm text-state-failed">
          {error}
        </p>
      )}
      {history === null && error === null ? <Spinner label="Reading what was sent" /> : null}
      {history?.items.length === 0 ? <p className="text-sm text-muted">None yet.</p> : null}
      {history === null || history.items.length === 0 ? null : (
        <ol aria-label="Recorded commands, newest first" className="flex flex-col gap-1">
          {history.items.map((command) => (
            <Entry key={command.seq} instance={instance} command={command} onReuse={onReuse} />
          ))}
        </ol>
      )}
      {history?.older == null ? null : (
        <div>
          <Button size="sm" onClick={loadOlder}>
            Older
          </Button>
        </div>
      )}
    </section>
  )
}

interface EntryProps extends CommandHistoryProps {
  readonly command: RecordedCommandAnswer
}

function Entry({ instance, command, onReuse }: EntryProps) {
  const [open, setOpen] = useState(false)
  const { answer } = command
  return (
    <li className="rounded-sm border border-line bg-surface">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full flex-col gap-1 rounded-sm px-2 py-1.5 text-left hover:bg-hover"
      >
        <span className="flex w-full items-center gap-2">
          <span className="data text-subtle">{command.seq}</span>
          <span className="min-w-0 flex-1 truncate text-sm font-medium">{command.type}</span>
          <Outcome answer={answer} />
        </span>
        {answer.kind === 'rejected' ? (
          <span className="w-full text-xs text-muted">
            <code className="data">{answer.code}</code> {answer.message}
          </span>
        ) : null}
      </button>
      {open ? (
        <div className="flex flex-col gap-2 border-t border-line p-2 text-xs">
          <JsonView value={command.payload} ariaLabel={`Payload of command ${command.seq}`} />
          <p className="text-subtle">
            Sent <When at={command.recordedAt} />, decided at version {command.atVersion}
          </p>
          <p className="data break-all text-subtle">{command.commandId}</p>
          <div className="flex flex-wrap items-center gap-2">
            <Button size="sm" icon={<ClipboardPen aria-hidden size={14} />} onClick={() => onReuse(command)}>
              Put into the form
            </Button>
            {answer.kind === 'rejected' && answer.rule !== undefined ? (
              <Link
                href={definitionHref(instance.designId, 'rule', `${instance.aggregate}.${answer.rule}`)}
                className="rounded-sm text-accent underline"
              >
                Open the rule {answer.rule}
              </Link>
            ) : null}
          </div>
        </div>
      ) : null}
    </li>
  )
}

function Outcome({ answer }: { readonly answer: RecordedCommandAnswer['answer'] }) {
  if (answer.kind === 'rejected')
    return (
      <Badge tone="unknown" icon={<Ban aria-hidden />}>
        Rejected
      </Badge>
    )
  return (
    <Badge tone="succeeded" icon={<CircleCheck aria-hidden />}>
      {answer.events === 0 ? 'No events' : `v${answer.version}`}
    </Badge>
  )
}
