import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordedEvent } from '@/core/log/event'
import { actOnRun } from '../commands/runs'
import { readRun } from '../queries/runs'
import { sagaEvent } from './run-messages'
import {
  chain,
  designOf,
  ENDED,
  type NodeInput,
  ofType,
  openTestWorkbench,
  runLog,
  runToEnd,
  start,
  step,
  storeDesign,
  type TestWorkbench,
  until,
} from './testing'

let wb: TestWorkbench
beforeAll(async () => {
  wb = await openTestWorkbench()
})
afterAll(async () => {
  await wb.close()
  expect(wb.defects).toEqual([])
})

const HOUR_MS = 3_600_000
const wait = (id: string, durationMs: number): NodeInput => ({ id, type: 'wait', durationMs })
const about = (type: string, nodeId: string) => (event: RecordedEvent) =>
  event.type === type && (event.data as { readonly nodeId?: string }).nodeId === nodeId
const held = (runId: string, ...ids: readonly string[]) =>
  expect.poll(async () => (await readRun(wb, runId)).held, { timeout: 10_000 }).toEqual(ids)

describe('a run that goes by steps', () => {
  it('begins one node a step, and stands in between; its time stands too', async () => {
    const nodes = [step('a'), wait('w', HOUR_MS), step('b')]
    const designId = await storeDesign(wb, designOf(nodes, chain('start', 'a', 'w', 'b')))
    const id = await start(wb, designId, { mode: 'manual' })
    for (const node of ['a', 'w', 'b']) {
      await held(id, node)
      const { head } = await readRun(wb, id)
      // Nothing follows by itself: what was said a moment ago still holds.
      await wb.runs.waitFor(await wb.store.events.head())
      expect((await readRun(wb, id)).head).toBe(head)
      await actOnRun(wb, id, { action: 'step' })
    }
    await until(wb, designId, id, ofType(...ENDED))
    const run = await readRun(wb, id)
    expect([run.status, (run.endedAt ?? 0) - run.startedAt]).toEqual(['completed', HOUR_MS + 10])
  })

  it('undoes one compensation a step', async () => {
    const designId = await storeDesign(
      wb,
      designOf([step('a'), step('b'), step('c')], chain('start', 'a', 'b', 'c')),
    )
    const id = await start(wb, designId, {
      mode: 'manual',
      faults: [{ node: 'c', effect: { type: 'error' } }],
    })
    for (const node of ['a', 'b', 'c', 'b', 'a']) {
      await held(id, node)
      await actOnRun(wb, id, { action: 'step' })
    }
    await until(wb, designId, id, ofType('SagaCompensated'))
  })

  it('stops at a breakpoint set before the start or while it runs, and nowhere else', async () => {
    const nodes = [step('a'), step('b'), step('c')]
    const designId = await storeDesign(wb, designOf(nodes, chain('start', 'a', 'b', 'c')))
    const id = await start(wb, designId, { breakpoints: ['b'] })
    await held(id, 'b')
    await actOnRun(wb, id, { action: 'set-breakpoints', breakpoints: ['b', 'c'] })
    await actOnRun(wb, id, { action: 'step' })
    await held(id, 'c')
    await actOnRun(wb, id, { action: 'set-breakpoints', breakpoints: [] })
    await until(wb, designId, id, ofType('SagaCompleted'))
  })

  it('stands at its breakpoint after the engine was closed and opened again', async () => {
    const own = await openTestWorkbench()
    const designId = await storeDesign(own, designOf([step('a'), step('b')], chain('start', 'a', 'b')))
    const id = await start(own, designId, { breakpoints: ['b'] })
    await until(own, designId, id, ofType('StepCompleted'))
    await own.close()
    const again = await openTestWorkbench(own.databasePath)
    expect((await readRun(again, id)).held).toEqual(['b'])
    await actOnRun(again, id, { action: 'step', node: 'b' })
    await until(again, designId, id, ofType('SagaCompleted'))
    await again.close()
    expect([...own.defects, ...again.defects]).toEqual([])
  })
})

