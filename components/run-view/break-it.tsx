'use client'
import { Zap } from 'lucide-react'
import { Field } from '@/components/ui/field'
import { Panel } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import type { Design } from '@/core/design/document'
import type { SagaPlan } from '@/core/saga'
import {
  NO_FAULTS,
  stepLeft,
  togglePreset,
  withAdded,
  withDrafted,
  without,
} from '@/lib/run-store/fault-choice'
import { withFault } from '@/lib/run-store/fault-draft'
import { placeName, stepPlaces } from '@/lib/run-store/operator'
import { BreakStep } from './break-step'
import { FaultList } from './fault-list'
import { FaultPresets } from './fault-presets'
import type { StartRunForm } from './use-start-run'

interface BreakItProps {
  readonly design: Design
  readonly plan: SagaPlan
  readonly form: Pick<StartRunForm, 'faults' | 'choice' | 'change'>
  /** The step chosen on the graph, to be broken. */
  readonly nodeId: string | null
  readonly onNode: (id: string | null) => void
}

/** What is to go wrong in the run. What is chosen here counts as it stands: nothing need be pressed for it. */
export function BreakIt({ design, plan, form, nodeId, onNode }: BreakItProps) {
  const { choice, change } = form
  const { presets, added, drafted } = choice
  const own = drafted === null ? added : withFault(added, drafted)
  const steps = stepPlaces(plan)
  const chosen = nodeId !== null && steps.includes(nodeId) ? nodeId : null
  return (
    <Panel
      title="Break it"
      count={form.faults.length}
      actions={<Zap aria-hidden size={14} className="text-subtle" />}
    >
      <div className="flex flex-col gap-3">
        {form.faults.length === 0 ? (
          <p className="text-muted text-xs">
            Choose a step here or on the graph, and say how it fails. The rollback is the lesson.
          </p>
        ) : (
          <FaultList
            plan={plan}
            faults={own}
            onRemove={(fault) => change((before) => without(before, fault))}
            presets={presets}
            onRemovePreset={(preset) => change((before) => togglePreset(before, preset))}
          />
        )}
        <FaultPresets
          plan={plan}
          design={design}
          chosen={presets}
          onToggle={(preset) => change((before) => togglePreset(before, preset))}
          onNothing={() => {
            change(() => NO_FAULTS)
            onNode(null)
          }}
        />
        <Field label="Step">
          <Select
            value={chosen}
            placeholder="Choose a step"
            onValueChange={(step) => {
              change((before) => ({ ...stepLeft(before), isMeant: true }))
              onNode(step)
            }}
            options={steps.map((place) => ({ value: place, label: placeName(plan, place) }))}
          />
        </Field>
        {chosen === null ? null : (
          <BreakStep
            key={chosen}
            design={design}
            plan={plan}
            nodeId={chosen}
            actionLabel="Add fault"
            onBreak={(fault) => {
              change((before) => withAdded(before, fault))
              onNode(null)
            }}
            onDraft={(fault, isChanged) => change((before) => withDrafted(before, fault, isChanged))}
          />
        )}
      </div>
    </Panel>
  )
}
