'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { RecordedCommandAnswer } from '@/core/protocol'
import { isPast } from '@/lib/data-store/stream-store'
import { useDesign } from '@/lib/design-store'
import { CommandForm } from './command-form'
import { CommandHistory } from './command-history'
import { type InstanceId, useStream, useStreamStore } from './stream-context'

/** Sends commands to this instance, and shows those that were. They always meet its latest state. */
export function CommandConsole({ instance }: { readonly instance: InstanceId }) {
  const aggregate = useDesign((state) =>
    state.document.aggregates.find(({ id }) => id === instance.aggregate),
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const [reused, setReused] = useState<RecordedCommandAnswer | null>(null)
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
  const filled = reused?.type === command.name ? reused : null
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
          onValueChange={(name) => {
            setChosen(name)
            setReused(null)
          }}
          options={(aggregate?.commands ?? []).map(({ name }) => ({ value: name, label: name }))}
        />
      </Field>
      {/* what was typed for one command says nothing about another */}
      <CommandForm
        key={`${command.name} ${filled?.seq ?? ''}`}
        instance={instance}
        command={command}
        disabled={past}
        {...(filled === null ? {} : { payload: filled.payload })}
      />
      <CommandHistory
        instance={instance}
        onReuse={(again) => {
          setChosen(again.type)
          setReused(again)
        }}
      />
    </div>
  )
}
