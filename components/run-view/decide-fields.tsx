'use client'
import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { NodePath } from '@/core/saga'
import { useOperatorName } from './use-operator-name'
import { useRunAct } from './use-run-act'

/** A person is asked, and answers. */
export function DecideFields({
  nodeId,
  message,
}: {
  readonly nodeId: NodePath
  readonly message: string | undefined
}) {
  const act = useRunAct()
  const [by] = useOperatorName()
  const [comment, setComment] = useState('')
  const decide = (approved: boolean) =>
    act({
      action: 'decide',
      node: nodeId,
      approved,
      ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
      ...(by === '' ? {} : { by }),
    })
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium text-sm">{message ?? 'May this go on?'}</p>
      <Field label="Comment">
        <Input value={comment} maxLength={500} onValueChange={setComment} />
      </Field>
      <div className="flex gap-2">
        <Button size="sm" variant="primary" icon={<Check />} onClick={() => decide(true)}>
          Approve
        </Button>
        <Button size="sm" variant="danger" icon={<X />} onClick={() => decide(false)}>
          Reject
        </Button>
      </div>
    </div>
  )
}
