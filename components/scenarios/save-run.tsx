'use client'
import { useEffect, useState } from 'react'
import type { ScenarioProblem } from '@/core/scenario'
import { useDesignStore } from '@/lib/design-store'
import { sharedCodeRunner } from '@/lib/sandbox/shared'
import { scenarioOfRun } from '@/lib/scenarios/of-run'
import { SaveScenario, type Tried } from './save-scenario'

export interface SaveRunProps {
  readonly runId: string
  /** What it is called to begin with. */
  readonly name: string
  readonly onClose: () => void
}

/** A run as a scenario: its input, seed, faults and what it was told, given what stood in its streams before. */
export function SaveRun({ runId, name: first, onClose }: SaveRunProps) {
  const store = useDesignStore()
  const [name, setName] = useState(first)
  const [tried, setTried] = useState<Tried | null>(null)
  const [problem, setProblem] = useState<Pick<ScenarioProblem, 'code' | 'message'> | null>(null)
  useEffect(() => {
    let over = false
    const { document } = store.getState()
    scenarioOfRun(document, runId, first, sharedCodeRunner())
      .then((made) => {
        if (over) return
        if (made.ok) setTried(made.value)
        else setProblem(made.error)
      })
      .catch((error: unknown) => {
        if (!over)
          setProblem({ code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) })
      })
    return () => {
      over = true
    }
  }, [store, runId, first])
  return (
    <SaveScenario
      description="Its input, seed, faults and what it was told, given what stood in its streams before, and expecting how it ended. It is tried at once, in memory; nothing goes out."
      name={name}
      onName={setName}
      tried={tried}
      problem={problem}
      onClose={onClose}
    />
  )
}
