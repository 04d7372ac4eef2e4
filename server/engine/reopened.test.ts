import { describe, expect, it } from 'vitest'
import { actOnRun } from '../commands/runs'
import { listRuns, readRun } from '../queries/runs'
import {
  chain,
  designOf,
  ENDED,
  ofType,
  openTestWorkbench,
  runToEnd,
  step,
  storeDesign,
  type TestWorkbench,
  until,
} from './testing'

/** A run that has ended, and whose step a could not be undone. Its second try takes an hour. */
async function failed(wb: TestWorkbench, second: 'error' | 'latency' = 'latency') {
  const undo = {
    action: { type: 'call' as const, service: 'depot', operation: 'giveBack' },
    retry: [{ maxAttempts: 1 }],
  }
  const design = designOf([step('a', { compensation: undo }), step('b')], chain('start', 'a', 'b'))
  const designId = await storeDesign(wb, design)
  const { run } = await runToEnd(wb, designId, {
    mode: 'live',
    faults: [
      { node: 'b', effect: { type: 'error', code: 'Broken' } },
      { node: 'a', phase: 'compensation', attempt: 1, effect: { type: 'error', code: 'NoRefund' } },
      {
        node: 'a',
        phase: 'compensation',
        attempt: 2,
        effect: second === 'error' ? { type: 'error' } : { type: 'latency', ms: 3_600_000 },
      },
    ],
  })
  expect(run.status).toBe('failed')
  return { designId, runId: run.id }
}

const row = async (wb: TestWorkbench, designId: string) =>
  (await listRuns(wb, { design: designId, limit: 1 })).items[0]

describe('a run that has ended with something not undone', () => {
  it('is taken up again to try once more: its row is compensating, and ends anew', async () => {
    const wb = await openTestWorkbench()
    const { designId, runId } = await failed(wb)
    expect(await row(wb, designId)).toMatchObject({
      status: 'failed',
      endedAt: expect.any(Number),
      needsPerson: 1,
      attention: [{ why: 'not-undone', nodeId: 'a', error: 'NoRefund' }],
    })
    await actOnRun(wb, runId, { action: 'retry-compensation', node: 'a' })
    expect(await row(wb, designId)).toMatchObject({ status: 'compensating', endedAt: null, needsPerson: 0 })
    await actOnRun(wb, runId, { action: 'set-speed', mode: 'virtual' })
    await until(wb, designId, runId, ofType('SagaCompensated'))
    expect(await row(wb, designId)).toMatchObject({
      status: 'compensated',
      endedAt: expect.any(Number),
      error: { code: 'Broken' },
    })
    await wb.close()
    expect(wb.defects).toEqual([])
  })

  it('fails again when the second try does, and waits for a person again', async () => {
    const wb = await openTestWorkbench()
    const { designId, runId } = await failed(wb, 'error')
    await actOnRun(wb, runId, { action: 'leave-compensation', node: 'a' })
    expect(await row(wb, designId)).toMatchObject({ status: 'failed', needsPerson: 0 })
    await actOnRun(wb, runId, { action: 'retry-compensation', node: 'a' })
    await until(wb, designId, runId, (event) => event.type === 'SagaFailed' && event.version > 10)
    expect(await row(wb, designId)).toMatchObject({ status: 'failed', needsPerson: 1 })
    await wb.close()
    expect(wb.defects).toEqual([])
  })

  it('is taken up by an engine that was started since, and by the next when that one stops in the middle', async () => {
    const first = await openTestWorkbench()
    const { designId, runId } = await failed(first)
    await first.close()

    const second = await openTestWorkbench(first.databasePath)
    expect(second.engine.active).toBe(0)
    await actOnRun(second, runId, { action: 'retry-compensation', node: 'a', by: 'Ada' })
    expect(await row(second, designId)).toMatchObject({ status: 'compensating' })
    await second.close()

    const third = await openTestWorkbench(first.databasePath)
    expect(await readRun(third, runId)).toMatchObject({
      status: 'compensating',
      nodes: { a: { compensation: { status: 'running', attempts: 2 } } },
    })
    await actOnRun(third, runId, { action: 'set-speed', mode: 'virtual' })
    await until(third, designId, runId, ofType('SagaCompensated'))
    await third.close()

    const fourth = await openTestWorkbench(first.databasePath)
    expect(await row(fourth, designId)).toMatchObject({ status: 'compensated' })
    expect(fourth.engine.active).toBe(0)
    await fourth.close()
    for (const { defects } of [first, second, third, fourth]) expect(defects).toEqual([])
  })

  it('is marked as undone by hand after a restart, and ends there and then', async () => {
    const first = await openTestWorkbench()
    const { designId, runId } = await failed(first)
    await first.close()
    const second = await openTestWorkbench(first.databasePath)
    const run = await actOnRun(second, runId, {
      action: 'mark-compensated',
      node: 'a',
      by: 'Ada',
      reason: 'refunded in cash',
    })
    expect(run).toMatchObject({
      status: 'compensated',
      nodes: { a: { compensation: { byHand: 'refunded in cash' } } },
    })
    expect(ENDED).toContain((await second.store.events.read(designId, `run-${runId}`)).at(-1)?.type)
    expect(await row(second, designId)).toMatchObject({ status: 'compensated' })
    await second.close()
    expect([...first.defects, ...second.defects]).toEqual([])
  })
})
