import { expect, it } from 'vitest'
import type { Json } from '@/core/json'
import { openSqliteStore } from '../store/sqlite/open'
import { counter, event, temporaryPath } from '../store/testing'
import { createDesignCatalogue } from './loaded-design'
import { startRunIndexer } from './run-indexer'

const STARTED = { at: 1, saga: 's', designVersion: 1, mode: 'live', seed: '', faults: [], input: {} }

it('takes up a run that had ended and is acted upon while its row is put away', async () => {
  const store = await openSqliteStore({ path: temporaryPath() })
  let isFound = (): void => undefined
  const found = new Promise<void>((resolve) => {
    isFound = resolve
  })
  // Another run of the same batch takes its time to be looked up.
  const slow = {
    ...store,
    runs: {
      ...store.runs,
      async find(ids: readonly string[]) {
        await found
        return await store.runs.find(ids)
      },
    },
  }
  const defects: unknown[] = []
  const runs = await startRunIndexer(slow, createDesignCatalogue(store.designs), (error) =>
    defects.push(error),
  )
  const next = counter()
  const of = (runId: string, type: string, data: Json) => ({
    designId: 'd',
    streamId: `run-${runId}`,
    expectedVersion: 'any' as const,
    events: [{ ...event(next(), type), data }],
  })
  await store.events.append([of('a', 'SagaStarted', STARTED)])
  await store.events.append([of('a', 'SagaFailed', { at: 2, notUndone: ['x'] })])
  const put = new Promise<void>((resolve) => runs.onRows(() => resolve()))
  const acted = { at: 3, action: 'retry-compensation', nodeId: 'x', by: 'ada' }
  await store.events.append([
    of('a', 'OperatorActed', acted),
    of('b', 'SagaSuspended', { at: 3, reason: 'paused' }),
  ])
  await put
  isFound()
  await runs.waitFor(4)
  expect(await store.runs.get('a')).toMatchObject({ status: 'compensating', endedAt: null })
  expect(defects).toEqual([])
  await runs.close()
  await store.close()
})
