import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json'
import { Bench, sagaOf, undoable } from './testing'
import { viewRun } from './view'

const asking = (parts = {}) =>
  new Bench(sagaOf({ a: undoable, ask: { type: 'approval', ...parts }, z: {} }, ['start>a>ask>z>end']))
const hearing = (parts = {}) =>
  new Bench(
    sagaOf({ a: undoable, hear: { type: 'signal', signal: 'Paid', ...parts }, z: {} }, [
      'start>a>hear>z>end',
    ]),
  )
const yes = { action: 'decide', nodeId: 'ask', approved: true } as const
const no = { ...yes, approved: false }
const paid = { action: 'signal', signal: 'Paid', data: { amount: 7 } } as const

describe('an approval', () => {
  it('waits for a person, whose yes is merged under its id', () => {
    const run = asking().succeed('a')
    expect(run.node('ask')).toMatchObject({ status: 'waiting', wakeAt: null })
    run.does(yes)
    expect(run.state.data).toEqual({ a: 1, ask: { approved: true, by: 'ada' } })
    expect(run.story.slice(-2)).toEqual(['ApprovalDecided ask', 'StepStarted z'])
  })

  it('refused fails the saga with what was said, and undoes it', () => {
    const run = asking().succeed('a')
    run.act(no, 'too dear')
    expect(run.state.error).toEqual({
      code: 'Rejected',
      message: 'too dear',
      kind: 'business',
      nodeId: 'ask',
    })
    expect(run.undone('a').state.status).toBe('compensated')
  })

  it('refused goes on where it says so, and a choice may go by it', () => {
    const run = asking({ onReject: 'continue' }).succeed('a').does(no)
    expect(run.state.data.ask).toMatchObject({ approved: false })
    expect(run.node('z').status).toBe('running')
  })

  it('that nobody gives in time fails the saga, or goes on where it says so', () => {
    const late = asking({ timeoutMs: 50 }).succeed('a').happens('timer:ask:0=fires')
    expect(late.state.error).toMatchObject({ code: 'ApprovalTimedOut', nodeId: 'ask' })
    const on = asking({ timeoutMs: 50, onTimeout: 'continue' }).succeed('a').happens('timer:ask:0=fires')
    expect(on.state.data.ask).toEqual({ timedOut: true })
    expect(on.node('z').status).toBe('running')
  })

  it('takes no decision before it asks, nor a second one, nor one elsewhere', () => {
    const run = asking()
    expect(run.act(yes)).toMatchObject({ code: 'ACTION_REFUSED' })
    run.succeed('a').does(yes)
    expect(run.act(no)).toMatchObject({ code: 'ACTION_REFUSED' })
    expect(run.act({ ...yes, nodeId: 'z' })).toMatchObject({ code: 'ACTION_REFUSED' })
  })

  it('is decided while the run is paused, and what follows waits', () => {
    const run = asking().succeed('a').does({ action: 'pause' }).does(yes)
    expect(run.node('ask').status).toBe('succeeded')
    expect(run.node('z').status).toBe('pending')
    expect(run.does({ action: 'resume' }).node('z').status).toBe('running')
  })

  it('is no longer waited for once the saga has failed beside it', () => {
    const saga = sagaOf({ ask: { type: 'approval' }, b: {} }, ['start>ask>end', 'start>b>end'])
    const run = new Bench(saga).comesTo('Refused', 'b')
    expect(run.act(yes)).toMatchObject({ code: 'RUN_ENDED' })
    expect(viewRun(run.plan, run.state).nodes.ask?.status).toBe('skipped')
  })
})

describe('a signal', () => {
  it('is waited for, and what comes with it is merged', () => {
    const run = hearing().succeed('a').does(paid)
    expect(run.state.data).toEqual({ a: 1, amount: 7 })
    expect(run.last('SignalReceived')).toMatchObject({ nodeId: 'hear', by: 'ada', signal: 'Paid' })
  })

  it('that comes early is kept for the first that waits for it, once', () => {
    const run = hearing().does(paid)
    expect(run.last('SignalReceived')).toMatchObject({ nodeId: null })
    run.succeed('a')
    expect(run.story.slice(-3)).toEqual(['SignalAwaited hear', 'SignalMatched hear', 'StepStarted z'])
    expect(run.state.data).toEqual({ a: 1, amount: 7 })
    expect(run.state.signals).toEqual([])
  })

  it('that nothing waits for, or that does not fit, is refused', () => {
    const run = hearing({ schema: { type: 'object', required: ['amount'] } }).succeed('a')
    expect(run.act({ ...paid, signal: 'Other' })).toMatchObject({
      message: 'nothing in this saga waits for a signal "Other"',
    })
    expect(run.act({ ...paid, data: {} })).toMatchObject({ code: 'ACTION_REFUSED' })
    expect(run.act({ ...paid, nodeId: 'z' })).toMatchObject({ code: 'ACTION_REFUSED' })
    expect(run.node('hear').status).toBe('waiting')
  })

  it('that comes early is for the first that it fits', () => {
    const strict = { type: 'object', properties: { x: { type: 'number' } }, required: ['x'] }
    const saga = sagaOf(
      {
        w: { type: 'wait', durationMs: 5 },
        any: { type: 'signal', signal: 'Paid' },
        exact: { type: 'signal', signal: 'Paid', schema: strict },
      },
      ['start>w>any>exact>end'],
    )
    const send = (data: JsonObject) => ({ action: 'signal', signal: 'Paid', data }) as const
    const run = new Bench(saga)
      .does(send({ y: 'a' }))
      .does(send({ y: 'b' }))
      .does(send({ x: 3 }))
    run.happens('timer:w:0=fires')
    expect(run.state).toMatchObject({
      status: 'completed',
      data: { y: 'a', x: 3 },
      signals: [{ data: { y: 'b' } }],
    })
    const none = sagaOf({ exact: { type: 'signal', signal: 'Paid', schema: strict } }, ['start>exact>end'])
    expect(new Bench(none).act(send({ x: 'no' }))).toMatchObject({ code: 'ACTION_REFUSED' })
  })

  it('is heard in a saga within', () => {
    const inner = { ...sagaOf({ hear: { type: 'signal', signal: 'Paid' } }, ['start>hear>end']), id: 'inner' }
    const saga = sagaOf({ sub: { type: 'saga', saga: 'inner' } }, ['start>sub>end'])
    const run = new Bench(saga, {}, 'virtual', [inner]).does(paid)
    expect(run.last('SignalReceived')).toMatchObject({ nodeId: 'sub/hear' })
    expect(run.state.status).toBe('completed')
  })

  it('that does not come in time fails the saga, or it goes on where it says so', () => {
    const late = hearing({ timeoutMs: 50 }).succeed('a').happens('timer:hear:0=fires')
    expect(late.state.error).toMatchObject({ code: 'SignalTimedOut' })
    const on = hearing({ timeoutMs: 50, onTimeout: 'continue' }).succeed('a').happens('timer:hear:0=fires')
    expect(on.state.data.hear).toEqual({ timedOut: true })
  })
})
