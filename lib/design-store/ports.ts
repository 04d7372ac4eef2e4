import type { CodeFault, CodeProgram } from '@/core/code/contract'
import type { Design } from '@/core/design/document'
import { designProgram } from '@/core/design/program'
import type { DesignAnswer } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'
import { ApiError } from '@/lib/api/request'
import { sharedCodeRunner } from '@/lib/sandbox/shared'

export type SaveOutcome = { readonly kind: 'saved'; readonly version: number } | { readonly kind: 'stale' }

/** What the design store needs of the world around it. */
export interface DesignPorts {
  /** @throws when it could not be saved for another reason than being stale */
  save(version: number, document: Design): Promise<SaveOutcome>
  load(): Promise<DesignAnswer>
  /** Faults of the design's functions: syntax, and what else compiling them shows. */
  check(document: Design): Promise<readonly CodeFault[]>
  /** Epoch ms. */
  now(): number
  after(ms: number, act: () => void): () => void
}

/** The workbench's own server, the page's own sandbox, the clock on the wall. */
export function pagePorts(designId: string): DesignPorts {
  let checked: { readonly program: CodeProgram; readonly faults: readonly CodeFault[] } | null = null
  return {
    save: async (version, document) => {
      try {
        const answer = await designsApi.save(designId, version, document)
        return { kind: 'saved', version: answer.version }
      } catch (error) {
        if (error instanceof ApiError && error.code === 'STALE_VERSION') return { kind: 'stale' }
        throw error
      }
    },
    load: () => designsApi.get(designId),
    check: async (document) => {
      const program = designProgram(document)
      if (checked && sameProgram(checked.program, program)) return checked.faults
      const answer = await sharedCodeRunner().run(program, { kind: 'check' })
      const faults = answer.ok ? answer.value.faults : [answer.error]
      checked = { program, faults }
      return faults
    },
    now: () => Date.now(),
    after: (ms, act) => {
      const timer = setTimeout(act, ms)
      return () => clearTimeout(timer)
    },
  }
}

function sameProgram(a: CodeProgram, b: CodeProgram): boolean {
  const ids = Object.keys(a.functions)
  return (
    ids.length === Object.keys(b.functions).length && ids.every((id) => a.functions[id] === b.functions[id])
  )
}
