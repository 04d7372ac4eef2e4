import { hashText } from '../hash'

/**
 * Ids follow from the run and the number of an event in it, so whoever folds the same log, however often and wherever
 * it was cut by a crash, names the same trace and the same spans.
 * @see https://www.w3.org/TR/trace-context/#trace-id
 */
export const traceIdOf = (runId: string): string =>
  notZero(hashText(`trace\0${runId}`) + hashText(`${runId}\0trace`))

/** @param seq number of the event the span begins with, 1-based */
export const spanIdOf = (runId: string, seq: number): string => notZero(hashText(`span\0${runId}\0${seq}`))

/** An id of zeros means none. */
const notZero = (id: string): string => (/^0+$/.test(id) ? `${id.slice(0, -1)}1` : id)
