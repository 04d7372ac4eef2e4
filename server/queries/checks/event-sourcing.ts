import { aggregateOfStream, codeEvent, foldCall, initialPoint } from '@/core/aggregate/handle'
import { runOfStream } from '@/core/aggregate/stream'
import type { Aggregate } from '@/core/design/aggregate'
import { isWorkbenchError } from '@/core/errors'
import { checkAgainstSchema } from '@/core/json-schema'
import type { RecordedEvent } from '@/core/log/event'
import type { Counterexample } from '@/core/protocol'
import { breathe, type CheckParts, type Found, Tally } from './found'
import type { ReadLog } from './read-log'

/**
 * Every stream has its versions without a gap, and folds; and every state on the way, which is what a look back in time
 * shows, fits the aggregate's schema.
 */
export async function checkEventSourcing(parts: CheckParts, log: ReadLog): Promise<Found> {
  const tally = new Tally()
  const { limits } = parts
  for (const [streamId, events] of log.streams) {
    if (tally.end().checked.streams === limits.checkStreams) {
      tally.partly(`Only the first ${limits.checkStreams} of ${log.streams.size} streams were folded.`)
      break
    }
    tally.count('streams')
    tally.count('events', events.length)
    const wrong = gapIn(streamId, events) ?? (await unfoldable(parts, streamId, events, tally))
    if (wrong) return tally.end(wrong)
  }
  if (log.left !== null) tally.partly(log.left)
  return tally.end(log.corrupt)
}

function gapIn(streamId: string, events: readonly RecordedEvent[]): Counterexample | null {
  for (const [index, { version, position }] of events.entries()) {
    if (version !== index + 1)
      return {
        message: `Version ${version} of ${streamId} stands where version ${index + 1} should.`,
        ...{ streamId, version, position, expected: index + 1, found: version },
      }
  }
  return null
}

async function unfoldable(
  parts: CheckParts,
  streamId: string,
  events: readonly RecordedEvent[],
  tally: Tally,
): Promise<Counterexample | null> {
  const runId = runOfStream(streamId)
  if (runId !== null) return brokenRun(parts, streamId, runId, events)
  const owner = aggregateOfStream(parts.loaded.design, streamId)
  if (owner) return invalidState(parts, owner.aggregate, streamId, events, tally)
  tally.count('streams of no aggregate')
  await breathe()
  return null
}

async function invalidState(
  { wb, loaded }: CheckParts,
  aggregate: Aggregate,
  streamId: string,
  events: readonly RecordedEvent[],
  tally: Tally,
): Promise<Counterexample | null> {
  const call = foldCall(aggregate, initialPoint(aggregate), events.map(codeEvent), true)
  const answer = await wb.code.run(loaded.program, call)
  if (!answer.ok) {
    const { message, fn, line } = answer.error
    return {
      message: `${streamId} does not fold: ${message} (${fn ?? 'evolve'}, line ${line ?? '?'}).`,
      streamId,
    }
  }
  for (const [index, state] of (answer.value.states ?? []).entries()) {
    tally.count('states')
    const fits = checkAgainstSchema(aggregate.stateSchema, state)
    if (fits.ok) continue
    const [issue] = fits.error
    return {
      message: `The state of ${streamId} after version ${index + 1} does not fit the aggregate's schema: ${issue?.path.join('.') || 'it'}: ${issue?.message ?? ''}.`,
      ...{ streamId, version: index + 1, found: state },
      ...(events[index] ? { position: events[index].position } : {}),
    }
  }
  return null
}

/** A run is folded by the interpreter that runs it, whole: also what came after this part of the log. */
async function brokenRun(
  { wb, loaded }: CheckParts,
  streamId: string,
  runId: string,
  events: readonly RecordedEvent[],
): Promise<Counterexample | null> {
  try {
    await wb.engine.read(loaded.id, runId)
    return null
  } catch (error) {
    if (isWorkbenchError(error) && error.code === 'ENGINE_STOPPED') throw error
    const message = error instanceof Error ? error.message : String(error)
    return {
      message: `${streamId} does not fold: ${message}`,
      streamId,
      ...(events[0] ? { position: events[0].position } : {}),
    }
  }
}
