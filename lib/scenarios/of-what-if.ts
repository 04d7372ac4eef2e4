import type { Design } from '@/core/design/document'
import type { AggregateScenario } from '@/core/design/scenario'
import type { EventAnswer } from '@/core/protocol'
import type { DecidedStep } from '@/core/travel'
import { scenarioFromWhatIf, type WhatIfStep } from './from-what-if'

/**
 * What was tried at a past version as a scenario: given the events up to there and what the commands before the last
 * would have added, when the last comes, then what it came to.
 * @param past the stream up to the version that the first command met
 * @returns null when the last command came to nothing that can be expected: it was none, or its code broke
 */
export function scenarioOfWhatIf(
  design: Design,
  instance: { readonly aggregate: string; readonly key: string },
  past: readonly EventAnswer[],
  steps: readonly DecidedStep[],
): AggregateScenario | null {
  const last = steps.at(-1)
  if (last?.outcome !== 'accepted' && last?.outcome !== 'rejected') return null
  return scenarioFromWhatIf(design, { ...instance, past, steps: steps.flatMap(stepOf) })
}

/** A command that never reached the aggregate has left nothing behind: it is no part of the story. */
function stepOf(step: DecidedStep): readonly WhatIfStep[] {
  const { command, state } = step
  if (step.outcome === 'rejected') return [{ command, outcome: { type: 'rejected', code: step.code } }]
  if (step.outcome !== 'accepted') return []
  const events = step.events.map(({ type, data }) => ({ type, data, recordedAt: command.at }))
  return [{ command, outcome: { type: 'accepted', events, state } }]
}
