'use client'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { useLatest } from '@/components/model-editor/preview/use-latest'
import type { CodeFault } from '@/core/code/contract'
import { designProgram } from '@/core/design/program'
import type { Result } from '@/core/result'
import { versionShown } from '@/lib/data-store/stream-store'
import { useDesign } from '@/lib/design-store'
import type { PreviewCommand } from '@/lib/preview/aggregate-preview'
import { type WhatIfOutcome, whatIfAt } from '@/lib/preview/what-if'
import { sharedCodeRunner } from '@/lib/sandbox/shared'
import { useStream, useStreamStore } from '../stream-context'

export interface WhatIfSession {
  /** The version at which the first command meets the aggregate; it stays when the cursor moves on. */
  readonly version: number
  readonly commands: readonly PreviewCommand[]
}

interface WhatIf {
  readonly session: WhatIfSession | null
  /** Null until it is worked out. */
  readonly outcome: Result<WhatIfOutcome, CodeFault> | null
  readonly stale: boolean
  /** Decides one more command; the first begins at the version shown. */
  add(command: PreviewCommand): void
  remove(index: number): void
  discard(): void
}

const WhatIfContext = createContext<WhatIf | null>(null)

/** One what-if for the page below: commands that are decided at a past state and recorded nowhere. */
export function WhatIfProvider({
  aggregate,
  children,
}: {
  readonly aggregate: string
  readonly children: ReactNode
}) {
  const store = useStreamStore()
  const design = useDesign((state) => state.document)
  const program = useMemo(() => designProgram(design), [design])
  const events = useStream((state) => state.events)
  const [session, setSession] = useState<WhatIfSession | null>(null)
  const compute = useCallback(
    async () =>
      session === null
        ? null
        : whatIfAt(sharedCodeRunner(), program, design, aggregate, events, session.version, session.commands),
    [session, program, design, aggregate, events],
  )
  const { value, stale } = useLatest(compute)
  const whatIf = useMemo(
    (): WhatIf => ({
      session,
      outcome: session === null ? null : value,
      stale,
      add: (command) => {
        store.getState().pause()
        setSession((now) => ({
          version: now?.version ?? versionShown(store.getState()),
          commands: [...(now?.commands ?? []), command],
        }))
      },
      remove: (index) =>
        setSession((now) => {
          const commands = now?.commands.toSpliced(index, 1) ?? []
          return now === null || commands.length === 0 ? null : { ...now, commands }
        }),
      discard: () => setSession(null),
    }),
    [session, value, stale, store],
  )
  return <WhatIfContext value={whatIf}>{children}</WhatIfContext>
}

export function useWhatIf(): WhatIf {
  const whatIf = useContext(WhatIfContext)
  if (!whatIf) throw new Error('no WhatIfProvider above')
  return whatIf
}
