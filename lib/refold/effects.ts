import type { CodeRunner } from '@/core/code/contract'
import type { Design } from '@/core/design/document'
import { designProgram } from '@/core/design/program'
import { changedDefinitions } from '@/core/travel'
import type { Baseline, Effect } from './effect'
import type { History } from './history'
import { redecideCommands } from './redecide-commands'
import { refoldRows } from './refold-rows'
import { refoldStreams } from './refold-streams'

export const createBaseline = (design: Design): Baseline => ({
  design,
  program: designProgram(design),
  states: new Map(),
})

/**
 * Folds the recorded history of a design anew under an edited document and decides its recorded commands again, and
 * tells what would read otherwise and which answers would be others.
 * @param report called with all effects whenever there is more to say; a document that changes nothing reports none
 * @returns once all is checked, or as soon as the signal is aborted
 */
export async function effectsOnHistory(
  code: CodeRunner,
  history: History,
  baseline: Baseline,
  edited: Design,
  signal: AbortSignal,
  report: (effects: readonly Effect[]) => void,
): Promise<void> {
  const changed = changedDefinitions(baseline.design, edited)
  const program = designProgram(edited)
  const effects = new Map<string, Effect>()
  const tell = (effect: Effect) => {
    if (signal.aborted) return
    effects.set(`${effect.kind}:${effect.id}`, effect)
    report([...effects.values()])
  }
  const parts = { code, history, baseline, edited, program, signal, tell }
  report([])
  for (const aggregate of changed.aggregates) if (aggregate.folds) await refoldStreams(parts, aggregate)
  for (const projection of changed.projections) await refoldRows(parts, projection)
  for (const aggregate of changed.aggregates) await redecideCommands(parts, aggregate)
}