describe('how a run goes', () => {
  it('is changed while it runs: live, then virtual, then live a hundred times as fast', async () => {
    const nodes = [wait('w1', HOUR_MS), step('b'), wait('w2', 20_000)]
    const designId = await storeDesign(wb, designOf(nodes, chain('start', 'w1', 'b', 'w2')))
    const id = await start(wb, designId, { mode: 'live', breakpoints: ['b'] })
    await until(wb, designId, id, about('TimerSet', 'w1'))
    await actOnRun(wb, id, { action: 'set-speed', mode: 'virtual' })
    await held(id, 'b')
    await actOnRun(wb, id, { action: 'set-speed', mode: 'live', speed: 100 })
    await actOnRun(wb, id, { action: 'step' })
    const set = await until(wb, designId, id, about('TimerSet', 'w2'))
    const fired = await until(wb, designId, id, about('TimerFired', 'w2'))
    const [setAt, firedAt] = [sagaEvent(set).data.at, sagaEvent(fired).data.at]
    expect(firedAt - setAt).toBeGreaterThanOrEqual(20_000)
    // 20 s of the run's in 200 ms of ours; at the wall's own speed it would be 20 s.
    const tookMs = fired.recordedAt - set.recordedAt
    expect(tookMs).toBeGreaterThanOrEqual(190)
    expect(tookMs).toBeLessThan(5_000)
    const run = await readRun(wb, id)
    expect(run).toMatchObject({ status: 'completed', mode: 'live', speed: 100 })
    expect((run.endedAt ?? 0) - run.startedAt).toBeGreaterThanOrEqual(HOUR_MS + 20_000)
  })

  it('is by steps from here on when a person says so, and by itself again', async () => {
    const nodes = [wait('w', HOUR_MS), step('a'), step('b')]
    const designId = await storeDesign(wb, designOf(nodes, chain('start', 'w', 'a', 'b')))
    const id = await start(wb, designId, { mode: 'live' })
    await until(wb, designId, id, ofType('TimerSet'))
    await actOnRun(wb, id, { action: 'set-speed', mode: 'manual' })
    await held(id, 'a')
    await actOnRun(wb, id, { action: 'set-speed', mode: 'virtual' })
    await until(wb, designId, id, ofType('SagaCompleted'))
  })
})

describe('the same seed', () => {
  const unlucky = { type: 'call' as const, service: 'depot', operation: 'unlucky' }
  const retry = [{ maxAttempts: 4, intervalMs: 1_000, jitter: 'full' as const }]

  /** What happened, but for when and to which run. */
  const told = (log: readonly RecordedEvent[]): unknown => {
    const began = log[0] ? sagaEvent(log[0]).data.at : 0
    return log.map((event) => {
      const { type, data } = sagaEvent(event)
      const { retryAt, at, ...rest } = data as typeof data & { readonly retryAt?: number }
      return { type, ...rest, at: at - began, ...(retryAt == null ? {} : { retryAt: retryAt - began }) }
    })
  }

  it('is the same run: the same faults strike, the same latencies are drawn, the same events follow', async () => {
    const nodes = [
      step('left', { action: unlucky, retry }),
      step('right', { action: unlucky, retry }),
      step('join', { action: { type: 'script', code: '() => ({ joined: true })' } }),
    ]
    const ways = ['start>left', 'start>right', 'left>join', 'right>join']
    const designId = await storeDesign(wb, designOf(nodes, ways))
    const faults = [
      { node: 'left', probability: 0.3, effect: { type: 'error' as const, kind: 'technical' as const } },
      { node: 'right', probability: 0.3, effect: { type: 'crash' as const } },
      { node: 'right', probability: 0.3, effect: { type: 'latency' as const, ms: 700 } },
      { node: 'join', probability: 0.5, effect: { type: 'duplicate' as const } },
    ]
    const stories = new Set<string>()
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const twice = await Promise.all([1, 2].map(() => runToEnd(wb, designId, { seed, faults })))
      const [first, second] = await Promise.all(
        twice.map(async ({ run }) => told(await runLog(wb, designId, run.id))),
      )
      expect(first).toEqual(second)
      stories.add(JSON.stringify(first))
    }
    expect(stories.size).toBe(6)
  })
})
