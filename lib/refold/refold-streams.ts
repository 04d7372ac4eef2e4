import { codeEvent } from '@/core/aggregate/handle'
import { type ChangedAggregate, compareStates, foldStates } from '@/core/travel'
import { TRAVEL_LIMITS } from '@/core/travel/limits'
import { type AggregateEffect, BREAKS_MOST, type CheckParts, SHOWN, type StreamEffect } from './effect'

/** Folds the streams of an edited aggregate anew, those that changed last first. */
export async function refoldStreams(parts: CheckParts, { before, after }: ChangedAggregate): Promise<void> {
  const { code, history, baseline, program, signal, tell } = parts
  let effect: AggregateEffect = {
    kind: 'aggregate',
    id: after.id,
    streams: { checked: 0, total: 0, ended: 'no' },
    events: 0,
    partly: 0,
    changed: 0,
    shown: [],
  }
  let broken = 0
  tell(effect)
  for await (const { items, total } of history.streams(after.id, signal)) {
    const found = await Promise.all(
      items.map(async ({ streamId, events }): Promise<StreamEffect | null> => {
        const seen = events.map(codeEvent)
        const known = baseline.states.get(streamId)
        const was = known ?? (await foldStates(code, { program: baseline.program, aggregate: before }, seen))
        if (!known) baseline.states.set(streamId, was)
        const change = compareStates(was, await foldStates(code, { program, aggregate: after }, seen))
        return change && { streamId, change }
      }),
    )
    if (signal.aborted) return
    const changes = found.filter((one) => one !== null)
    broken += changes.filter(({ change }) => change.kind === 'breaks').length
    const checked = effect.streams.checked + items.length
    effect = {
      ...effect,
      streams: { checked, total, ended: 'no' },
      events: effect.events + items.reduce((sum, { events }) => sum + events.length, 0),
      partly: effect.partly + items.filter(({ events, version }) => events.length < version).length,
      changed: effect.changed + changes.length,
      shown: [...effect.shown, ...changes].slice(0, SHOWN),
    }
    tell(effect)
    const { refoldStreams: streamsMost, refoldEvents } = TRAVEL_LIMITS
    const stop = broken >= BREAKS_MOST ? 'breaks' : null
    const full = checked >= streamsMost || effect.events >= refoldEvents
    if (checked < total && (stop !== null || full))
      return tell({ ...effect, streams: { checked, total, ended: stop ?? 'limit' } })
  }
  tell({ ...effect, streams: { ...effect.streams, ended: 'all' } })
}
