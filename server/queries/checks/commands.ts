import { aggregateOfStream } from '@/core/aggregate/handle'
import type { Aggregate } from '@/core/design/aggregate'
import { checkAgainstSchema } from '@/core/json-schema'
import type { RecordedEvent } from '@/core/log/event'
import type { Counterexample } from '@/core/protocol'
import { breathe, type CheckParts, type Found, Tally } from './found'
import type { ReadLog } from './read-log'

/**
 * Every command that was accepted is in the log once: its events stand one behind the other, appended at the version
 * the stream was loaded at; and they are events the aggregate knows, with data that fit their schemas.
 */
export async function checkCommands({ loaded }: CheckParts, log: ReadLog): Promise<Found> {
  const tally = new Tally()
  for (const [streamId, events] of log.streams) {
    const owner = aggregateOfStream(loaded.design, streamId)
    if (!owner) continue
    tally.count('streams')
    tally.count('events', events.length)
    const wrong =
      brokenSequence(`${loaded.id}/${streamId}/`, streamId, events, tally) ??
      unknownEvent(owner.aggregate, streamId, events)
    if (wrong) return tally.end(wrong)
    await breathe()
  }
  if (log.left !== null) tally.partly(log.left)
  return tally.end(log.corrupt)
}

/** `{design}/{stream}/{command}/{index}` is what the events of a command are called. */
function brokenSequence(
  prefix: string,
  streamId: string,
  events: readonly RecordedEvent[],
  tally: Tally,
): Counterexample | null {
  const seen = new Set<string>()
  let command: string | null = null
  let next = 0
  for (const [at, event] of events.entries()) {
    const { version, position, metadata } = event
    const place = { streamId, version, position }
    if (version !== at + 1)
      return {
        message: `Version ${version} of ${streamId} was appended where version ${at + 1} was expected.`,
        ...{ ...place, expected: at + 1, found: version },
      }
    const named = metadata.messageId.startsWith(prefix)
      ? /^(.*)\/(\d+)$/.exec(metadata.messageId.slice(prefix.length))
      : null
    if (!named) {
      tally.count('events of no command')
      command = null
      continue
    }
    const [, id = '', index = ''] = named
    if (id !== command) {
      if (seen.has(id))
        return {
          message: `Command ${id} was recorded twice in ${streamId}: something else stands between its events.`,
          ...place,
        }
      seen.add(id)
      tally.count('commands')
      command = id
      next = 0
    }
    if (Number(index) !== next)
      return {
        message: `Event ${index} of command ${id} stands in ${streamId} where its event ${next} should.`,
        ...{ ...place, expected: next, found: Number(index) },
      }
    next += 1
  }
  return null
}

function unknownEvent(
  aggregate: Aggregate,
  streamId: string,
  events: readonly RecordedEvent[],
): Counterexample | null {
  for (const { type, data, version, position, metadata } of events) {
    const place = { streamId, version, position }
    const definition = aggregate.events.find(({ name }) => name === type)
    if (!definition) return { message: `${aggregate.id} knows no event ${type}.`, ...place, found: type }
    // What was recorded under an earlier version of the schema is lifted before it is read.
    if (metadata.schemaVersion !== definition.version) continue
    const fits = checkAgainstSchema(definition.schema, data)
    if (fits.ok) continue
    const [issue] = fits.error
    return {
      message: `The data of ${type} do not fit its schema: ${issue?.path.join('.') || 'it'}: ${issue?.message ?? ''}.`,
      ...{ ...place, found: data },
    }
  }
  return null
}
