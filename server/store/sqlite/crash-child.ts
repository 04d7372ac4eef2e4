/** Appends as fast as it can and prints each message id once it is acknowledged, until it is killed. */
import { counter, events } from '../testing'
import { openSqliteStore } from './open'

const store = await openSqliteStore({ path: process.argv[2] ?? '' })
const next = counter('crash-')

async function appendForEver(streamId: string): Promise<never> {
  for (;;) {
    const append = { designId: 'd', streamId, expectedVersion: 'any' as const, events: events(next, 3) }
    const { events: recorded } = await store.events.append([append])
    process.stdout.write(`${recorded.map(({ metadata }) => metadata.messageId).join(' ')}\n`)
  }
}

await Promise.all(Array.from({ length: 20 }, (_, index) => appendForEver(`s${index}`)))
