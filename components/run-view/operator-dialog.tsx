'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import type { Json } from '@/core/json'
import type { RunAction } from '@/core/protocol'
import { useRunActions } from './use-run-actions'

export type Operation =
  | { readonly action: 'pause' | 'resume' | 'cancel' | 'compensate' }
  | { readonly action: 'retry' | 'skip'; readonly node: string }

const WORDS: Readonly<
  Record<Operation['action'], { readonly title: string; readonly says: string; readonly confirm: string }>
> = {
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
  },
  compensate: {
    title: 'Compensate now',
    says: 'Everything done so far is undone in reverse, past the pivot too.',
    confirm: 'Compensate',
  },
  retry: {
    title: 'Retry the step',
    says: 'One more attempt under the same idempotency key.',
    confirm: 'Retry',
  },
  skip: {
    title: 'Skip the step',
    says: 'The run goes on as if the step had given this output.',
    confirm: 'Skip',
  },
}

interface OperatorDialogProps {
  readonly operation: Operation | null
  readonly onClose: () => void
}

/** What a person does to a run is an event of it: with who and why. */
export function OperatorDialog({ operation, onClose }: OperatorDialogProps) {
  const { act } = useRunActions()
  const [by, setBy] = useState('')
  const [reason, setReason] = useState('')
  const [output, setOutput] = useState('{}')
  const [busy, setBusy] = useState(false)
  const parsed = parse(output)
  const words = operation ? WORDS[operation.action] : WORDS.pause

  const submit = async () => {
    if (!operation || parsed === undefined) return
    setBusy(true)
    const who = {
      ...(by.trim() === '' ? {} : { by: by.trim() }),
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    }
    const action: RunAction =
      operation.action === 'skip'
        ? { action: 'skip', node: operation.node, output: parsed, ...who }
        : ({ ...operation, ...who } as RunAction)
    const taken = await act(action)
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
            variant={
              operation?.action === 'cancel' || operation?.action === 'compensate' ? 'danger' : 'primary'
            }
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
        <Field label="Why" description="Stands in the log, for whoever looks back.">
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
