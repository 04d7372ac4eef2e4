'use client'
import { Zap } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { NumberField } from '@/components/ui/number-field'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Select } from '@/components/ui/select'
import type { Design } from '@/core/design/document'
import { type FaultInput, placeInDesign, type SagaPlan } from '@/core/saga'
import { contractErrors, type NamedError } from '@/lib/run-store/contract-errors'
import { type FaultDraft, faultOf, NEW_FAULT } from '@/lib/run-store/fault-draft'

const HOW = [
  { value: 'business', label: 'Business error', description: 'An answer. Never retried.' },
  { value: 'technical', label: 'Technical error', description: 'Retried by the policy, then it fails.' },
  { value: 'timeout-before', label: 'No answer, nothing done', description: 'The request was lost.' },
  {
    value: 'timeout-after',
    label: 'No answer, work done',
    description: 'The answer was lost: the outcome is unknown.',
  },
  { value: 'latency', label: 'Slow', description: 'It answers later.' },
  {
    value: 'crash-before',
    label: 'Engine crash, outcome lost',
    description: 'The work was done and is done again, under the same key.',
  },
  { value: 'crash-after', label: 'Engine crash, outcome kept', description: 'It goes on from its events.' },
  { value: 'duplicate', label: 'Delivered twice', description: 'Request and answer come again.' },
] as const

const ATTEMPTS = ['always', '1', '2', '3', '4', '5'] as const
const INJECTED = 'InjectedFault'

export interface BreakStepProps {
  readonly design: Design
  readonly plan: SagaPlan
  readonly nodeId: string
  /** What pressing the button does: "Break it", "Run again with this fault". */
  readonly actionLabel: string
  readonly onBreak: (fault: FaultInput) => void | Promise<void>
  /** Told what the fields say, as they are shown and whenever they are changed. */
  readonly onDraft?: (fault: FaultInput, isChanged: boolean) => void
}

/** How one step is to be broken. As it opens, one press breaks it with the first error its contract names. */
export function BreakStep({ design, plan, nodeId, actionLabel, onBreak, onDraft }: BreakStepProps) {
  const [first] = useState<FaultDraft>(() => firstDraft(design, plan, nodeId))
  const [draft, setDraft] = useState(first)
  const tell = useRef(onDraft)
  tell.current = onDraft
  useEffect(() => tell.current?.(faultOf(nodeId, draft), draft !== first), [nodeId, draft, first])
  const [busy, setBusy] = useState(false)
  const errors = contractErrors(design, plan, nodeId, draft.phase)
  const isError = draft.how === 'business' || draft.how === 'technical'
  const change = (part: Partial<FaultDraft>) => setDraft((before) => ({ ...before, ...part }))
  const submit = async () => {
    setBusy(true)
    try {
      await onBreak(faultOf(nodeId, draft))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="flex flex-col gap-2">
      {hasCompensation(plan, nodeId) ? (
        <SegmentedControl
          size="sm"
          ariaLabel="What breaks"
          value={draft.phase}
          onValueChange={(phase) =>
            change({ phase, code: contractErrors(design, plan, nodeId, phase)[0]?.name ?? INJECTED })
          }
          options={[
            { value: 'action', label: 'The step' },
            { value: 'compensation', label: 'Its compensation' },
          ]}
        />
      ) : null}
      <Field label="How it breaks">
        <Select
          value={draft.how}
          onValueChange={(how) => change({ how, code: codeFor(how, draft.code, errors) })}
          options={HOW}
        />
      </Field>
      {isError ? (
        <Field label="Error">
          <Select
            value={draft.code}
            onValueChange={(code) =>
              change({ code, how: errors.find(({ name }) => name === code)?.kind ?? draft.how })
            }
            options={[
              ...errors.map(({ name, kind, description }) => ({
                value: name,
                label: name,
                description: description ?? `${kind} error of its contract`,
              })),
              { value: INJECTED, label: INJECTED, description: 'An error its contract does not name' },
            ]}
          />
        </Field>
      ) : null}
      {draft.how === 'latency' ? (
        <Field label="Slower by">
          <NumberField
            value={draft.latencyMs}
            required
            min={0}
            max={600_000}
            step={100}
            unit="ms"
            onValueChange={(latencyMs) => change({ latencyMs: latencyMs ?? 0 })}
          />
        </Field>
      ) : null}
      <Field label="On attempt">
        <Select
          value={draft.attempt === null ? 'always' : (String(draft.attempt) as (typeof ATTEMPTS)[number])}
          onValueChange={(attempt) => change({ attempt: attempt === 'always' ? null : Number(attempt) })}
          options={ATTEMPTS.map((value) => ({
            value,
            label: value === 'always' ? 'Every attempt' : `Attempt ${value} only`,
          }))}
        />
      </Field>
      <Field label="How often" description="Drawn from the run's seed: the same seed breaks the same way.">
        <NumberField
          value={draft.percent}
          required
          min={1}
          max={100}
          unit="%"
          onValueChange={(percent) => change({ percent: percent ?? 100 })}
        />
      </Field>
      <Button icon={<Zap />} loading={busy} onClick={submit}>
        {actionLabel}
      </Button>
    </div>
  )
}

function hasCompensation(plan: SagaPlan, place: string): boolean {
  const node = placeInDesign(plan, place)?.node
  return node?.type === 'step' && node.compensation !== undefined
}

/** An error of the kind asked for: the one that is chosen when it is of that kind, else the contract's first. */
function codeFor(how: FaultDraft['how'], chosen: string, errors: readonly NamedError[]): string {
  if (errors.some(({ name, kind }) => name === chosen && kind === how)) return chosen
  return errors.find(({ kind }) => kind === how)?.name ?? INJECTED
}

function firstDraft(design: Design, plan: SagaPlan, nodeId: string): FaultDraft {
  const errors = contractErrors(design, plan, nodeId, 'action')
  const first = errors.find(({ kind }) => kind === 'business') ?? errors[0]
  return first ? { ...NEW_FAULT, code: first.name, how: first.kind } : NEW_FAULT
}
