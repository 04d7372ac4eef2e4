'use client'
import { CircleAlert, Play } from 'lucide-react'
import { SchemaForm } from '@/components/schema-form/schema-form'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Markdown } from '@/components/ui/markdown'
import { Panel } from '@/components/ui/panel'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Select } from '@/components/ui/select'
import { Switch } from '@/components/ui/switch'
import type { Design } from '@/core/design/document'
import type { RunMode, SagaPlan } from '@/core/saga'
import { placeName } from '@/lib/run-store/operator'
import { BreakIt } from './break-it'
import { SagaErrors } from './saga-errors'
import type { StartRunForm } from './use-start-run'

interface StartRunProps {
  readonly design: Design
  readonly plan: SagaPlan
  readonly form: StartRunForm
  readonly sagas: readonly { readonly id: string; readonly name: string }[]
  readonly onSaga: (id: string) => void
  /** The step chosen on the graph, to be broken. */
  readonly nodeId: string | null
  readonly onNode: (id: string | null) => void
}

const CLOCKS: Readonly<Record<RunMode, string>> = {
  live: 'The clock on the wall: you see it happen.',
  virtual: 'Time jumps to the next thing that happens: a three-day wait takes a millisecond.',
  manual: 'Nothing begins until you step.',
}

/** Something is asked of somebody for a limited time: in virtual time the limit is the next thing that happens. */
const waitsInVain = ({ saga, signals }: SagaPlan): boolean =>
  [...saga.nodes, ...signals].some(
    (node) => (node.type === 'approval' || node.type === 'signal') && node.timeoutMs !== undefined,
  )

/** What a run starts with: input, clock, seed, and what is to go wrong. */
export function StartRun({ design, plan, form, sagas, onSaga, nodeId, onNode }: StartRunProps) {
  return (
    <form
      aria-label="Start a run"
      className="flex h-full flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        void form.start()
      }}
    >
      <div className="min-h-0 flex-1 overflow-auto">
        <div className="flex flex-col gap-3 border-b border-line p-3">
          <Field label="Saga">
            <Select
              value={plan.saga.id}
              onValueChange={onSaga}
              options={sagas.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Field>
        </div>
        <BreakIt design={design} plan={plan} form={form} nodeId={nodeId} onNode={onNode} />
        <Panel title="Input">
          <SchemaForm
            schema={form.schema}
            value={form.input}
            onChange={form.setInput}
            onUnread={form.setUnread}
            issues={form.issues}
            idPrefix={`run-${plan.saga.id}`}
            label="Input"
          />
        </Panel>
        <Panel title="Clock and seed">
          <div className="flex flex-col gap-3">
            <div className="flex flex-col gap-1">
              <span className="font-medium text-muted text-xs">Clock</span>
              <SegmentedControl
                ariaLabel="Clock"
                size="sm"
                value={form.mode}
                onValueChange={form.setMode}
                options={[
                  { value: 'live', label: 'Live' },
                  { value: 'virtual', label: 'Virtual' },
                  { value: 'manual', label: 'Step by step' },
                ]}
              />
              <p className="text-subtle text-xs">{CLOCKS[form.mode]}</p>
              {form.mode !== 'live' && waitsInVain(plan) ? (
                <p className="text-xs">
                  Approvals and signals that may time out do so at once. Run it live to answer them.
                </p>
              ) : null}
            </div>
            {form.breakpoints.length === 0 ? null : (
              <p className="text-xs">
                It stops before {form.breakpoints.map((place) => placeName(plan, place)).join(', ')}.
              </p>
            )}
            {nodeId === null ? null : (
              <Switch
                label={`Stop before ${placeName(plan, nodeId)}`}
                description="A breakpoint (F9): it is held there until you step."
                checked={form.breakpoints.includes(nodeId)}
                onCheckedChange={() => form.toggleBreakpoint(nodeId)}
              />
            )}
            <Field
              label="Seed"
              description="The same seed and input draw the same latencies and errors. Empty: a new one."
            >
              <Input
                mono
                value={form.seed}
                maxLength={64}
                placeholder="random"
                onValueChange={form.setSeed}
              />
            </Field>
          </div>
        </Panel>
        {design.description.trim() === '' ? null : (
          <Panel title="About this design">
            <Markdown text={design.description} />
          </Panel>
        )}
      </div>
      <footer className="flex flex-col gap-2 border-t border-line p-3">
        <SagaErrors saga={plan.saga} />
        {form.refusal === null ? null : (
          <p role="alert" className="flex items-start gap-1.5 text-state-failed text-xs">
            <CircleAlert aria-hidden size={14} className="mt-px shrink-0" />
            {form.refusal}
          </p>
        )}
        <Button type="submit" variant="primary" icon={<Play />} loading={form.busy}>
          {form.faults.length === 0
            ? 'Run'
            : `Run with ${form.faults.length} ${form.faults.length === 1 ? 'fault' : 'faults'}`}
        </Button>
      </footer>
    </form>
  )
}
