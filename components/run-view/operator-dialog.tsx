'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import type { Json } from '@/core/json'
import type { RunAction } from '@/core/protocol'
import type { NodePath } from '@/core/saga'
import { NODE_OPERATIONS, type NodeOperation } from './run-operations'
import { useOperatorName } from './use-operator-name'
import { useRunAct } from './use-run-act'

/** What a person is about to do, before they have said who and why. */
export type Operation =
  | { readonly action: 'pause' | 'resume' | 'cancel' | 'compensate' }
  | { readonly action: NodeOperation['action']; readonly node: NodePath }

interface Words {
  readonly title: string
  readonly says: string
  readonly confirm: string
  readonly danger?: boolean
}

const RUN_WORDS: Readonly<Record<'pause' | 'resume' | 'cancel' | 'compensate', Words>> = {
  pause: {
    title: 'Pause the run',
    says: 'What is in flight settles; nothing new starts until it is resumed.',
    confirm: 'Pause',
  },
  resume: { title: 'Resume the run', says: 'It goes on where it was paused.', confirm: 'Resume' },
  cancel: {
    title: 'Cancel the run',
    says: 'No new step starts, and what was done is compensated in reverse.',
    confirm: 'Cancel and compensate',
    danger: true,
  },
  compensate: {
    title: 'Compensate now',
    says: 'Everything done so far is undone in reverse, past the pivot too.',
    confirm: 'Compensate',
    danger: true,
  },
}

function wordsOf(operation: Operation | null): Words & { readonly needsReason?: boolean } {
  if (!operation) return RUN_WORDS.pause
  if (!('node' in operation)) return RUN_WORDS[operation.action]
  const found = NODE_OPERATIONS.find(({ action }) => action === operation.action)
  return found ? { ...found, confirm: found.label, danger: found.danger === true } : RUN_WORDS.pause
}

interface OperatorDialogProps {
  readonly operation: Operation | null
  readonly onClose: () => void
}

/** What a person does to a run is an event of it: with who and why. */
export function OperatorDialog({ operation, onClose }: OperatorDialogProps) {
  const act = useRunAct()
  const [by, setBy] = useOperatorName()
  const [reason, setReason] = useState('')
  const [output, setOutput] = useState('{}')
  const [code, setCode] = useState('FailedByHand')
  const [busy, setBusy] = useState(false)
  const parsed = parse(output)
  const words = wordsOf(operation)
  const isUnread = operation?.action === 'skip' && parsed === undefined
  const unexplained = words.needsReason === true && reason.trim() === ''

  const submit = async () => {
    if (!operation || isUnread || unexplained) return
    setBusy(true)
    const taken = await act({
      ...operation,
      ...(operation.action === 'skip' ? { output: parsed } : {}),
      ...(operation.action === 'fail' ? { error: code } : {}),
      ...(by.trim() === '' ? {} : { by: by.trim() }),
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    } as RunAction)
    setBusy(false)
    if (taken) onClose()
  }

  return (
    <Dialog
      open={operation !== null}
      onOpenChange={(open) => open || onClose()}
      title={words.title}
      description={words.says}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            variant={words.danger ? 'danger' : 'primary'}
            disabled={unexplained || isUnread}
            loading={busy}
            onClick={submit}
          >
            {words.confirm}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {operation?.action === 'skip' ? (
          <Field
            label="Output in its place"
            {...(parsed === undefined ? { error: 'This is not JSON.' } : {})}
          >
            <Textarea mono rows={4} value={output} onValueChange={setOutput} />
          </Field>
        ) : null}
        {operation?.action === 'fail' ? (
          <Field label="Error" description="The name the step fails with.">
            <Input mono value={code} maxLength={64} onValueChange={setCode} />
          </Field>
        ) : null}
        <Field
          label="Why"
          required={words.needsReason === true}
          description="Stands in the log, for whoever looks back."
        >
          <Input value={reason} maxLength={500} onValueChange={setReason} />
        </Field>
        <Field label="Who">
          <Input value={by} maxLength={80} placeholder="operator" onValueChange={setBy} />
        </Field>
      </div>
    </Dialog>
  )
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
