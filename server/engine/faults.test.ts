import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FaultInput } from '@/core/saga'
import {
  addStep,
  brief,
  chain,
  designOf,
  failStep,
  openTestWorkbench,
  runToEnd,
  step,
  storeDesign,
  type TestWorkbench,
} from './testing'

let wb: TestWorkbench
beforeAll(async () => {
  wb = await openTestWorkbench()
})
afterAll(async () => {
  await wb.close()
  expect(wb.defects).toEqual([])
})

const countOf = async (designId: string, key: string): Promise<unknown> => {
  const loaded = await wb.catalogue.load(designId)
  const { state } = await wb.aggregates.stateAt(loaded, 'Counter', key, {})
  return (state as { readonly count: number }).count
}

const timeout = (when: 'before' | 'after'): FaultInput => ({ node: 'a', effect: { type: 'timeout', when } })

describe('a fault at a call', () => {
  it('that is an error has the name it was given, and the work was not done', async () => {
    const designId = await storeDesign(wb, designOf([step('a')], chain('start', 'a')))
    const { run } = await runToEnd(wb, designId, {
      faults: [{ node: 'a', effect: { type: 'error', code: 'NoLuck' } }],
    })
    expect(run).toMatchObject({ status: 'compensated', error: { code: 'NoLuck', nodeId: 'a' } })
    expect(run.nodes.a).toMatchObject({ effect: 'none', compensation: null })
  })

  it('that is a timeout leaves it unknown, whether before or after; without a timeout of the step too', async () => {
    for (const when of ['before', 'after'] as const) {
      for (const timeoutMs of [500, undefined]) {
        const designId = await storeDesign(wb, designOf([step('a', { timeoutMs })], chain('start', 'a')))
        const { run } = await runToEnd(wb, designId, { faults: [timeout(when)] })
        expect([when, timeoutMs, run.status]).toEqual([when, timeoutMs, 'compensated'])
        expect(run.nodes.a).toMatchObject({ effect: 'unknown', compensation: { status: 'compensated' } })
        expect(run.error?.code).toBe(timeoutMs === undefined ? 'ConnectionLost' : 'Timeout')
      }
    }
  })

  it('that is latency is added to what the call takes', async () => {
    const designId = await storeDesign(wb, designOf([step('a')], chain('start', 'a')))
    const { run } = await runToEnd(wb, designId, {
      faults: [{ node: 'a', effect: { type: 'latency', ms: 1234 } }],
    })
    expect([run.status, (run.endedAt ?? 0) - run.startedAt]).toEqual(['completed', 5 + 1234])
  })

  it('of a probability falls as the seed says: the same again for the same seed', async () => {
    const designId = await storeDesign(wb, designOf([step('a')], chain('start', 'a')))
    const faults: readonly FaultInput[] = [{ node: 'a', probability: 0.5, effect: { type: 'error' } }]
    const seeds = Array.from({ length: 12 }, (_, index) => `seed-${index}`)
    const statuses = async () => {
      const ended = await Promise.all(seeds.map((seed) => runToEnd(wb, designId, { seed, faults })))
      return ended.map(({ run }) => run.status)
    }
    const first = await statuses()
    expect(new Set(first)).toEqual(new Set(['completed', 'compensated']))
    expect(await statuses()).toEqual(first)
  })
})

