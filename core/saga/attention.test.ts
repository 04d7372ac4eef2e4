import { describe, expect, it } from 'vitest'
import { attentionOf, needsPerson } from './attention'
import { Bench, sagaOf, undo, undoable } from './testing'

const waitsFor = (run: Bench) => attentionOf(run.plan, run.state)

describe('a run needs a person', () => {
  it('for nothing while it goes on by itself, nor when it has ended well', () => {
    const run = new Bench(sagaOf({ a: {} }, ['start>a>end']))
    expect(waitsFor(run)).toEqual([])
    expect(waitsFor(run.succeed('a'))).toEqual([])
  })

  it('when it is paused, until it is resumed', () => {
    const run = new Bench(sagaOf({ a: {} }, ['start>a>end'])).does({ action: 'pause' })
    expect(waitsFor(run)).toEqual([{ why: 'suspended', reason: 'paused', nodeId: null, error: null }])
    expect(waitsFor(run.does({ action: 'resume' }))).toEqual([])
  })

  it('when it failed past its pivot: where, and what went wrong', () => {
    const run = new Bench(sagaOf({ p: { kind: 'pivot' }, c: {} }, ['start>p>c>end'])).succeed('p')
    expect(waitsFor(run.comesTo('Refused', 'c'))).toEqual([
      { why: 'suspended', reason: 'failed-after-pivot', nodeId: 'c', error: 'Refused' },
    ])
  })

  it('to decide, with what is asked and until when, also while it is paused', () => {
    const ask = { type: 'approval', message: 'May I?', timeoutMs: 50 }
    const run = new Bench(sagaOf({ ask }, ['start>ask>end']))
    const approval = { why: 'approval', nodeId: 'ask', message: 'May I?', expiresAt: 50 }
    expect(waitsFor(run)).toEqual([approval])
    expect(waitsFor(run.does({ action: 'pause' }))).toMatchObject([{ why: 'suspended' }, approval])
    run.does({ action: 'resume' }).does({ action: 'decide', nodeId: 'ask', approved: true })
    expect(waitsFor(run)).toEqual([])
  })

  it('no longer to decide what a failure beside it has made pointless', () => {
    const saga = sagaOf({ ask: { type: 'approval' }, b: {}, c: {} }, ['start>ask>end', 'start>b', 'start>c'])
    const run = new Bench(saga)
    expect(waitsFor(run)).toHaveLength(1)
    expect(waitsFor(run.comesTo('Refused', 'b'))).toEqual([])
  })

  it('to step, at each node that is held, and while it is undone at each compensation', () => {
    const saga = sagaOf({ a: undoable, b: undoable }, ['start>a>end', 'start>b>end'])
    const run = new Bench(saga, {}, 'manual')
    const held = (nodeId: string, phase = 'action') => ({ why: 'held', nodeId, phase })
    expect(waitsFor(run)).toEqual([held('a'), held('b')])
    run.does({ action: 'step', nodeId: 'a' }).succeed('a').does({ action: 'cancel' })
    expect(waitsFor(run)).toEqual([held('a', 'compensation')])
  })

  it('at a breakpoint, in any mode', () => {
    const run = new Bench(sagaOf({ a: {}, b: {} }, ['start>a>b>end']))
    run.does({ action: 'set-breakpoints', breakpoints: ['b'] })
    expect(waitsFor(run)).toEqual([])
    expect(waitsFor(run.succeed('a'))).toEqual([{ why: 'held', nodeId: 'b', phase: 'action' }])
  })

  it('for what it could not undo, until that is left, marked or undone after all', () => {
    const once = { compensation: { ...undo, retry: [{ maxAttempts: 1 }] } }
    const stuck = () =>
      new Bench(sagaOf({ b: once, c: {} }, ['start>b>c>end']))
        .succeed('b')
        .comesTo('Refused', 'c')
        .undoingComesTo('Refused', 'b')
    const notUndone = [{ why: 'not-undone', nodeId: 'b', error: 'Refused' }]
    expect(waitsFor(stuck())).toEqual(notUndone)
    expect(waitsFor(stuck().does({ action: 'leave-compensation', nodeId: 'b' }))).toEqual([])
    const again = stuck().does({ action: 'retry-compensation', nodeId: 'b' })
    expect(waitsFor(again)).toEqual([])
    expect(waitsFor(again.undoingComesTo('Refused', 'b'))).toEqual(notUndone)
  })

  it('again for what it was told to leave, once it was tried again and failed', () => {
    const once = { compensation: { ...undo, retry: [{ maxAttempts: 1 }] } }
    const run = new Bench(sagaOf({ b: once, c: {} }, ['start>b>c>end']))
    run.succeed('b').comesTo('Refused', 'c').undoingComesTo('Refused', 'b')
    run.does({ action: 'leave-compensation', nodeId: 'b' })
    expect(run.act({ action: 'leave-compensation', nodeId: 'b' })).toMatchObject({ code: 'ACTION_REFUSED' })
    run.does({ action: 'retry-compensation', nodeId: 'b' }).undoingComesTo('Refused', 'b')
    expect(waitsFor(run)).toMatchObject([{ why: 'not-undone', nodeId: 'b' }])
  })

  it('not for a signal, which is shown all the same', () => {
    const hear = { type: 'signal', signal: 'Paid', timeoutMs: 9 }
    const run = new Bench(sagaOf({ hear }, ['start>hear>end']))
    expect(waitsFor(run)).toEqual([{ why: 'signal', nodeId: 'hear', signal: 'Paid', expiresAt: 9 }])
    expect(waitsFor(run).filter(needsPerson)).toEqual([])
  })
})
