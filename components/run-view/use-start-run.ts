'use client'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import type { Saga } from '@/core/design/saga'
import type { Issue } from '@/core/errors'
import { isJsonObject, type Json, type JsonObject } from '@/core/json'
import { checkAgainstSchema } from '@/core/json-schema'
import type { FaultInput, NodePath, RunMode } from '@/core/saga'
import { ApiError } from '@/lib/api/request'
import { runsApi } from '@/lib/api/runs'
import { useDesignStore } from '@/lib/design-store'
import { type FaultChoice, faultsOf, NO_FAULTS, notBrokenAt } from '@/lib/run-store/fault-choice'

const NO_SCHEMA: JsonObject = {}
const NOT_FITTING = 'Not run: the input is not what the saga takes'

export interface StartRunForm {
  readonly schema: JsonObject
  readonly input: Json
  readonly mode: RunMode
  readonly seed: string
  /** Everything that is to go wrong, the presets' faults and what the form says of the chosen step included. */
  readonly faults: readonly FaultInput[]
  readonly choice: FaultChoice
  change(how: (choice: FaultChoice) => FaultChoice): void
  readonly issues: readonly Issue[]
  /** What the server or the save said against it. */
  readonly refusal: string | null
  readonly busy: boolean
  setInput(input: Json): void
  setMode(mode: RunMode): void
  setSeed(seed: string): void
  /** Some text of the input is no JSON yet. */
  setUnread(isUnread: boolean): void
  /** Places in the design where the run is held. */
  readonly breakpoints: readonly NodePath[]
  toggleBreakpoint(place: NodePath): void
  start(): Promise<void>
}

/** The form that starts a run of this saga: filled with its example, so that one press is enough. */
export function useStartRun(designId: string, saga: Saga): StartRunForm {
  const router = useRouter()
  const design = useDesignStore()
  const start = saga.nodes.find((node) => node.type === 'start')
  const schema = start?.inputSchema ?? NO_SCHEMA
  const [input, setInput] = useState<Json>(start?.inputExample ?? {})
  const [mode, setMode] = useState<RunMode>('live')
  const [seed, setSeed] = useState('')
  const [choice, setChoice] = useState(NO_FAULTS)
  const [isUnread, setUnread] = useState(false)
  const faults = useMemo(() => faultsOf(choice), [choice])
  const [breakpoints, setBreakpoints] = useState<readonly NodePath[]>([])
  const [told, setTold] = useState<readonly Issue[]>([])
  const [refusal, setRefusal] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const submit = async () => {
    const wrong = issuesOf(schema, input)
    setTold(wrong)
    setRefusal(isUnread ? 'Not run: part of the input cannot be read' : wrong.length > 0 ? NOT_FITTING : null)
    if (isUnread || wrong.length > 0 || !isJsonObject(input)) return
    setBusy(true)
    try {
      // A run pins the version on the server: what is on the screen is saved first.
      await design.getState().saveNow()
      const { id } = await runsApi.start(designId, {
        saga: saga.id,
        input,
        mode,
        faults,
        ...(breakpoints.length === 0 ? {} : { breakpoints }),
        ...(seed.trim() === '' ? {} : { seed: seed.trim() }),
      })
      router.push(`/w/${designId}/runs/${id}`)
    } catch (error) {
      setBusy(false)
      const issues =
        error instanceof ApiError && error.code === 'RUN_INPUT_INVALID' ? error.problem?.issues : undefined
      if (issues) setTold(issues)
      setRefusal(error instanceof Error ? error.message : String(error))
    }
  }

  return {
    schema,
    input,
    mode,
    seed,
    faults,
    choice,
    change: setChoice,
    setUnread: (next) => {
      setUnread(next)
      setRefusal(null)
    },
    issues: told,
    refusal,
    busy,
    setInput: (next) => {
      setInput(next)
      setTold([])
      setRefusal(null)
    },
    setMode,
    setSeed,
    breakpoints,
    toggleBreakpoint: (place) => {
      setChoice((before) => notBrokenAt(before, place))
      setBreakpoints((before) =>
        before.includes(place) ? before.filter((other) => other !== place) : [...before, place],
      )
    },
    start: submit,
  }
}

/** What is wrong with an input. A schema may take anything; a saga's data are an object all the same. */
function issuesOf(schema: JsonObject, input: Json): readonly Issue[] {
  const checked = checkAgainstSchema(schema, input)
  if (!checked.ok) return checked.error
  return isJsonObject(input) ? [] : [{ path: [], message: 'a run begins with a JSON object: { … }' }]
}
