import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventAnswer, RunAction } from '@/core/protocol'
import {
  chain,
  designOf,
  ENDED,
  type NodeInput,
  ofType,
  type StartOptions,
  start,
  step,
  storeDesign,
  until,
} from '../../engine/testing'
import { type HttpServer, type Reply, serveHttp } from './testing'

let http: HttpServer
beforeAll(async () => {
  http = await serveHttp()
})
afterAll(async () => {
  await http.close()
  expect([...http.defects, ...http.wb.defects]).toEqual([])
})

const hour: NodeInput = { id: 'w', type: 'wait', durationMs: 3_600_000 }
const ask: NodeInput = { id: 'ask', type: 'approval', message: 'May it?' }
const hear: NodeInput = {
  id: 'hear',
  type: 'signal',
  signal: 'Paid',
  schema: { type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] },
}
const once = step('a', {
  compensation: {
    action: { type: 'call', service: 'depot', operation: 'giveBack' },
    retry: [{ maxAttempts: 1 }],
  },
})

async function run(
  nodes: readonly NodeInput[],
  options: StartOptions,
  reaches: readonly string[],
): Promise<string> {
  const design = designOf(nodes, chain('start', ...nodes.map(({ id }) => id)))
  const designId = await storeDesign(http.wb, design)
  const runId = await start(http.wb, designId, options)
  await until(http.wb, designId, runId, ofType(...reaches))
  return runId
}

const act = (runId: string, body: unknown): Promise<Reply> =>
  http.call('POST', `/api/runs/${runId}/actions`, body)
const read = async (runId: string) => (await http.call('GET', `/api/runs/${runId}`)).body
const log = async (runId: string) =>
  (await http.call('GET', `/api/runs/${runId}/events?limit=500`)).body.items as readonly EventAnswer[]
const reaches = (runId: string, status: string) =>
  expect.poll(async () => (await read(runId)).status, { timeout: 10_000 }).toBe(status)

/** A step done, then a wait of an hour, then a step to come. */
const standing = () => run([step('a'), hour, step('b')], { mode: 'live' }, ['TimerSet'])
/** The step to come is broken. */
const broken = () => run([step('a'), hour, step('b')], { mode: 'live', faults: [fault] }, ['TimerSet'])
const byStep = () => run([step('a'), step('b')], { mode: 'manual' }, ['SagaStarted'])
/** It failed at c, past its pivot, and waits for a person. */
const stuck = () =>
  run(
    [step('a'), step('p', { kind: 'pivot', compensation: undefined }), step('c')],
    { faults: [{ node: 'c', attempt: 1, effect: { type: 'error' } }] },
    ['SagaSuspended'],
  )
/** It has ended, and a could not be undone; a second try would succeed. */
const notUndone = () =>
  run(
    [once, step('b')],
    {
      faults: [
        { node: 'b', effect: { type: 'error' } },
        { node: 'a', phase: 'compensation', attempt: 1, effect: { type: 'error' } },
      ],
    },
    ['SagaFailed'],
  )
const paused = async () => {
  const id = await standing()
  await act(id, { action: 'pause' })
  return id
}
const asking = () => run([ask, step('b')], { mode: 'live' }, ['ApprovalRequested'])
const hearing = () => run([hear, step('b')], { mode: 'live' }, ['SignalAwaited'])
const done = () => run([step('a')], {}, ENDED)

const slow = { node: 'a', effect: { type: 'latency' as const, ms: 3_600_000 } }

interface Scenario {
  readonly run: () => Promise<string>
  readonly says?: object
  /** What is true in the very answer. */
  readonly gives: object
  /** Where a run refuses it, and nothing follows. */
  readonly refusedBy?: () => Promise<string>
}

const fault = { node: 'b', effect: { type: 'error' as const, code: 'Broken' } }

