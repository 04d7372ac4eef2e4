'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Textarea } from '@/components/ui/textarea'
import { isJsonObject, type Json, type JsonObject } from '@/core/json'
import { runsApi } from '@/lib/api/runs'
import { stateAt } from '@/lib/run-store/history'
import { useRun } from '@/lib/run-store/run-provider'
import { stateNow } from '@/lib/run-store/run-store'
import { useOperatorName } from './use-operator-name'

interface ForkDialogProps {
  /** The event up to which the new run has the same history; null: just before it failed. */
  readonly seq: number | null
  /** Whether it is to go on with the newest version of the design. */
  readonly newest?: boolean
  readonly onClose: () => void
}

/** A new run that has this one's history up to a moment. This one stays as it is. */
export function ForkDialog({ seq, newest = false, onClose }: ForkDialogProps) {
  const router = useRouter()
  const run = useRun((state) => state.run)
  const [by] = useOperatorName()
  const faults = useRun((state) => stateNow(state).faults.length)
  const before = useRun(({ history }) =>
    JSON.stringify(seq === null ? {} : stateAt(history, seq).data, null, 2),
  )
  const [text, setText] = useState(before)
  const [kept, setKept] = useState<'kept' | 'none'>(faults > 0 ? 'none' : 'kept')
  const [version, setVersion] = useState<'same' | 'newest'>(newest ? 'newest' : 'same')
  const [refusal, setRefusal] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const data = parseObject(text)
  const fork = async () => {
    if (data === null) return
    setBusy(true)
    setRefusal(null)
    try {
      const forked = await runsApi.fork(run.id, {
        ...(seq === null ? {} : { seq }),
        ...(seq === null || text === before ? {} : { data }),
        ...(kept === 'none' ? { faults: [] } : {}),
        ...(version === 'newest' ? { design: 'newest' as const } : {}),
        ...(by === '' ? {} : { by }),
      })
      router.push(`/w/${run.designId}/runs/${forked.id}`)
    } catch (error) {
      setBusy(false)
      setRefusal(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={seq === null ? 'Retry from before it failed' : `Fork at event ${seq}`}
      description="A new run with the same history up to there. What was in flight is done again, under the new run's keys; what the run owns is copied for it, and what it shares stays shared. This run stays as it is."
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button variant="primary" loading={busy} disabled={data === null} onClick={fork}>
            Fork
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {refusal === null ? null : (
          <p role="alert" className="text-state-failed text-xs">
            {refusal}
          </p>
        )}
        {seq === null ? null : (
          <Field
            label="Data at that moment"
            description="Edited, they stand in the new run's log as an event of its own."
            {...(data === null ? { error: 'This is not a JSON object.' } : {})}
          >
            <Textarea mono rows={10} value={text} onValueChange={setText} />
          </Field>
        )}
        {faults === 0 ? null : (
          <Field label="What was broken on purpose">
            <SegmentedControl
              ariaLabel="What was broken on purpose"
              value={kept}
              onValueChange={setKept}
              options={[
                { value: 'none', label: 'Mended' },
                { value: 'kept', label: 'Broken again' },
              ]}
            />
          </Field>
        )}
        <Field
          label="Design"
          description="The newest is taken when the run would have come to the same point under it."
        >
          <SegmentedControl
            ariaLabel="Design"
            value={version}
            onValueChange={setVersion}
            options={[
              { value: 'same', label: `Version ${run.designVersion}, as it ran` },
              { value: 'newest', label: 'The newest' },
            ]}
          />
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
