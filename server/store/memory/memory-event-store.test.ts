import { expect, it } from 'vitest'
import { describeEventStore } from '../event-store.contract'
import { describeLogReads } from '../log-reads.contract'
import { counter, events } from '../testing'
import { createMemoryEventStore } from './memory-event-store'

describeEventStore('the event store in memory', async () => createMemoryEventStore())
describeLogReads('the event store in memory', async (now) => createMemoryEventStore({ now }))

it('stamps events with the clock it is given', async () => {
  const store = createMemoryEventStore({ now: () => 1_234 })
  const append = { designId: 'd', streamId: 's', expectedVersion: 0, events: events(counter(), 1) }
  expect((await store.append([append])).events[0]?.recordedAt).toBe(1_234)
})
