import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actOnRun } from '../commands/runs'
import { readRun } from '../queries/runs'
import {
  brief,
  chain,
  designOf,
  ENDED,
  failStep,
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

const slow = { type: 'call' as const, service: 'depot', operation: 'slow' }
const hour: Parameters<typeof designOf>[0][number] = { id: 'w', type: 'wait', durationMs: 3_600_000 }

/** A live run that stands in a wait of an hour, with a step done before it and one to come. */
async function standing(): Promise<{ readonly designId: string; readonly runId: string }> {
  const designId = await storeDesign(
    wb,
    designOf([step('a'), hour, step('b')], chain('start', 'a', 'w', 'b')),
  )
  const runId = await start(wb, designId, { mode: 'live' })
  await until(wb, designId, runId, ofType('TimerSet'))
  return { designId, runId }
}

/** A run that waits for a person after its pivot: step c failed. */
async function stuck() {
  const designId = await storeDesign(
    wb,
    designOf(
      [step('a'), step('p', { kind: 'pivot', compensation: undefined }), step('c'), step('d')],
      chain('start', 'a', 'p', 'c', 'd'),
    ),
  )
  const faults = [{ node: 'c', attempt: 1, effect: { type: 'error' as const } }]
  const { run } = await runToEnd(wb, designId, { faults })
  expect(run.status).toBe('suspended')
  return { designId, runId: run.id }
}

const refusal = (runId: string, action: Parameters<typeof actOnRun>[2]) =>
  actOnRun(wb, runId, action).then(
    () => 'none',
    (error: { readonly code?: string }) => error.code,
  )

describe('an operator', () => {
  it('pauses a run and lets it go on; both are events with who and why', async () => {
    const { designId, runId } = await standing()
    const paused = await actOnRun(wb, runId, { action: 'pause', by: 'Ada', reason: 'lunch' })
    expect(paused).toMatchObject({ status: 'suspended', suspended: { reason: 'paused' } })
    const acted = (await runLog(wb, designId, runId)).find(({ type }) => type === 'OperatorActed')
    expect(acted).toMatchObject({
      data: { action: 'pause', by: 'Ada', reason: 'lunch' },
      metadata: { userId: 'Ada' },
    })
    expect(await refusal(runId, { action: 'pause' })).toBe('ACTION_REFUSED')
    expect((await actOnRun(wb, runId, { action: 'resume' })).status).toBe('running')
    expect(await refusal(runId, { action: 'resume' })).toBe('ACTION_REFUSED')
  })

  it('a paused run does not move while its step settles, and goes on from there when resumed', async () => {
    const designId = await storeDesign(wb, designOf([step('a'), step('b')], chain('start', 'a', 'b')))
    const runId = await start(wb, designId, {
      mode: 'live',
      faults: [{ node: 'a', effect: { type: 'latency', ms: 150 } }],
    })
    await actOnRun(wb, runId, { action: 'pause' })
    await until(wb, designId, runId, ofType('StepCompleted'))
    expect(brief(await runLog(wb, designId, runId)).at(-1)).toBe('StepCompleted a')
    await actOnRun(wb, runId, { action: 'resume' })
    await until(wb, designId, runId, ofType('SagaCompleted'))
  })

  it('cancels a run: what was done is undone, and nobody is named as the cause', async () => {
    const { designId, runId } = await standing()
    await actOnRun(wb, runId, { action: 'cancel' })
    await until(wb, designId, runId, ofType(...ENDED))
    const run = await readRun(wb, runId)
    expect(run).toMatchObject({ status: 'compensated', error: { nodeId: null } })
    expect(run.nodes.a?.compensation?.status).toBe('compensated')
    expect(run.nodes.b?.status).toBe('pending')
    expect(await refusal(runId, { action: 'cancel' })).toBe('RUN_ENDED')
  })

  it('tries a failed step again', async () => {
    const { designId, runId } = await stuck()
    await actOnRun(wb, runId, { action: 'retry', node: 'c' })
    await until(wb, designId, runId, ofType(...ENDED))
    expect(await readRun(wb, runId)).toMatchObject({
      status: 'completed',
      nodes: { c: { status: 'succeeded', attempts: 2 } },
    })
  })

  it('passes over a failed step, with an output in its place', async () => {
    const { designId, runId } = await stuck()
    await actOnRun(wb, runId, { action: 'skip', node: 'c', output: { c: 'by hand' } })
    await until(wb, designId, runId, ofType(...ENDED))
    expect(await readRun(wb, runId)).toMatchObject({
      status: 'completed',
      data: { c: 'by hand' },
      nodes: { c: { status: 'skipped' } },
    })
  })

  it('undoes a run that is past its pivot, when told to', async () => {
    const { designId, runId } = await stuck()
    await actOnRun(wb, runId, { action: 'compensate' })
    await until(wb, designId, runId, ofType(...ENDED))
    expect(await readRun(wb, runId)).toMatchObject({
      status: 'compensated',
      error: { nodeId: 'c' },
      nodes: { a: { compensation: { status: 'compensated' } } },
    })
  })

  it('breaks a step that is still to come', async () => {
    const { designId, runId } = await standing()
    const fault = {
      node: 'a',
      phase: 'compensation' as const,
      probability: 1,
      effect: { type: 'error' as const, code: 'Broken', kind: 'business' as const },
    }
    await actOnRun(wb, runId, { action: 'add-fault', fault })
    await actOnRun(wb, runId, { action: 'cancel' })
    await until(wb, designId, runId, ofType(...ENDED))
    expect(await readRun(wb, runId)).toMatchObject({
      status: 'failed',
      notUndone: ['a'],
      faults: [{ node: 'a' }],
    })
  })

  it('is refused what makes no sense, with a code', async () => {
    const { runId } = await standing()
    expect(await refusal(runId, { action: 'retry', node: 'a' })).toBe('ACTION_REFUSED')
    expect(await refusal(runId, { action: 'skip', node: 'b', output: {} })).toBe('ACTION_REFUSED')
    expect(await refusal(runId, { action: 'retry', node: 'nowhere' })).toBe('NODE_NOT_FOUND')
    expect(await refusal('nobody', { action: 'pause' })).toBe('RUN_NOT_FOUND')
  })

  it('acts on a run one at a time, however many ask at once', async () => {
    const { runId } = await standing()
    const answers = await Promise.all(Array.from({ length: 8 }, () => refusal(runId, { action: 'pause' })))
    expect(answers.sort()).toEqual([...Array.from({ length: 7 }, () => 'ACTION_REFUSED'), 'none'])
  })

  it('finds a run whose design was changed since: it keeps the version that it began with', async () => {
    const { designId, runId } = await standing()
    const changed = designOf([failStep('z')], chain('start', 'z'))
    const row = await wb.store.designs.save(designId, 1, {
      name: 'Changed',
      document: JSON.parse(JSON.stringify(changed)),
      at: 1,
    })
    expect(row).toMatchObject({ saved: true })
    wb.catalogue.forget(designId)
    await actOnRun(wb, runId, { action: 'cancel' })
    await until(wb, designId, runId, ofType(...ENDED))
    expect(await readRun(wb, runId)).toMatchObject({ status: 'compensated', designVersion: 1 })
  })

  it('a run can be cancelled while a call is under way: it settles first, then is undone', async () => {
    const designId = await storeDesign(
      wb,
      designOf([step('a'), step('s', { action: slow, timeoutMs: 100 })], chain('start', 'a', 's')),
    )
    const runId = await start(wb, designId, { mode: 'live' })
    await until(
      wb,
      designId,
      runId,
      (event) => event.type === 'StepStarted' && brief([event])[0] === 'StepStarted s',
    )
    await actOnRun(wb, runId, { action: 'cancel' })
    await until(wb, designId, runId, ofType(...ENDED))
    const run = await readRun(wb, runId)
    expect(run.nodes.s?.compensation?.status).toBe('compensated')
    expect(run.error?.nodeId).toBeNull()
  })
})
