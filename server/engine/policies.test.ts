import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveDesign } from '../commands/designs'
import { forkRun } from '../commands/fork-run'
import { actOnPolicy } from '../commands/policies'
import { LIMITS } from '../limits'
import { listPolicies } from '../queries/policies'
import { listRuns, readRun } from '../queries/runs'
import { event } from '../store/testing'
import {
  add,
  caughtUp,
  copiesAdded,
  infoOf,
  type PolicyInput,
  policyReaches,
  startsMain,
  streamOf,
  withPolicies,
} from './policy-testing'
import {
  addStep,
  ofType,
  openTestWorkbench,
  runToEnd,
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

const runsOf = async (designId: string) => (await listRuns(wb, { design: designId, limit: 100 })).items
const faulted = (designId: string, policy: string) =>
  policyReaches(wb, designId, policy, ({ status }) => status === 'faulted')

describe('a policy', () => {
  it('starts a saga for an event, once, with what the event says', async () => {
    const policy = startsMain({
      reaction: { type: 'start-saga', saga: 'main', input: '({ data }) => ({ n: data.by })' },
    })
    const designId = await storeDesign(wb, withPolicies([policy]))
    const sent = await add(wb, designId, 'a', { by: 3 })
    const { recent } = await caughtUp(wb, designId, 'starts')
    expect(recent).toMatchObject([
      { type: 'Added', streamId: 'Counter-a', result: { outcome: 'started', saga: 'main' } },
    ])
    const [run, ...others] = await runsOf(designId)
    expect(others).toEqual([])
    const runId = run?.id ?? ''
    await until(wb, designId, runId, ofType('SagaCompleted'))
    expect(await readRun(wb, runId)).toMatchObject({ status: 'completed', mode: 'live', data: { n: 3 } })
    const [started] = await streamOf(wb, designId, `run-${runId}`)
    expect(started?.metadata).toMatchObject({
      causationId: sent.events[0]?.metadata.messageId,
      correlationId: sent.events[0]?.metadata.correlationId,
    })
  })

  it('sends a command, and what its `when` does not want it leaves', async () => {
    const designId = await storeDesign(wb, withPolicies([copiesAdded()]))
    const sent = await add(wb, designId, 'a')
    await policyReaches(wb, designId, 'copies', ({ recent }) => recent.length === 2)
    const { recent } = await infoOf(wb, designId, 'copies')
    expect(recent.map(({ result }) => result)).toMatchObject([
      { outcome: 'ignored', why: 'when' },
      { outcome: 'sent', aggregate: 'Counter', key: 'copy', command: 'Add', version: 1, events: 1 },
    ])
    const [copied] = await streamOf(wb, designId, 'Counter-copy')
    expect(copied?.metadata).toMatchObject({
      causationId: sent.events[0]?.metadata.messageId,
      correlationId: sent.events[0]?.metadata.correlationId,
    })
  })

  it('takes the refusal of an aggregate for an answer, and goes on', async () => {
    const removes = copiesAdded({
      id: 'removes',
      reaction: {
        type: 'send-command',
        aggregate: 'Counter',
        command: 'Remove',
        key: "() => 'empty'",
        payload: '() => ({ by: 1 })',
      },
    })
    const designId = await storeDesign(wb, withPolicies([removes]))
    await add(wb, designId, 'a')
    await add(wb, designId, 'b')
    const { recent, status } = await policyReaches(wb, designId, 'removes', ({ lag }) => lag === 0)
    expect(status).toBe('running')
    expect(recent.map(({ result }) => result)).toMatchObject([
      { outcome: 'rejected', code: 'TooFew' },
      { outcome: 'rejected', code: 'TooFew' },
    ])
  })

  it('hands the data of the event on when it says nothing of input or payload', async () => {
    const copies = copiesAdded({
      reaction: { type: 'send-command', aggregate: 'Counter', command: 'Add', key: "() => 'copy'" },
    })
    const designId = await storeDesign(wb, withPolicies([startsMain(), copies]))
    await add(wb, designId, 'a', { by: 7 })
    await policyReaches(wb, designId, 'copies', ({ recent }) => recent.length === 2)
    expect((await streamOf(wb, designId, 'Counter-copy'))[0]?.data).toMatchObject({ by: 7 })
    await policyReaches(wb, designId, 'starts', ({ recent }) => recent.length === 2)
    expect(await runsOf(designId)).toHaveLength(2)
  })

  it('does not react to what happened before it was there, or before it listened for it', async () => {
    const designId = await storeDesign(wb, withPolicies([]))
    await add(wb, designId, 'a')
    const second = await saveDesign(wb, designId, 1, withPolicies([startsMain({ on: 'Removed' })]))
    expect(await infoOf(wb, designId, 'starts')).toMatchObject({ lag: 0, recent: [] })
    await add(wb, designId, 'a')
    await saveDesign(wb, designId, second.version, withPolicies([startsMain()]))
    expect(await infoOf(wb, designId, 'starts')).toMatchObject({ on: 'Added', lag: 0, recent: [] })
    await add(wb, designId, 'b')
    await caughtUp(wb, designId, 'starts')
    expect(await runsOf(designId)).toHaveLength(1)
    // Gone and back again it is a new one.
    await saveDesign(wb, designId, 3, withPolicies([]))
    expect((await listPolicies(wb, designId)).items).toEqual([])
    await add(wb, designId, 'c')
    await saveDesign(wb, designId, 4, withPolicies([startsMain()]))
    expect(await infoOf(wb, designId, 'starts')).toMatchObject({ lag: 0, recent: [] })
  })

  it('goes by the version that is saved when an event is given to it', async () => {
    const designId = await storeDesign(wb, withPolicies([copiesAdded()]))
    await actOnPolicy(wb, designId, 'copies', { action: 'pause' })
    await add(wb, designId, 'a')
    expect(await infoOf(wb, designId, 'copies')).toMatchObject({ status: 'paused', lag: 1 })
    const other = copiesAdded({
      reaction: { type: 'send-command', aggregate: 'Counter', command: 'Add', key: "() => 'other'" },
      when: "({ streamId }) => streamId === 'Counter-a'",
    })
    await saveDesign(wb, designId, 1, withPolicies([other]))
    await actOnPolicy(wb, designId, 'copies', { action: 'resume' })
    await policyReaches(wb, designId, 'copies', ({ recent }) => recent.length === 2)
    expect(await streamOf(wb, designId, 'Counter-copy')).toEqual([])
    expect(await streamOf(wb, designId, 'Counter-other')).toHaveLength(1)
  })

  it('starts a run in virtual time when a run in virtual time set it off', async () => {
    const first = startsMain({ when: '({ version }) => version === 1' })
    const designId = await storeDesign(wb, withPolicies([first], [addStep('a')]))
    const { run } = await runToEnd(wb, designId)
    await policyReaches(wb, designId, 'starts', ({ recent }) => recent.length === 2)
    const modes = (await runsOf(designId)).map(({ id, mode }) => [id === run.id, mode])
    expect(modes.sort()).toEqual([
      [false, 'virtual'],
      [true, 'virtual'],
    ])
  })
})

describe('a policy that seldom has something to do', () => {
  it('notes how far it has read all the same, so that little is read again', async () => {
    const designId = await storeDesign(wb, withPolicies([startsMain({ on: 'Removed' })]))
    const added = (count: number) =>
      Array.from({ length: count }, (_, index) => event(`seldom-${designId}-${count}-${index}`, 'Added'))
    const append = (count: number) =>
      wb.store.events.append([
        { designId, streamId: 'Counter-many', expectedVersion: 'any', events: added(count) },
      ])
    const before = (await infoOf(wb, designId, 'starts')).checkpoint
    await append(LIMITS.policyReadAgain)
    const { checkpoint } = await policyReaches(wb, designId, 'starts', (info) => info.checkpoint > before)
    expect(checkpoint).toBeGreaterThanOrEqual(before + LIMITS.policyReadAgain)
  })

  it('is given an old event as it would be recorded now', async () => {
    const [counter] = withPolicies([]).aggregates ?? []
    if (!counter) throw new Error('it has an aggregate')
    const lifted = {
      ...counter,
      events: [
        {
          name: 'Added',
          version: 2,
          upcasters: ['(data) => ({ by: data.amount })'],
          evolve: '(state) => state',
        },
      ],
    }
    const policy = startsMain({ reaction: { type: 'start-saga', saga: 'main', input: '({ data }) => data' } })
    const designId = await storeDesign(wb, { ...withPolicies([policy]), aggregates: [lifted] })
    const old = { ...event(`old-${designId}`, 'Added'), data: { amount: 4 } }
    await wb.store.events.append([
      { designId, streamId: 'Counter-a', expectedVersion: 'no-stream', events: [old] },
    ])
    await caughtUp(wb, designId, 'starts')
    const [run] = await runsOf(designId)
    const [started] = await streamOf(wb, designId, `run-${run?.id}`)
    expect(started?.data).toMatchObject({ input: { by: 4 } })
  })
})

describe('a policy that cannot react', () => {
  const cases: readonly [string, PolicyInput, object][] = [
    [
      'whose `when` throws',
      startsMain({ when: "() => {\n  throw new Error('no idea')\n}" }),
      { code: 'CODE_THREW', fn: 'policy.starts.when', line: 2 },
    ],
    [
      'whose `when` is neither true nor false',
      startsMain({ when: '() => 1' }),
      { code: 'CODE_RESULT_INVALID' },
    ],
    [
      'whose code calls it a failure',
      startsMain({ when: "() => fail('Confused', 'what is this')" }),
      { code: 'Confused', message: 'what is this' },
    ],
    [
      'whose `input` is no object',
      startsMain({ reaction: { type: 'start-saga', saga: 'main', input: '() => 5' } }),
      { code: 'CODE_RESULT_INVALID', fn: 'policy.starts.input' },
    ],
    [
      'whose saga is not there',
      startsMain({ reaction: { type: 'start-saga', saga: 'nothing' } }),
      { code: 'SAGA_NOT_FOUND' },
    ],
    [
      'whose key is no text',
      startsMain({
        reaction: { type: 'send-command', aggregate: 'Counter', command: 'Add', key: '() => 1' },
      }),
      { code: 'CODE_RESULT_INVALID', fn: 'policy.starts.key' },
    ],
    [
      'whose command is not there',
      startsMain({
        reaction: { type: 'send-command', aggregate: 'Counter', command: 'Nothing2', key: "() => 'k'" },
      }),
      { code: 'COMMAND_NOT_FOUND' },
    ],
    [
      'whose command throws',
      startsMain({
        reaction: { type: 'send-command', aggregate: 'Counter', command: 'Throw', key: "() => 'k'" },
      }),
      { code: 'CODE_THREW', fn: 'aggregate.Counter.decide.Throw', line: 1 },
    ],
  ]
  it.each(cases)('%s stops at the event and says why; others go on', async (_, policy, fault) => {
    const designId = await storeDesign(wb, withPolicies([policy, copiesAdded()]))
    await add(wb, designId, 'a')
    const info = await faulted(designId, policy.id)
    expect(info.fault).toMatchObject({ ...fault, type: 'Added', streamId: 'Counter-a', version: 1 })
    expect(info.lag).toBeGreaterThanOrEqual(1)
    await policyReaches(wb, designId, 'copies', ({ recent }) => recent.length === 2)
    await actOnPolicy(wb, designId, policy.id, { action: 'retry' })
    await faulted(designId, policy.id)
  })

  it('is retried once it is mended, or passes the event over', async () => {
    const choosy = startsMain({
      when: "({ data }) => { if (data.by < 0) throw new Error('negative'); return true }",
    })
    const designId = await storeDesign(wb, withPolicies([choosy]))
    await add(wb, designId, 'a', { by: -1 })
    await add(wb, designId, 'b', { by: -2 })
    await add(wb, designId, 'c', { by: 1 })
    await faulted(designId, 'starts')
    expect(await runsOf(designId)).toEqual([])
    await actOnPolicy(wb, designId, 'starts', { action: 'skip' })
    expect((await faulted(designId, 'starts')).fault).toMatchObject({ streamId: 'Counter-b' })
    await saveDesign(wb, designId, 1, withPolicies([startsMain({ when: '() => true' })]))
    expect(await infoOf(wb, designId, 'starts')).toMatchObject({ status: 'faulted' })
    await actOnPolicy(wb, designId, 'starts', { action: 'retry' })
    const { recent } = await caughtUp(wb, designId, 'starts')
    expect(recent.map(({ streamId, result }) => `${streamId} ${result.outcome}`)).toEqual([
      'Counter-c started',
      'Counter-b started',
      'Counter-a skipped',
    ])
  })

  it('refuses what does not fit how it stands', async () => {
    const designId = await storeDesign(wb, withPolicies([startsMain()]))
    for (const action of ['retry', 'skip', 'resume'] as const)
      await expect(actOnPolicy(wb, designId, 'starts', { action })).rejects.toMatchObject({
        code: 'POLICY_ACTION_REFUSED',
      })
    await actOnPolicy(wb, designId, 'starts', { action: 'pause' })
    await expect(actOnPolicy(wb, designId, 'starts', { action: 'pause' })).rejects.toMatchObject({
      code: 'POLICY_ACTION_REFUSED',
    })
    await expect(actOnPolicy(wb, designId, 'nothing', { action: 'pause' })).rejects.toMatchObject({
      code: 'POLICY_NOT_FOUND',
    })
  })
})

describe('a chain of reactions', () => {
  it('that would never end is caught: the policy stops, and says so', async () => {
    const endless = copiesAdded({ id: 'endless', when: '() => true' })
    const designId = await storeDesign(wb, withPolicies([endless]))
    await add(wb, designId, 'a')
    const { fault } = await faulted(designId, 'endless')
    expect(fault).toMatchObject({ code: 'POLICY_CHAIN_TOO_LONG', streamId: 'Counter-copy', version: 32 })
    expect(await streamOf(wb, designId, 'Counter-copy')).toHaveLength(32)
    await actOnPolicy(wb, designId, 'endless', { action: 'skip' })
    await add(wb, designId, 'b')
    expect((await faulted(designId, 'endless')).fault).toMatchObject({ version: 64 })
  })

  it('is caught when it goes through runs', async () => {
    const designId = await storeDesign(wb, withPolicies([startsMain()], [addStep('a', 'loop')]))
    await add(wb, designId, 'a')
    const { fault } = await faulted(designId, 'starts')
    expect(fault).toMatchObject({ code: 'POLICY_CHAIN_TOO_LONG', streamId: 'Counter-loop', version: 32 })
    expect(await runsOf(designId)).toHaveLength(32)
    const story = new Set(
      (await streamOf(wb, designId, 'Counter-loop')).map((one) => one.metadata.correlationId),
    )
    expect(story.size).toBe(1)
  }, 30_000)
})

describe('a fork', () => {
  it('sets nothing off by what it has from the other run, and something by what it does itself', async () => {
    const policy = startsMain({
      id: 'onAdded',
      reaction: { type: 'send-command', aggregate: 'Counter', command: 'Add', key: "() => 'seen'" },
      when: "({ streamId }) => streamId !== 'Counter-seen'",
    })
    const onStep = copiesAdded({ id: 'onStep', on: 'StepCompleted', when: '() => true' })
    const nodes = [
      addStep('a', 'x', {
        action: {
          type: 'command',
          aggregate: 'Counter',
          command: 'Add',
          key: '(_, ctx) => ctx.runId',
          payload: '() => ({ by: 1 })',
        },
      }),
    ]
    const designId = await storeDesign(wb, withPolicies([policy, onStep], nodes))
    const { run, events } = await runToEnd(wb, designId)
    const done = events.find(({ type }) => type === 'StepCompleted')
    await policyReaches(wb, designId, 'onAdded', ({ lag }) => lag === 0)
    await policyReaches(wb, designId, 'onStep', ({ lag }) => lag === 0)
    const { id } = await forkRun(wb, run.id, { seq: done?.version ?? 0 })
    await until(wb, designId, id, ofType('SagaCompleted'))
    await policyReaches(wb, designId, 'onStep', ({ recent }) => recent[0]?.streamId === `run-${id}`)
    expect((await infoOf(wb, designId, 'onStep')).recent[0]?.result).toEqual({
      outcome: 'ignored',
      why: 'copy',
    })
    await policyReaches(wb, designId, 'onAdded', ({ recent }) =>
      recent.some(({ streamId, result }) => streamId === `Counter-${id}` && result.outcome === 'ignored'),
    )
    const copies = await streamOf(wb, designId, `run-${id}`)
    // It goes on from the other's event, and what is inside of it keeps its causes.
    expect(copies[0]?.metadata.causationId).toBe(`${run.id}:${done?.version}`)
    expect(copies[1]?.metadata.causationId).toBe(`${id}:1`)
  })
})
