import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendCommand } from '../commands/aggregates'
import { forkRun } from '../commands/fork-run'
import {
  caughtUp,
  copiesAdded,
  policyReaches,
  startsMain,
  streamOf,
  withPolicies,
} from '../engine/policy-testing'
import {
  addStep,
  ofType,
  openTestWorkbench,
  runToEnd,
  storeDesign,
  type TestWorkbench,
  until,
} from '../engine/testing'
import { causation } from './causation'
import { listRuns } from './runs'

let wb: TestWorkbench
beforeAll(async () => {
  wb = await openTestWorkbench()
})
afterAll(async () => {
  await wb.close()
  expect(wb.defects).toEqual([])
})

/** `Counter-a` sets `main` off, which adds to `Counter-b`, which is copied to `Counter-copy`. */
async function story() {
  const starts = startsMain({ when: "({ streamId }) => streamId === 'Counter-a'" })
  const copies = copiesAdded({ when: "({ streamId }) => streamId === 'Counter-b'" })
  const designId = await storeDesign(wb, withPolicies([starts, copies], [addStep('s', 'b')]))
  await sendCommand(wb, designId, 'Counter', 'a', { type: 'Add', payload: {}, commandId: 'by-hand' })
  await policyReaches(wb, designId, 'copies', ({ recent }) => recent.length === 3)
  const [run] = (await listRuns(wb, { design: designId, limit: 5 })).items
  const runId = run?.id ?? ''
  await until(wb, designId, runId, ofType('SagaCompleted'))
  return { designId, runId }
}

const first = async (designId: string, stream: string) =>
  (await streamOf(wb, designId, stream))[0]?.position ?? 0

describe('the causes and effects of an event', () => {
  it('go from a command by hand through a run and two policies, with one correlation', async () => {
    const { designId, runId } = await story()
    const graph = await causation(wb, designId, await first(designId, 'Counter-a'), { limit: 100 })
    expect(graph.origin).toBe('by-hand')
    expect(new Set(graph.events.map(({ correlationId }) => correlationId))).toEqual(new Set(['by-hand']))
    expect(new Set(graph.events.map(({ streamId }) => streamId))).toEqual(
      new Set([
        'commands-Counter-a',
        'Counter-a',
        `run-${runId}`,
        'commands-Counter-b',
        'Counter-b',
        'commands-Counter-copy',
        'Counter-copy',
      ]),
    )
    const at = (stream: string) => graph.events.find(({ streamId }) => streamId === stream)
    const causeOf = (stream: string) => graph.events.find(({ position }) => position === at(stream)?.causedBy)
    // What a run or a policy does is a command, and its events are what the command led to.
    expect(causeOf('commands-Counter-b')).toMatchObject({ streamId: `run-${runId}`, type: 'StepStarted' })
    expect(causeOf('Counter-b')).toMatchObject({ streamId: 'commands-Counter-b', title: 'Add' })
    expect(at('Counter-a')).toMatchObject({ part: 'self', policy: null, projections: ['counts'] })
    expect(at(`run-${runId}`)).toMatchObject({ type: 'SagaStarted', policy: 'starts', projections: [] })
    expect(at('commands-Counter-copy')).toMatchObject({
      policy: 'copies',
      causedBy: at('Counter-b')?.position,
      type: 'CommandAccepted',
    })
    expect(at('Counter-copy')).toMatchObject({ policy: null, projections: ['counts'] })
    expect(graph.cut).toEqual({ causes: false, effects: false })
    expect(graph.projections).toMatchObject([{ name: 'counts', status: 'running' }])
  })

  it('are the same line seen from its other end', async () => {
    const { designId } = await story()
    const graph = await causation(wb, designId, await first(designId, 'Counter-copy'), { limit: 100 })
    expect(graph.events.map(({ part, type }) => `${part} ${type}`)).toEqual([
      'cause CommandAccepted',
      'cause Added',
      'cause SagaStarted',
      'cause StepStarted',
      'cause CommandAccepted',
      'cause Added',
      'cause CommandAccepted',
      'self Added',
    ])
    expect(graph.events.slice(1).map(({ causedBy }) => causedBy)).toEqual(
      graph.events.slice(0, -1).map(({ position }) => position),
    )
  })

  it('are cut where there are more than asked for, and say so', async () => {
    const { designId } = await story()
    const down = await causation(wb, designId, await first(designId, 'Counter-a'), { limit: 3 })
    expect(down.events).toHaveLength(3)
    expect(down.cut).toEqual({ causes: false, effects: true })
    const up = await causation(wb, designId, await first(designId, 'Counter-copy'), { limit: 4 })
    expect(up.events.map(({ part }) => part)).toEqual(['cause', 'cause', 'self'])
    expect(up).toMatchObject({ origin: null, cut: { causes: true, effects: false } })
  })

  it('lead from a fork back into the run it came from', async () => {
    const designId = await storeDesign(wb, withPolicies([], [addStep('s', 'b')]))
    const { run } = await runToEnd(wb, designId)
    const { id } = await forkRun(wb, run.id, { seq: 2 })
    const ended = await until(wb, designId, id, ofType('SagaCompleted'))
    const graph = await causation(wb, designId, ended.position, { limit: 100 })
    expect(graph.events[0]).toMatchObject({ streamId: `run-${run.id}`, type: 'SagaStarted' })
    expect(graph.events.at(-1)).toMatchObject({ streamId: `run-${id}`, part: 'self' })
    expect(graph.events.some(({ streamId, version }) => streamId === `run-${id}` && version === 1)).toBe(true)
  })

  it('are those of events of this design only', async () => {
    const { designId } = await story()
    const other = await storeDesign(wb, withPolicies([]))
    const position = await first(designId, 'Counter-a')
    for (const wrong of [position, 0, -5, 1e9])
      await expect(causation(wb, other, wrong, { limit: 10 })).rejects.toMatchObject({
        code: 'EVENT_NOT_FOUND',
      })
  })

  it('show a command that was refused, and why', async () => {
    const removes = copiesAdded({
      reaction: { type: 'send-command', aggregate: 'Counter', command: 'Remove', key: "() => 'none'" },
    })
    const designId = await storeDesign(wb, withPolicies([removes]))
    await sendCommand(wb, designId, 'Counter', 'a', { type: 'Add', payload: { by: 1 } })
    await caughtUp(wb, designId, 'copies')
    const graph = await causation(wb, designId, await first(designId, 'Counter-a'), { limit: 100 })
    expect(graph.events.at(-1)).toMatchObject({
      streamId: 'commands-Counter-none',
      title: 'Remove refused: TooFew',
      policy: 'copies',
    })
  })

  it('never go round, whatever a commandId claims to be', async () => {
    const designId = await storeDesign(wb, withPolicies([copiesAdded()]))
    const send = (key: string, commandId: string) =>
      sendCommand(wb, designId, 'Counter', key, { type: 'Add', payload: {}, commandId })
    // Names the message that it is about to be itself, and one that is there.
    const own = `${designId}/Counter-a/x/0`
    await send('a', 'x')
    await send('b', own)
    await send('c', `${designId}/Counter-c/y/0`)
    await caughtUp(wb, designId, 'copies')
    const graph = await causation(wb, designId, await first(designId, 'Counter-b'), { limit: 50 })
    expect(graph.events.map(({ streamId }) => streamId)).toEqual([
      'commands-Counter-a',
      'Counter-a',
      'commands-Counter-b',
      'Counter-b',
      'commands-Counter-copy',
      'Counter-copy',
    ])
  })
})
