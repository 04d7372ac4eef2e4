import type { CodeProgram } from '@/core/code/contract'
import { type Design, parseDesign } from '@/core/design/document'
import { blockingProblems, lintDesign } from '@/core/design/lint'
import type { Problem } from '@/core/design/problem'
import { designProgram } from '@/core/design/program'
import { WorkbenchError } from '@/core/errors'
import { planSaga, type SagaPlan } from '@/core/saga'
import type { DesignStore } from '../store/contract'

/** One version of a design, ready to run: parsed, its code collected, its sagas indexed. */
export interface LoadedDesign {
  readonly id: string
  readonly version: number
  readonly design: Design
  readonly program: CodeProgram
  /** What lint says that keeps a saga from running; asked at every start of a run, worked out once. */
  blocking(sagaId: string): readonly Problem[]
  /** @throws {WorkbenchError} SAGA_NOT_FOUND, or DESIGN_NOT_RUNNABLE when it has no start */
  plan(sagaId: string): SagaPlan
}

export interface DesignCatalogue {
  /**
   * @param version without it, the newest
   * @throws {WorkbenchError} DESIGN_NOT_FOUND
   */
  load(id: string, version?: number): Promise<LoadedDesign>
  /** Forgets what it holds of a design that changed or goes. */
  forget(id: string): void
  /** A design is gone, for good: tells those who follow it. */
  deleted(id: string): void
  /** @returns what ends the listening */
  onDeleted(listener: (id: string) => void): () => void
}

export function designNotFound(id: string, version?: number): WorkbenchError {
  const what = version === undefined ? `design "${id}"` : `version ${version} of design "${id}"`
  return new WorkbenchError('DESIGN_NOT_FOUND', `There is no ${what}.`)
}

/** How many parsed versions are kept; a version never changes, so only memory is at stake. */
const KEPT = 200

export function createDesignCatalogue(designs: DesignStore): DesignCatalogue {
  const versions = new Map<string, LoadedDesign>()
  const newest = new Map<string, number>()
  const listeners = new Set<(id: string) => void>()
  /** How often anything was forgotten: what was read before that may be old. */
  let forgotten = 0

  function forgetOldest(): void {
    for (const [key, { id, version }] of versions) {
      versions.delete(key)
      if (newest.get(id) === version) newest.delete(id)
      return
    }
  }

  function forget(id: string): void {
    forgotten += 1
    newest.delete(id)
    for (const key of versions.keys()) if (key.startsWith(`${id}@`)) versions.delete(key)
  }

  return {
    async load(id, version) {
      const asOf = forgotten
      const wanted = version ?? newest.get(id)
      const held = wanted === undefined ? undefined : versions.get(`${id}@${wanted}`)
      if (held) return held
      const row = await designs.get(id, version)
      if (!row) throw designNotFound(id, version)
      const parsed = parseDesign(row.document)
      if (!parsed.ok)
        throw new WorkbenchError(
          'DESIGN_INVALID',
          `The stored document of design "${id}" cannot be read. Export it, mend it and import it again.`,
          { issues: parsed.error },
        )
      const loaded = loadDesign(id, row.version, parsed.value)
      versions.set(`${id}@${row.version}`, loaded)
      if (versions.size > KEPT) forgetOldest()
      if (version === undefined && asOf === forgotten) newest.set(id, row.version)
      return loaded
    },
    forget,
    deleted(id) {
      forget(id)
      for (const listener of listeners) listener(id)
    },
    onDeleted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function loadDesign(id: string, version: number, design: Design): LoadedDesign {
  const plans = new Map<string, SagaPlan>()
  const blocking = new Map<string, readonly Problem[]>()
  let problems: readonly Problem[] | undefined
  return {
    id,
    version,
    design,
    program: designProgram(design),
    blocking(sagaId) {
      const held = blocking.get(sagaId)
      if (held) return held
      problems ??= lintDesign(design)
      const found = blockingProblems(design, problems, sagaId)
      blocking.set(sagaId, found)
      return found
    },
    plan(sagaId) {
      const held = plans.get(sagaId)
      if (held) return held
      const saga = design.sagas.find((candidate) => candidate.id === sagaId)
      if (!saga)
        throw new WorkbenchError(
          'SAGA_NOT_FOUND',
          `This design has no saga "${sagaId}". It has: ${design.sagas.map((one) => one.id).join(', ') || 'none'}.`,
        )
      if (!saga.nodes.some((node) => node.type === 'start'))
        throw new WorkbenchError(
          'DESIGN_NOT_RUNNABLE',
          `Saga "${sagaId}" has no start node. Add one to run it.`,
        )
      const plan = planSaga(saga, design.sagas)
      plans.set(sagaId, plan)
      return plan
    },
  }
}
