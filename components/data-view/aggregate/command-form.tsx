'use client'
import { Repeat2, Send } from 'lucide-react'
import { useState } from 'react'
import { initialValue } from '@/components/schema-form/initial-value'
import { SchemaForm } from '@/components/schema-form/schema-form'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import type { CommandDefinition } from '@/core/design/aggregate'
import type { Json } from '@/core/json'
import { checkAgainstSchema } from '@/core/json-schema'
import { type SentAnswer, type SentCommand, sendCommand } from '@/lib/data-store/send-command'
import { newId } from '@/lib/new-id'
import { CommandAnswerView } from './command-answer'
import type { InstanceId } from './stream-context'

export interface CommandFormProps {
  readonly instance: InstanceId
  readonly command: CommandDefinition
  readonly disabled?: boolean
  /** What the form starts with; by itself the command's example. */
  readonly payload?: Json
}

/** A command by form, and what came of it. Sent again under its id it gets the same answer: that can be tried too. */
export function CommandForm({ instance, command, disabled = false, payload: given }: CommandFormProps) {
  const [payload, setPayload] = useState<Json>(() => given ?? command.example ?? initialValue(command.schema))
  const [sent, setSent] = useState<{ readonly command: SentCommand; readonly answer: SentAnswer } | null>(
    null,
  )
  const [busy, setBusy] = useState(false)
  const [isUnread, setIsUnread] = useState(false)
  const checked = checkAgainstSchema(command.schema, payload)

  const send = async (again: SentCommand | null) => {
    if (disabled || busy || (again === null && isUnread)) return
    setBusy(true)
    const next = again ?? { ...instance, type: command.name, payload, commandId: newId() }
    setSent({ command: next, answer: await sendCommand(next) })
    setBusy(false)
  }
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        void send(null)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        event.currentTarget.requestSubmit()
      }}
    >
      <SchemaForm
        schema={command.schema}
        value={payload}
        onChange={setPayload}
        issues={checked.ok ? [] : checked.error}
        idPrefix={`send-${command.name}`}
        label="Payload"
        onUnread={setIsUnread}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          type="submit"
          variant="primary"
          loading={busy}
          disabled={disabled || isUnread}
          icon={<Send aria-hidden size={14} />}
        >
          Send {command.name}
        </Button>
        <span aria-hidden className="text-xs text-ink">
          <Kbd keys="Ctrl+Enter" />
        </span>
      </div>
      <div role="status" aria-label="Answer">
        {sent === null ? null : (
          <CommandAnswerView answer={sent.answer} instance={instance} type={sent.command.type} />
        )}
      </div>
      {sent === null || sent.answer.kind === 'refused' ? null : (
        <div>
          <Button
            size="sm"
            variant="ghost"
            disabled={disabled || busy}
            icon={<Repeat2 aria-hidden size={14} />}
            onClick={() => void send(sent.command)}
          >
            Send again under the same id
          </Button>
        </div>
      )}
    </form>
  )
}
