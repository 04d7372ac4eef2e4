import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecordedEvent } from '../log/event'
import { causationGraph } from './graph'

/** A log in which each event was caused by the one at an earlier place, or by something outside. */
const logs: fc.Arbitrary<readonly RecordedEvent[]> = fc
  .array(fc.nat(1_000), { minLength: 1, maxLength: 40 })
  .map((draws) =>
    draws.map((draw, index): RecordedEvent => {
      // One of those before it, or one that does not exist.
      const cause = draw % (index + 1)
      return {
        position: index + 1,
        designId: 'd',
        streamId: `s-${draw % 3}`,
        version: index + 1,
        type: 'Happened',
        data: {},
        recordedAt: index,
        metadata: {
          messageId: `m${index + 1}`,
          correlationId: 'c',
          causationId: cause === 0 ? 'outside' : `m${cause}`,
          schemaVersion: 1,
        },
      }
    }),
  )

const caseOf = fc.tuple(logs, fc.nat()).map(([log, draw]) => {
  const self = log[draw % log.length]
  if (!self) throw new Error('a log has an event')
  const byId = new Map(log.map((event) => [event.metadata.messageId, event]))
  const causes: RecordedEvent[] = []
  for (let at = byId.get(self.metadata.causationId); at; at = byId.get(at.metadata.causationId))
    causes.push(at)
  return { log, self, causes, byId }
})

describe('a causation graph', () => {
  it('has an event for every one that leads here or follows from here, and no other', () => {
    fc.assert(
      fc.property(caseOf, ({ log, self, causes, byId }) => {
        const after = log.filter(({ position }) => position > self.position)
        const { events, cut } = causationGraph(self, causes, after, log.length)
        const leadsTo = (event: RecordedEvent): boolean => {
          for (let at: RecordedEvent | undefined = event; at; at = byId.get(at.metadata.causationId))
            if (at === self) return true
          return false
        }
        const wanted = log.filter((event) => leadsTo(event) || causes.includes(event))
        expect(events.map(({ event }) => event)).toEqual(wanted)
        expect(cut).toBe(false)
        for (const { event, cause } of events)
          expect(cause?.metadata.messageId ?? 'outside').toBe(event.metadata.causationId)
      }),
    )
  })

  it('of the first effects only is a graph still, and says that there are more', () => {
    fc.assert(
      fc.property(caseOf, fc.nat(10), ({ log, self, causes }, most) => {
        const after = log.filter(({ position }) => position > self.position)
        const all = causationGraph(self, causes, after, log.length)
        const some = causationGraph(self, causes, after, most)
        expect(all.events.slice(0, some.events.length)).toEqual(some.events)
        expect(some.cut).toBe(some.events.length < all.events.length)
      }),
    )
  })
})
