import type { CodeEvent, CodeProgram, CodeRunner } from '@/core/code/contract'
import type { Design } from '@/core/design/document'
import { eventsOf, exampleCommands, type PreviewCommand, previewCommands } from './aggregate-preview'

/** By aggregate id: what a person fired at it. An aggregate that is absent is told its examples. */
export type PreviewScripts = Readonly<Record<string, readonly PreviewCommand[]>>

/**
 * The events that the previewed instances of these aggregates emitted, in one log: what a projection's preview is
 * fed. Aggregates in document order, each with its whole story.
 */
export async function previewLog(
  code: CodeRunner,
  program: CodeProgram,
  design: Design,
  from: readonly string[],
  scripts: PreviewScripts,
): Promise<readonly CodeEvent[]> {
  const log: CodeEvent[] = []
  for (const aggregate of design.aggregates) {
    if (from.length > 0 && !from.includes(aggregate.id)) continue
    const commands = scripts[aggregate.id] ?? exampleCommands(aggregate)
    const steps = await previewCommands(code, program, design, aggregate, commands, log.length + 1)
    log.push(...eventsOf(steps))
  }
  return log
}
