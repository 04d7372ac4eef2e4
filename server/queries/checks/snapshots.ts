import { aggregateOfStream, codeEvent, deciderHash, foldCall, initialPoint } from '@/core/aggregate/handle'
import type { Aggregate } from '@/core/design/aggregate'
import { type Json, sameJson } from '@/core/json'
import type { RecordedEvent } from '@/core/log/event'
import type { Counterexample } from '@/core/protocol'
import { readStream } from '../../engine/read-stream'
import type { ListedSnapshot } from '../../store/contract'
import { type CheckParts, type Found, Tally } from './found'

/** A snapshot is the fold of its stream from the beginning; and the events after it, from it, come to what all of them do. */
export async function checkSnapshots(parts: CheckParts): Promise<Found> {
  const { wb, loaded, limits } = parts
  const tally = new Tally()
  const listed = await wb.store.snapshots.list(loaded.id, limits.checkSnapshots + 1)
  if (listed.length > limits.checkSnapshots)
    tally.partly(`Only the first ${limits.checkSnapshots} snapshots were looked at.`)
  let budget = limits.checkEvents
  for (const [streamId, snapshots] of byStream(listed.slice(0, limits.checkSnapshots))) {
    const aggregate = aggregateOfStream(loaded.design, streamId)?.aggregate
    const hash = aggregate && deciderHash(aggregate)
    const current = snapshots.filter(({ definitionHash }) => definitionHash === hash)
    tally.count('snapshots', current.length)
    if (current.length < snapshots.length)
      tally.count('snapshots of earlier definitions, never read', snapshots.length - current.length)
    if (!aggregate || current.length === 0) continue
    const length = await wb.store.events.streamVersion(loaded.id, streamId)
    if (length > budget) {
      tally.partly(
        `Snapshots from ${streamId} on were not looked at: that is more than ${limits.checkEvents} events.`,
      )
      break
    }
    budget -= length
    const events = await readStream(wb.store.events, loaded.id, streamId)
    tally.count('streams')
    tally.count('events', events.length)
    const wrong = await wrongSnapshot(parts, aggregate, streamId, current, events)
    if (wrong) return tally.end(wrong)
  }
  return tally.end()
}

function byStream(listed: readonly ListedSnapshot[]): ReadonlyMap<string, readonly ListedSnapshot[]> {
  const streams = new Map<string, ListedSnapshot[]>()
  for (const one of listed) streams.set(one.streamId, [...(streams.get(one.streamId) ?? []), one])
  return streams
}

async function wrongSnapshot(
  { wb, loaded }: CheckParts,
  aggregate: Aggregate,
  streamId: string,
  snapshots: readonly ListedSnapshot[],
  events: readonly RecordedEvent[],
): Promise<Counterexample | null> {
  const seen = events.map(codeEvent)
  const all = await wb.code.run(loaded.program, foldCall(aggregate, initialPoint(aggregate), seen, true))
  if (!all.ok) return { message: `${streamId} does not fold: ${all.error.message}.`, streamId }
  const states = all.value.states ?? []
  for (const { version, state } of snapshots) {
    const place = { streamId, version }
    const expected: Json | undefined = states[version - 1]
    if (expected === undefined)
      return {
        message: `There is a snapshot of ${streamId} at version ${version}, and the stream has ${states.length}.`,
        ...place,
      }
    if (state === undefined)
      return { message: `The snapshot of ${streamId} at version ${version} is no JSON.`, ...place, expected }
    if (!sameJson(state, expected))
      return {
        message: `The snapshot of ${streamId} at version ${version} is not what its events come to.`,
        ...{ ...place, expected, found: state },
      }
    const rest = await wb.code.run(
      loaded.program,
      foldCall(aggregate, { version, state }, seen.slice(version)),
    )
    if (rest.ok && sameJson(rest.value.state, states.at(-1))) continue
    return {
      message: `From the snapshot of ${streamId} at version ${version} the rest of the events come to another state than from the beginning.`,
      ...{ ...place, expected: states.at(-1) ?? null },
      ...(rest.ok ? { found: rest.value.state } : {}),
    }
  }
  return null
}
