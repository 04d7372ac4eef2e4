'use client'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Spinner } from '@/components/ui/spinner'
import type { Scenario } from '@/core/design/scenario'
import { expecting, type ScenarioProblem, type ScenarioResult } from '@/core/scenario'
import { useDesignStore } from '@/lib/design-store'
import { scenarioId } from '@/lib/scenarios/free-id'
import { ResultView } from './result-view'

/** A scenario that was made and tried at once. */
export interface Tried {
  readonly scenario: Scenario
  readonly result: ScenarioResult
}

export interface SaveScenarioProps {
  readonly description: string
  readonly name: string
  readonly onName: (name: string) => void
  /** Null while it is made and tried. */
  readonly tried: Tried | null
  /** Why there can be none. */
  readonly problem: Pick<ScenarioProblem, 'code' | 'message'> | null
  readonly onClose: () => void
  /** What is asked besides its name. */
  readonly children?: ReactNode
}

/** Puts a scenario into the design, after one has seen whether it passes. */
export function SaveScenario({
  description,
  name,
  onName,
  tried,
  problem,
  onClose,
  children,
}: SaveScenarioProps) {
  const router = useRouter()
  const store = useDesignStore()
  const [wanted, setWanted] = useState<'recorded' | 'here'>('recorded')
  const [refusal, setRefusal] = useState<string | null>(null)
  const outcome = tried?.result.outcome ?? null
  const differs = tried !== null && tried.result.status !== 'passed' && outcome !== null
  const save = () => {
    if (tried === null) return
    const { document, designId, edit } = store.getState()
    const own = { id: scenarioId(document, name), name }
    const kept = wanted === 'here' && outcome !== null ? expecting(tried.scenario, outcome) : tried.scenario
    const edited = edit('Save as scenario', (draft) => void draft.scenarios.push({ ...kept, ...own }))
    if (edited.ok) return router.push(`/w/${designId}/model?at=scenario:${own.id}`)
    setRefusal(edited.error.map(({ message }) => message).join('; '))
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Save as scenario"
      description={description}
      size="lg"
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            variant="primary"
            disabled={tried === null || tried.result.status === 'broken' || name === ''}
            onClick={save}
          >
            Save scenario
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
        <Field label="Name" description="What it shows, as a sentence.">
          <Input value={name} maxLength={120} onValueChange={onName} />
        </Field>
        {children}
        {problem === null ? null : (
          <p role="alert" className="text-sm text-state-failed">
            <code className="data">{problem.code}</code> {problem.message}
          </p>
        )}
        {tried === null && problem === null ? <Spinner label="Trying it in memory" /> : null}
        {differs ? (
          <Field
            label="It expects"
            description="In memory it does not come to the same: another hand was in it, or the design has changed since."
          >
            <SegmentedControl
              ariaLabel="It expects"
              value={wanted}
              onValueChange={setWanted}
              options={[
                { value: 'recorded', label: 'What was recorded' },
                { value: 'here', label: 'What happens here' },
              ]}
            />
          </Field>
        ) : null}
        {tried === null ? null : <ResultView result={tried.result} />}
      </div>
    </Dialog>
  )
}
