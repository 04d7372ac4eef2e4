import { codeEvent, findAggregate, foldCall, initialPoint } from '@/core/aggregate/handle'
import type { CodeFault, CodeProgram, CodeRunner } from '@/core/code/contract'
import type { Design } from '@/core/design/document'
import type { Json } from '@/core/json'
import type { EventAnswer } from '@/core/protocol'
import { err, ok, type Result } from '@/core/result'
import {
  type CoursesCompared,
  compareCourses,
  type DecidedStep,
  decideInTurn,
  type SupposedEvent,
  supposedEvents,
} from '@/core/travel'
import type { PreviewCommand } from './aggregate-preview'

/** An event of a course, with the state after it. */
export interface CourseEvent {
  readonly type: string
  readonly data: Json
  readonly version: number
  readonly state: Json
}

export interface WhatIfOutcome {
  /** Where the first command met the aggregate. */
  readonly from: { readonly version: number; readonly state: Json }
  readonly steps: readonly DecidedStep[]
  readonly courses: CoursesCompared<CourseEvent, CourseEvent>
  /** The state at the end of either course. */
  readonly happened: Json
  readonly supposed: Json
}

/** From one supposed command to the next. */
const APART_MS = 1_000

/**
 * What would have come of these commands at a version of a stream, beside what came. In the page, by its sandbox:
 * nothing is recorded, and nothing is asked of the server.
 * @param events the whole stream from version 1
 */
export async function whatIfAt(
  code: CodeRunner,
  program: CodeProgram,
  design: Design,
  aggregateId: string,
  events: readonly EventAnswer[],
  version: number,
  commands: readonly PreviewCommand[],
): Promise<Result<WhatIfOutcome, CodeFault>> {
  const aggregate = findAggregate(design, aggregateId)
  if (!aggregate)
    return err({ code: 'CODE_FUNCTION_NOT_FOUND', message: `there is no aggregate ${aggregateId}` })
  const past = events.slice(0, version)
  const start = await code.run(program, foldCall(aggregate, initialPoint(aggregate), past.map(codeEvent)))
  if (!start.ok) return err(start.error)
  const from = { version, state: start.value.state }
  const since = past.at(-1)?.recordedAt ?? events[0]?.recordedAt ?? 0
  const sent = commands.map((command, index) => ({
    ...command,
    at: since + (index + 1) * APART_MS,
    commandId: `what-if-${index + 1}`,
  }))
  const steps = await decideInTurn({ code, program, design }, aggregateId, from, sent)
  const statesAfter = async (course: readonly SupposedEvent[]): Promise<readonly Json[] | CodeFault> => {
    if (course.length === 0) return []
    const folded = await code.run(program, foldCall(aggregate, from, course, true))
    return folded.ok ? (folded.value.states ?? []) : folded.error
  }
  const later = events.slice(version).map(codeEvent)
  const supposed = supposedEvents(steps)
  const [real, other] = await Promise.all([
    code.run(program, foldCall(aggregate, from, later, true)),
    statesAfter(supposed),
  ])
  if (!real.ok) return err(real.error)
  if ('code' in other) return err(other)
  const states = real.value.states ?? []
  const happened = events.slice(version).map(({ type, data, version: at }, nth): CourseEvent => {
    return { type, data, version: at, state: states[nth] ?? null }
  })
  const instead = supposed.map((event, nth): CourseEvent => ({ ...event, state: other[nth] ?? null }))
  return ok({
    from,
    steps,
    courses: compareCourses(happened, instead),
    happened: happened.at(-1)?.state ?? from.state,
    supposed: instead.at(-1)?.state ?? from.state,
  })
}
