'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Saga } from '@/core/design/saga'
import type { Issue } from '@/core/errors'
import { isJsonObject, type Json, type JsonObject } from '@/core/json'
import { checkAgainstSchema } from '@/core/json-schema'
import type { FaultInput, NodePath, RunMode } from '@/core/saga'
import { ApiError } from '@/lib/api/request'
import { runsApi } from '@/lib/api/runs'
import { useDesignStore } from '@/lib/design-store'
import { withFault } from '@/lib/run-store/fault-draft'

const NO_SCHEMA: JsonObject = {}

export interface StartRunForm {
  readonly schema: JsonObject
  readonly input: Json
  readonly mode: RunMode
  readonly seed: string
  readonly faults: readonly FaultInput[]
  readonly issues: readonly Issue[]
  /** What the server or the save said against it. */
  readonly refusal: string | null
  readonly busy: boolean
  setInput(input: Json): void
  setMode(mode: RunMode): void
  setSeed(seed: string): void
  addFault(fault: FaultInput): void
  removeFault(fault: FaultInput): void
  /** These in place of all there are. */
  setFaults(faults: readonly FaultInput[]): void
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
  const [faults, setFaults] = useState<readonly FaultInput[]>([])
  const [breakpoints, setBreakpoints] = useState<readonly NodePath[]>([])
  const [told, setTold] = useState<readonly Issue[]>([])
  const [refusal, setRefusal] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const submit = async () => {
    const checked = checkAgainstSchema(schema, input)
    setTold(checked.ok ? [] : checked.error)
    setRefusal(null)
    if (!checked.ok || !isJsonObject(input)) return
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
    issues: told,
    refusal,
    busy,
    setInput: (next) => {
      setInput(next)
      setTold([])
    },
    setMode,
    setSeed,
    addFault: (fault) => setFaults((before) => withFault(before, fault)),
    removeFault: (fault) => setFaults((before) => before.filter((other) => other !== fault)),
    setFaults,
    breakpoints,
    toggleBreakpoint: (place) =>
      setBreakpoints((before) =>
        before.includes(place) ? before.filter((other) => other !== place) : [...before, place],
      ),
    start: submit,
  }
}
