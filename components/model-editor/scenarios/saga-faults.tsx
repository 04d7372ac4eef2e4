'use client'
import { useState } from 'react'
import { BreakStep } from '@/components/run-view/break-step'
import { FaultList } from '@/components/run-view/fault-list'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { Design } from '@/core/design/document'
import { asJson, sameJson } from '@/core/json'
import { type Fault, faultSchema, type SagaPlan } from '@/core/saga'
import { withFault } from '@/lib/run-store/fault-draft'
import { placeName, stepPlaces } from '@/lib/run-store/operator'
import type { ChangeSagaScenario } from './change'

export interface SagaFaultsProps {
  readonly design: Design
  readonly plan: SagaPlan
  readonly faults: readonly Fault[]
  readonly change: ChangeSagaScenario
}

/** What goes wrong in a saga's scenario. */
export function SagaFaults({ design, plan, faults, change }: SagaFaultsProps) {
  const [chosen, setChosen] = useState<string | null>(null)
  const places = stepPlaces(plan)
  const place = chosen !== null && places.includes(chosen) ? chosen : null
  return (
    <div className="flex flex-col gap-2">
      <FaultList
        plan={plan}
        faults={faults}
        onRemove={(fault) =>
          void change('faults', (draft) => {
            const at = faults.findIndex((one) => sameJson(asJson(one), asJson(fault)))
            draft.when.faults = draft.when.faults.filter((_one, index) => index !== at)
          })
        }
      />
      <Field label="Break a step">
        <Select
          value={place}
          placeholder="Nothing more goes wrong"
          onValueChange={setChosen}
          options={places.map((value) => ({ value, label: placeName(plan, value) }))}
        />
      </Field>
      {place === null ? null : (
        <div className="rounded-sm border border-line bg-surface p-3">
          <BreakStep
            key={place}
            design={design}
            plan={plan}
            nodeId={place}
            actionLabel="Add fault"
            onBreak={(fault) => {
              change('faults', (draft) => {
                draft.when.faults = withFault(draft.when.faults, fault).map((one) => faultSchema.parse(one))
              })
              setChosen(null)
            }}
          />
        </div>
      )}
    </div>
  )
}