describe('a command of a step', () => {
  it('is recorded with the outcome of the step in one append, caused by the start of the step', async () => {
    const designId = await storeDesign(wb, designOf([addStep('a', 'one')], chain('start', 'a')))
    const { run, events } = await runToEnd(wb, designId)
    expect(run.status).toBe('completed')
    const [added] = await wb.store.events.read(designId, 'Counter-one')
    const [, started, completed] = events
    expect(brief(events)).toEqual(['SagaStarted', 'StepStarted a', 'StepCompleted a', 'SagaCompleted'])
    expect(added).toMatchObject({
      type: 'Added',
      metadata: { correlationId: run.id, causationId: started?.metadata.messageId },
    })
    // Positions of one append stand side by side.
    expect(Math.abs((added?.position ?? 0) - (completed?.position ?? 0))).toBeLessThanOrEqual(3)
    expect(added?.recordedAt).toBe(completed?.recordedAt)
    expect(run.data).toEqual({})
    expect(run.nodes.a?.output).toMatchObject({ aggregate: 'Counter', key: 'one', version: 1 })
  })

  it('that the aggregate rejects is a business failure under the name of the rule', async () => {
    const remove = {
      type: 'command' as const,
      aggregate: 'Counter',
      command: 'Remove',
      key: "() => 'none'",
      payload: '() => ({})',
    }
    const designId = await storeDesign(
      wb,
      designOf([addStep('a', 'kept'), addStep('b', 'none', { action: remove })], chain('start', 'a', 'b')),
    )
    const { run } = await runToEnd(wb, designId)
    expect(run).toMatchObject({
      status: 'compensated',
      error: { code: 'TooFew', nodeId: 'b', kind: 'business' },
    })
    expect(await countOf(designId, 'kept')).toBe(0)
    expect(await wb.store.events.streamVersion(designId, 'Counter-none')).toBe(0)
  })

  it('lost before it was done adds nothing; lost after it was done adds once, and the compensation takes it back', async () => {
    for (const [when, events] of [
      ['before', []],
      ['after', ['Added', 'Removed']],
    ] as const) {
      for (const timeoutMs of [500, undefined]) {
        const designId = await storeDesign(
          wb,
          designOf([addStep('a', 'x', { timeoutMs })], chain('start', 'a')),
        )
        const { run } = await runToEnd(wb, designId, { faults: [timeout(when)] })
        expect(run.nodes.a?.effect).toBe('unknown')
        const recorded = await wb.store.events.read(designId, 'Counter-x')
        expect([when, timeoutMs, recorded.map(({ type }) => type)]).toEqual([when, timeoutMs, events])
        // With nothing to take back the compensation is refused, and the saga says so.
        expect(run.status).toBe(when === 'after' ? 'compensated' : 'failed')
      }
    }
  })

  it('tried again after its answer was lost gets the first answer and adds nothing more', async () => {
    const retry = [{ maxAttempts: 3 }]
    const designId = await storeDesign(
      wb,
      designOf([addStep('a', 'once', { timeoutMs: 500, retry })], chain('start', 'a')),
    )
    const { run } = await runToEnd(wb, designId, {
      faults: [{ node: 'a', attempt: 1, effect: { type: 'timeout', when: 'after' } }],
    })
    expect(run).toMatchObject({ status: 'completed' })
    expect(run.nodes.a).toMatchObject({ attempts: 2, output: { version: 1, events: [{ type: 'Added' }] } })
    expect(await countOf(designId, 'once')).toBe(1)
  })

  it('of many runs on one aggregate gets through whatever the others do, each exactly once', async () => {
    const designId = await storeDesign(
      wb,
      designOf(
        [addStep('a', 'shared'), addStep('b', 'shared'), failStep('c')],
        chain('start', 'a', 'b', 'c'),
      ),
    )
    const keep = await storeDesign(
      wb,
      designOf(
        [addStep('a', 'shared', { retry: [{ maxAttempts: 50, intervalMs: 1 }] })],
        chain('start', 'a'),
      ),
    )
    const runs = await Promise.all(
      Array.from({ length: 20 }, (_, index) => runToEnd(wb, keep, { seed: `s${index}` })),
    )
    expect(runs.map(({ run }) => run.status)).toEqual(runs.map(() => 'completed'))
    expect(await countOf(keep, 'shared')).toBe(20)
    const undone = await Promise.all(
      Array.from({ length: 5 }, (_, index) => runToEnd(wb, designId, { seed: `u${index}` })),
    )
    expect(undone.every(({ run }) => run.status !== 'completed')).toBe(true)
    const notUndone = undone.flatMap(({ run }) => run.notUndone).length
    expect(await countOf(designId, 'shared')).toBe(notUndone)
  })
})
