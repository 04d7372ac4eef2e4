'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { isJsonObject, type Json, type JsonObject } from '@/core/json'
import { nodeName } from '@/lib/run-store/operator'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { stateNow } from '@/lib/run-store/run-store'
import { useOperatorName } from './use-operator-name'
import { useRunAct } from './use-run-act'

const WHOLE = 'the saga'

/** Other data in place of a suspended run's, or of a saga's within it. */
export function EditData({ onClose }: { readonly onClose: () => void }) {
  const store = useRunStore()
  const act = useRunAct()
  const plan = useRun(({ history }) => history.plan)
  const scopes = useRun((run) => stateNow(run).scopes) ?? {}
  const [by] = useOperatorName()
  const [scope, setScope] = useState(WHOLE)
  const textOf = (of: string): string => {
    const state = stateNow(store.getState())
    return JSON.stringify(of === WHOLE ? state.data : (state.scopes?.[of]?.data ?? {}), null, 2)
  }
  const [text, setText] = useState(() => textOf(WHOLE))
  const [reason, setReason] = useState('')
  const data = parseObject(text)
  const save = async () => {
    if (!data) return
    const taken = await act({
      action: 'set-data',
      data,
      ...(scope === WHOLE ? {} : { scope }),
      ...(by === '' ? {} : { by }),
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    })
    if (taken) onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Edit the data"
      description="What has happened stays as it was: this is an event of its own, and what follows goes by it."
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button variant="primary" disabled={data === null} onClick={save}>
            Put these in place
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {Object.keys(scopes).length === 0 ? null : (
          <Field label="Data of">
            <Select<string>
              value={scope}
              onValueChange={(next) => {
                setScope(next)
                setText(textOf(next))
              }}
              options={[
                { value: WHOLE, label: 'The saga' },
                ...Object.keys(scopes).map((path) => ({ value: path, label: nodeName(plan, path) })),
              ]}
            />
          </Field>
        )}
        <Field label="Data" {...(data === null ? { error: 'This is not a JSON object.' } : {})}>
          <Textarea mono rows={12} value={text} onValueChange={setText} />
        </Field>
        <Field label="Why" description="Stands in the log, for whoever looks back.">
          <Input value={reason} maxLength={500} onValueChange={setReason} />
        </Field>
      </div>
    </Dialog>
  )
}

function parseObject(text: string): JsonObject | null {
  try {
    const value: Json = JSON.parse(text)
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}