/** Every act a person has. The compiler says when one is missing. */
const ACTS: Readonly<Record<RunAction['action'], Scenario>> = {
  pause: {
    run: standing,
    gives: { status: 'suspended', suspended: { reason: 'paused' } },
    refusedBy: paused,
  },
  resume: { run: paused, gives: { status: 'running', suspended: null }, refusedBy: standing },
  cancel: {
    run: standing,
    gives: { status: 'compensating', error: { code: 'Cancelled', nodeId: null } },
    refusedBy: stuck,
  },
  compensate: {
    run: stuck,
    gives: { status: 'compensating', error: { nodeId: 'c' } },
    refusedBy: () => run([step('a')], { mode: 'live', faults: [slow] }, ['StepStarted']),
  },
  step: { run: byStep, gives: { held: [], nodes: { a: { status: 'running' } } }, refusedBy: standing },
  retry: {
    run: stuck,
    says: { node: 'c' },
    gives: { status: 'running', nodes: { c: { attempts: 2 } } },
    refusedBy: standing,
  },
  skip: {
    run: standing,
    says: { node: 'w', output: { w: 'not waited for' } },
    gives: { nodes: { w: { status: 'skipped', output: { w: 'not waited for' } } } },
    refusedBy: stuck,
  },
  fail: {
    run: standing,
    says: { node: 'w', error: 'NoTime' },
    gives: { status: 'compensating', error: { code: 'NoTime', nodeId: 'w' } },
    refusedBy: stuck,
  },
  'retry-compensation': {
    run: notUndone,
    says: { node: 'a' },
    gives: { status: 'compensating', notUndone: [], nodes: { a: { compensation: { attempts: 2 } } } },
    refusedBy: stuck,
  },
  'mark-compensated': {
    run: notUndone,
    says: { node: 'a' },
    gives: { status: 'compensated', nodes: { a: { compensation: { byHand: 'because' } } } },
    refusedBy: stuck,
  },
  'leave-compensation': {
    run: notUndone,
    says: { node: 'a' },
    gives: { status: 'failed', notUndone: ['a'], nodes: { a: { compensation: { left: true } } } },
    refusedBy: stuck,
  },
  signal: {
    run: hearing,
    says: { signal: 'Paid', data: { amount: 7 } },
    gives: { nodes: { hear: { status: 'succeeded', output: { amount: 7 } } } },
    refusedBy: standing,
  },
  decide: {
    run: asking,
    says: { node: 'ask', approved: true },
    gives: { nodes: { ask: { status: 'succeeded', output: { approved: true, by: 'Ada' } } } },
    refusedBy: stuck,
  },
  'set-data': {
    run: paused,
    says: { data: { other: true } },
    gives: { status: 'suspended', data: { other: true } },
    refusedBy: standing,
  },
  'set-speed': { run: standing, says: { mode: 'live', speed: 2 }, gives: { mode: 'live', speed: 2 } },
  'set-breakpoints': { run: standing, says: { breakpoints: ['b'] }, gives: { breakpoints: ['b'] } },
  'add-fault': {
    run: standing,
    says: { fault },
    gives: { faults: [{ ...fault, phase: 'action', probability: 1 }] },
  },
  'lift-faults': { run: broken, says: { node: 'b' }, gives: { faults: [] }, refusedBy: standing },
}
/** Of the node that the refusing run is asked about: it exists, and nothing is to be done about it. */
const elsewhere = (says: object | undefined): object =>
  says !== undefined && 'node' in says ? { ...says, node: 'a' } : (says ?? {})

describe.each(Object.entries(ACTS))('%s', (action, { run, says, gives, refusedBy }) => {
  it('is done, and is an event with who and why', async () => {
    const id = await run()
    const before = await log(id)
    const answer = await act(id, { action, ...says, by: 'Ada', reason: 'because' })
    expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({})])
    expect(answer.body).toMatchObject(gives)
    const own = (await log(id))[before.length]
    const { type, data } = own ?? { type: 'none', data: null }
    if (action === 'decide')
      expect([type, data]).toMatchObject(['ApprovalDecided', { by: 'Ada', comment: 'because' }])
    else if (action === 'signal') expect([type, data]).toMatchObject(['SignalReceived', { by: 'Ada' }])
    else expect([type, data]).toMatchObject(['OperatorActed', { action, by: 'Ada', reason: 'because' }])
  })

  it('is refused where it makes no sense, with a code and a reason, and nothing is written', async () => {
    if (refusedBy) {
      const id = await refusedBy()
      const { head } = await read(id)
      const answer = await act(id, { action, ...elsewhere(says), reason: 'because' })
      expect([answer.status, answer.body.code]).toEqual([409, 'ACTION_REFUSED'])
      expect(String(answer.body.detail)).toMatch(/^This cannot be done now: \w/)
      expect((await read(id)).head).toBe(head)
    }
    const ended = await done()
    const late = await act(ended, { action, ...says, ...placedAt(says, 'a'), reason: 'because' })
    expect([late.status, late.body.code]).toEqual([409, 'RUN_ENDED'])
    const nowhere = placedAt(says, 'nowhere')
    if (!nowhere) return
    const lost = await act(await standing(), { action, ...says, ...nowhere })
    expect([lost.status, lost.body.code]).toEqual([404, 'NODE_NOT_FOUND'])
  })
})

/** What an act says, about another node. */
function placedAt(says: object | undefined, node: string): object | undefined {
  if (says === undefined) return undefined
  if ('node' in says) return { node }
  if ('fault' in says) return { fault: { ...fault, node } }
  return 'breakpoints' in says ? { breakpoints: [node] } : undefined
}

