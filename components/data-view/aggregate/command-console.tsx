'use client'
import { Ban, CircleCheck, Send } from 'lucide-react'
import { useState } from 'react'
import { initialValue } from '@/components/schema-form/initial-value'
import { SchemaForm } from '@/components/schema-form/schema-form'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { CommandDefinition } from '@/core/design/aggregate'
import type { Issue } from '@/core/errors'
import type { Json } from '@/core/json'
import { checkAgainstSchema } from '@/core/json-schema'
import { designsApi } from '@/lib/api/designs'
import { ApiError } from '@/lib/api/request'
import { isPast } from '@/lib/data-store/stream-store'
import { useDesign } from '@/lib/design-store'
import { newId } from '@/lib/new-id'
import { type InstanceId, useStream, useStreamStore } from './stream-context'

type Answer =
  | { readonly kind: 'accepted'; readonly events: readonly string[]; readonly version: number }
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly message: string
      readonly issues: readonly Issue[]
    }

/** Sends commands to this instance. They always meet its latest state, whatever version is looked at. */
export function CommandConsole({ instance }: { readonly instance: InstanceId }) {
  const aggregate = useDesign((state) =>
    state.document.aggregates.find(({ id }) => id === instance.aggregate),
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const past = useStream(isPast)
  const store = useStreamStore()
  const command = aggregate?.commands.find(({ name }) => name === chosen) ?? aggregate?.commands[0]
  if (command === undefined) {
    return (
      <EmptyState
        compact
        title="No commands"
        description="This aggregate has no commands. Define one in Design."
      />
    )
  }
  return (
    <div className="flex h-full flex-col gap-3 overflow-y-auto p-3">
      {past ? (
        <div className="flex flex-col items-start gap-2 rounded-sm border border-state-unknown bg-soft-unknown p-2 text-xs text-state-unknown">
          You are looking at the past. A command meets the latest state.
          <Button size="sm" onClick={() => store.getState().goTo(null)}>
            Return to latest
          </Button>
        </div>
      ) : null}
      <Field label="Command" description={command.description}>
        <Select
          value={command.name}
          onValueChange={setChosen}
          options={(aggregate?.commands ?? []).map(({ name }) => ({ value: name, label: name }))}
        />
      </Field>
      {/* what was typed for one command says nothing about another */}
      <Console key={command.name} instance={instance} command={command} disabled={past} />
    </div>
  )
}

function Console(props: {
  readonly instance: InstanceId
  readonly command: CommandDefinition
  readonly disabled: boolean
}) {
  const { instance, command, disabled } = props
  const [payload, setPayload] = useState<Json>(() => command.example ?? initialValue(command.schema))
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [busy, setBusy] = useState(false)
  const checked = checkAgainstSchema(command.schema, payload)

  const send = async () => {
    setBusy(true)
    try {
      const { events, version } = await designsApi.sendCommand(
        instance.designId,
        instance.aggregate,
        instance.key,
        {
          type: command.name,
          payload,
          commandId: newId(),
        },
      )
      setAnswer({ kind: 'accepted', events: events.map(({ type }) => type), version })
    } catch (error) {
      const refusal = error instanceof ApiError ? error : new ApiError('INTERNAL', 0, String(error))
      setAnswer(refusalOf(refusal))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (!disabled && !busy) void send()
      }}
    >
      <SchemaForm
        schema={command.schema}
        value={payload}
        onChange={setPayload}
        issues={checked.ok ? [] : checked.error}
        idPrefix={`send-${command.name}`}
        label="Payload"
      />
      <div>
        <Button
          type="submit"
          variant="primary"
          loading={busy}
          disabled={disabled}
          icon={<Send aria-hidden size={14} />}
        >
          Send {command.name}
        </Button>
      </div>
      <div role="status" aria-label="Answer">
        {answer === null ? null : <AnswerView answer={answer} />}
      </div>
    </form>
  )
}

/** A rejection by the aggregate's own rule says its own code; the problem around it says only that it was one. */
function refusalOf(error: ApiError): Answer {
  const rejection = error.problem?.rejection
  const own =
    typeof rejection === 'object' &&
    rejection !== null &&
    'code' in rejection &&
    typeof rejection.code === 'string'
      ? rejection.code
      : error.code
  return { kind: 'refused', code: own, message: error.message, issues: error.problem?.issues ?? [] }
}

function AnswerView({ answer }: { readonly answer: Answer }) {
  if (answer.kind === 'accepted') {
    return (
      <div className="flex items-start gap-2 rounded-sm border border-state-succeeded/40 bg-soft-succeeded p-2 text-sm">
        <CircleCheck aria-hidden size={16} className="mt-0.5 shrink-0 text-state-succeeded" />
        <div>
          <p className="font-medium">
            {answer.events.length === 0
              ? 'Accepted: nothing to record'
              : `Accepted: version ${answer.version}`}
          </p>
          <p className="data text-muted">{answer.events.join(', ')}</p>
        </div>
      </div>
    )
  }
  return (
    <div className="flex items-start gap-2 rounded-sm border border-state-unknown/50 bg-soft-unknown p-2 text-sm">
      <Ban aria-hidden size={16} className="mt-0.5 shrink-0 text-state-unknown" />
      <div className="min-w-0">
        <p className="data font-medium">{answer.code}</p>
        <p>{answer.message}</p>
        {answer.issues.map(({ path, message }) => (
          <p key={`${path.join('.')} ${message}`} className="text-muted">
            <code className="data">{path.join('.')}</code> {message}
          </p>
        ))}
      </div>
    </div>
  )
}
