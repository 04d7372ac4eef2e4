'use client'
import { useCallback, useMemo, useState } from 'react'
import { JsonField } from '@/components/schema-form/json-field'
import { Button } from '@/components/ui/button'
import { JsonView } from '@/components/ui/json-view'
import { Spinner } from '@/components/ui/spinner'
import type { CodeEvent } from '@/core/code/contract'
import type { Policy } from '@/core/design/aggregate'
import { designProgram } from '@/core/design/program'
import type { Json } from '@/core/json'
import { useDesign } from '@/lib/design-store'
import { type PolicyPreview, previewPolicy } from '@/lib/preview/policy-preview'
import { type PreviewScripts, previewLog } from '@/lib/preview/preview-session'
import { sharedCodeRunner } from '@/lib/sandbox/shared'
import { FaultText, PreviewFrame } from './preview-frame'
import { useLatest } from './use-latest'

export interface PolicyPreviewPanelProps {
  readonly policy: Policy
  readonly scripts: PreviewScripts
}

/** What the policy would do about the events that the previewed aggregates emitted, or about one of one's own. */
export function PolicyPreviewPanel({ policy, scripts }: PolicyPreviewPanelProps) {
  const design = useDesign((state) => state.document)
  const program = useMemo(() => designProgram(design), [design])
  const [own, setOwn] = useState<Json | undefined>(undefined)
  const compute = useCallback(async () => {
    const code = sharedCodeRunner()
    const log = await previewLog(code, program, design, [], scripts)
    const heard = log.filter(({ type }) => type === policy.on)
    const [first] = heard
    const events =
      own !== undefined || !first
        ? [{ ...(first ?? exampleOf(policy.on)), data: own === undefined ? {} : own }]
        : heard
    return {
      shown: await previewPolicy(code, program, design, policy, events),
      data: own === undefined ? (first?.data ?? {}) : own,
    }
  }, [program, design, policy, scripts, own])
  const { value, stale } = useLatest(compute)
  return (
    <PreviewFrame stale={stale}>
      {value === null ? (
        <Spinner label="Starting the sandbox" />
      ) : (
        <>
          <ol aria-label="Reactions" className="flex flex-col gap-2">
            {value.shown.map((one, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an event is known by its place
              <li key={index} className="flex flex-col gap-1 rounded-sm border border-line p-2">
                <p className="data text-muted">
                  {one.event.type}
                  {own === undefined && one.event.streamId !== undefined ? ` of ${one.event.streamId}` : ''}
                </p>
                <ReactionText preview={one} />
              </li>
            ))}
          </ol>
          <JsonField
            label="Data of the event"
            value={own === undefined ? value.data : own}
            onChange={setOwn}
            description="Change it to see what the policy does about another one."
          />
          {own === undefined ? null : (
            <div>
              <Button size="sm" onClick={() => setOwn(undefined)}>
                Use the events of the previews
              </Button>
            </div>
          )}
        </>
      )}
    </PreviewFrame>
  )
}

/** Of an event that no previewed aggregate emits: of a run, mostly. */
const exampleOf = (type: string): CodeEvent => ({
  type,
  data: {},
  streamId: 'run-example',
  version: 1,
  position: 1,
})

function ReactionText({ preview: { reaction, fault, refused } }: { readonly preview: PolicyPreview }) {
  if (fault) return <FaultText fault={fault} />
  if (!reaction) return <p className="text-sm text-muted">Nothing: its “when” says no.</p>
  const [what, label, value] =
    reaction.type === 'start-saga'
      ? [`Starts ${reaction.saga}`, 'Input of the saga', reaction.input]
      : [
          `Sends ${reaction.command} to ${reaction.aggregate} ${reaction.key}`,
          'Payload of the command',
          reaction.payload,
        ]
  return (
    <>
      <p className="text-sm font-medium">{what}</p>
      <JsonView value={value} ariaLabel={label} />
      {refused === null ? null : <p className="text-sm text-state-failed">{refused}</p>}
    </>
  )
}
