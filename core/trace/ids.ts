import { hashText } from '../hash'
import type { Phase } from '../saga/events'
import type { NodePath } from '../saga/path'

/**
 * Ids follow from the run and the number of an event in it, so whoever folds the same log, however often and wherever
 * it was cut by a crash, names the same trace and the same spans.
 * @see https://www.w3.org/TR/trace-context/#trace-id
 */
export const traceIdOf = (runId: string): string =>
  notZero(hashText(`trace\0${runId}`) + hashText(`${runId}\0trace`))

/** @param seq number of the event the span begins with, 1-based */
export const spanIdOf = (runId: string, seq: number): string => notZero(hashText(`span\0${runId}\0${seq}`))

/** Of an attempt: whoever performs it can name its span to the service it calls, and need not know the event. */
export const attemptSpanId = (runId: string, phase: Phase, nodeId: NodePath, attempt: number): string =>
  notZero(hashText(`span\0${runId}\0${phase}\0${nodeId}\0${attempt}`))

/** An id of zeros means none. */
const notZero = (id: string): string => (/^0+$/.test(id) ? `${id.slice(0, -1)}1` : id)