describe('what a person does', () => {
  it('is nobody’s when nobody says who it was', async () => {
    const id = await standing()
    await act(id, { action: 'pause' })
    expect((await log(id)).at(-2)?.data).toMatchObject({ action: 'pause', by: 'someone' })
  })

  it('is refused with the places where its body is wrong, whatever it is', async () => {
    const id = await standing()
    for (const [body, path] of [
      [{ action: 'explode' }, ['action']],
      [{ action: 'retry' }, ['node']],
      [{ action: 'set-data', data: [] }, ['data']],
      [{ action: 'set-speed', mode: 'live', speed: 0 }, ['speed']],
      [{ action: 'add-fault', fault: { node: 'a', effect: { type: 'sing' } } }, ['fault', 'effect', 'type']],
    ] as const) {
      const answer = await act(id, body)
      expect([answer.status, answer.body.code]).toEqual([400, 'INVALID_BODY'])
      expect(answer.body.issues).toContainEqual(expect.objectContaining({ path }))
    }
    expect((await act('nobody', { action: 'pause' })).body.code).toBe('RUN_NOT_FOUND')
  })

  it('once under one Idempotency-Key, however often it is sent', async () => {
    const id = await stuck()
    const send = () =>
      http.call('POST', `/api/runs/${id}/actions`, { action: 'retry', node: 'c' }, { 'idempotency-key': id })
    const [first, second] = [await send(), await send()]
    expect([first.status, second.status]).toEqual([200, 200])
    await reaches(id, 'completed')
    const acted = (await log(id)).filter(({ type }) => type === 'OperatorActed')
    expect(acted).toHaveLength(1)
  })

  it('at once instead of waiting out a retry’s delay', async () => {
    const retry = [{ maxAttempts: 2, intervalMs: 3_600_000 }]
    const faults = [{ node: 'a', attempt: 1, effect: { type: 'error' as const, kind: 'technical' as const } }]
    const id = await run([step('a', { retry })], { mode: 'live', faults }, ['StepAttemptFailed'])
    expect((await act(id, { action: 'retry', node: 'a' })).status).toBe(200)
    await reaches(id, 'completed')
  })

  it('fails a call that is under way: nobody knows what came of it, and it is undone', async () => {
    const id = await run([step('a')], { mode: 'live', faults: [slow] }, ['StepStarted'])
    const answer = await act(id, { action: 'fail', node: 'a' })
    expect(answer.body).toMatchObject({
      error: { code: 'FailedByHand' },
      nodes: { a: { effect: 'unknown' } },
    })
    await reaches(id, 'compensated')
  })

  it('says no, and the saga fails with what was said', async () => {
    const id = await asking()
    const answer = await act(id, { action: 'decide', node: 'ask', approved: false, comment: 'too dear' })
    expect(answer.body).toMatchObject({ error: { code: 'Rejected', message: 'too dear', nodeId: 'ask' } })
  })

  it('sends a signal before anything waits for it, and only with data that fit', async () => {
    const id = await run([hour, hear], { mode: 'live' }, ['TimerSet'])
    expect((await act(id, { action: 'signal', signal: 'Paid', data: {} })).body.code).toBe('ACTION_REFUSED')
    expect((await act(id, { action: 'signal', signal: 'Lost' })).body.code).toBe('ACTION_REFUSED')
    expect((await act(id, { action: 'signal', signal: 'Paid', data: { amount: 1 } })).status).toBe(200)
    await act(id, { action: 'set-speed', mode: 'virtual' })
    await reaches(id, 'completed')
    expect((await read(id)).data).toMatchObject({ amount: 1 })
  })

  it('marks nothing as undone without saying how', async () => {
    const id = await notUndone()
    const answer = await act(id, { action: 'mark-compensated', node: 'a' })
    expect([answer.status, answer.body.code]).toEqual([409, 'ACTION_REFUSED'])
    expect(String(answer.body.detail)).toContain('how it was undone')
  })

  it('edits the data of a saga within, and of nothing else', async () => {
    const inner = {
      id: 'inner',
      nodes: [{ id: 'start', type: 'start' as const }, hour],
      edges: [{ id: 'e', from: 'start', to: 'w' }],
    }
    const design = designOf(
      [{ id: 'sub', type: 'saga', saga: 'inner' }, step('b')],
      chain('start', 'sub', 'b'),
    )
    const designId = await storeDesign(http.wb, { ...design, sagas: [...(design.sagas ?? []), inner] })
    const id = await start(http.wb, designId, { mode: 'live' })
    await until(http.wb, designId, id, ofType('TimerSet'))
    await act(id, { action: 'pause' })
    const answer = await act(id, { action: 'set-data', data: { x: 1 }, scope: 'sub' })
    expect(answer.body).toMatchObject({ data: {}, scopes: { sub: { data: { x: 1 } } } })
    expect((await act(id, { action: 'set-data', data: {}, scope: 'b' })).body.code).toBe('ACTION_REFUSED')
  })

  it('breaks a step and nothing else', async () => {
    const id = await standing()
    const answer = await act(id, { action: 'add-fault', fault: { ...fault, node: 'w' } })
    expect([answer.status, answer.body.code]).toEqual([409, 'ACTION_REFUSED'])
  })
})
