import { describe, expect, it } from 'vitest'
import { Bench, sagaOf, undoable } from './testing'

const chain = sagaOf({ a: undoable, b: undoable }, ['start>a>b>end'])
const pivoted = sagaOf({ a: undoable, p: { kind: 'pivot' }, b: {}, c: undoable }, ['start>a>p>b>c>end'])
const stuck = () => new Bench(pivoted).succeed('a', 'p').comesTo('Refused', 'b')

describe('pause and resume', () => {
  it('what is in flight settles and nothing follows, until it is resumed', () => {
    const run = new Bench(chain).does({ action: 'pause' }).succeed('a')
    expect([run.state.status, run.node('b').status]).toEqual(['suspended', 'pending'])
    expect(run.enabled).toEqual([])
    run.does({ action: 'resume' })
    expect([run.state.status, run.node('b').status]).toEqual(['running', 'running'])
  })

  it('a failure while paused is undone once it is resumed', () => {
    const run = new Bench(chain).succeed('a').does({ action: 'pause' }).comesTo('Refused', 'b')
    expect(run.state.status).toBe('suspended')
    expect(run.does({ action: 'resume' }).undone('a').state.status).toBe('compensated')
  })

  it('a retry waits while paused, and is due at once when that took longer', () => {
    const run = new Bench(sagaOf({ a: { retry: [{}] } }, ['start>a>end']))
      .comesTo('Unreachable', 'a')
      .does({ action: 'pause' })
    expect(run.enabled).toEqual([])
    expect(run.send({ type: 'timer', nodeId: 'a', phase: 'action', at: 9000 })?.code).toBe('NOT_EXPECTED')
    expect(run.does({ action: 'resume' }).happens('timer:a:1=fires').node('a').attempts).toBe(2)
  })

  it('a compensation is paused too, and goes on where it was', () => {
    const run = new Bench(sagaOf({ a: undoable, b: undoable, c: {} }, ['start>a>b>c>end']))
      .succeed('a', 'b')
      .comesTo('Refused', 'c')
    run.does({ action: 'pause' }).undone('b')
    expect([run.state.status, run.node('a').compensation?.status]).toEqual(['suspended', 'pending'])
    expect(run.does({ action: 'resume' }).undone('a').state.status).toBe('compensated')
  })

  it('a last step that succeeds while paused completes the saga when it is resumed', () => {
    const run = new Bench(sagaOf({ a: {} }, ['start>a>end'])).does({ action: 'pause' }).succeed('a')
    expect(run.does({ action: 'resume' }).state.status).toBe('completed')
  })

  it('is refused when there is nothing to pause or to resume', () => {
    const run = new Bench(chain)
    expect(run.act({ action: 'resume' })).toEqual({ code: 'ACTION_REFUSED', message: 'it is not paused' })
    run.does({ action: 'pause' })
    expect(run.act({ action: 'pause' })?.code).toBe('ACTION_REFUSED')
    expect(stuck().act({ action: 'resume' })).toMatchObject({
      message: 'retry or skip the step that failed instead',
    })
  })
})

describe('cancel', () => {
  it('lets what is in flight settle, then compensates, and says who and why', () => {
    const run = new Bench(chain).succeed('a')
    run.act({ action: 'cancel' }, 'the customer called')
    expect(run.last('OperatorActed')).toMatchObject({
      action: 'cancel',
      by: 'ada',
      reason: 'the customer called',
    })
    expect(run.state.status).toBe('running')
    run.succeed('b').undone('b', 'a')
    expect(run.state).toMatchObject({
      status: 'compensated',
      error: { code: 'Cancelled', message: 'the customer called', nodeId: null },
    })
  })

  it('waits for no timer', () => {
    const run = new Bench(sagaOf({ w: { type: 'wait', durationMs: 1000 } }, ['start>w>end'])).does({
      action: 'cancel',
    })
    expect(run.state.status).toBe('compensated')
  })

  it('of a paused run compensates it', () => {
    expect(
      new Bench(chain).succeed('a').does({ action: 'pause' }).succeed('b').does({ action: 'cancel' }).state
        .status,
    ).toBe('compensating')
  })

  it('is refused after the pivot, while it is undone, and once it has ended', () => {
    expect(new Bench(pivoted).succeed('a', 'p').act({ action: 'cancel' })?.code).toBe('ACTION_REFUSED')
    const run = new Bench(chain).succeed('a').comesTo('Refused', 'b')
    expect(run.act({ action: 'cancel' })).toEqual({
      code: 'ACTION_REFUSED',
      message: 'it is being undone already',
    })
    expect(run.undone('a').act({ action: 'cancel' })).toEqual({ code: 'RUN_ENDED' })
  })
})

describe('retry and skip', () => {
  it('retry tries the failed step again, with its input, and the saga goes on', () => {
    const run = stuck().does({ action: 'retry', nodeId: 'b' })
    expect(run.node('b')).toMatchObject({ status: 'running', attempts: 2 })
    expect(run.state.error).toBeNull()
    expect(run.succeed('b', 'c').state.status).toBe('completed')
  })

  it('an input expression that threw is evaluated again', () => {
    const run = new Bench(sagaOf({ p: { kind: 'pivot' }, b: { input: '(d) => d' } }, ['start>p>b>end']))
      .succeed('p')
      .happens('prepare:b=throws')
    run.does({ action: 'retry', nodeId: 'b' }).happens('prepare:b=evaluates')
    expect(run.node('b')).toMatchObject({ status: 'running', attempts: 1 })
  })

  it('skip goes on with the output a person gives', () => {
    const run = stuck().does({ action: 'skip', nodeId: 'b', output: { parcel: 'lost' } })
    expect([run.node('b').status, run.node('c').status]).toEqual(['skipped', 'running'])
    expect(run.state.data).toMatchObject({ parcel: 'lost' })
  })

  it('a choice that is skipped takes its default', () => {
    const choice = { type: 'choice', branches: [{ id: 'left', when: '() => true' }] }
    const run = new Bench(
      sagaOf({ p: { kind: 'pivot' }, pick: choice, l: {}, d: {} }, [
        'start>p>pick',
        'pick:left>l>end',
        'pick:default>d>end',
      ]),
    )
    run.succeed('p').happens('choose:pick=throws').does({ action: 'skip', nodeId: 'pick', output: {} })
    expect([run.node('l').status, run.node('d').status]).toEqual(['skipped', 'running'])
  })

  it('a step tried again whose work was done twice over is still compensated once, in its latest place', () => {
    const saga = sagaOf(
      { p: { kind: 'pivot' }, a: undoable, b: undoable },
      ['start>p', 'p>a>end', 'p>b>end'],
      { compensationOrder: 'strict' },
    )
    const run = new Bench(saga).succeed('p').comesTo('unknown', 'a').succeed('b')
    run.does({ action: 'retry', nodeId: 'a' }).comesTo('Refused', 'a').does({ action: 'compensate' })
    expect(run.last('SagaCompensating')).toMatchObject({ steps: ['a', 'b'] })
  })

  it('an attempt that gets no answer does not undo what an earlier one is known to have done', () => {
    const saga = sagaOf({ p: { kind: 'pivot' }, b: { output: '(r) => r', ...undoable } }, ['start>p>b>end'])
    const run = new Bench(saga).succeed('p').comesTo('output-throws', 'b')
    run.does({ action: 'retry', nodeId: 'b' }).comesTo('unknown', 'b').does({ action: 'compensate' })
    expect(run.node('b')).toMatchObject({ effect: 'done', compensation: { input: { output: { b: 1 } } } })
  })

  it('the output a person gives for a step in doubt is not what its compensation is told it returned', () => {
    const saga = sagaOf({ p: { kind: 'pivot' }, b: undoable, c: {} }, ['start>p>b>c>end'])
    const run = new Bench(saga).succeed('p').comesTo('unknown', 'b')
    run
      .does({ action: 'skip', nodeId: 'b', output: { b: 'by hand' } })
      .comesTo('Refused', 'c')
      .does({ action: 'compensate' })
    expect(run.node('b').compensation?.input).toMatchObject({ output: null, data: { b: 'by hand' } })
  })

  it('is refused for a step that has not failed, and for a run that is not suspended', () => {
    expect(stuck().act({ action: 'retry', nodeId: 'a' })?.code).toBe('ACTION_REFUSED')
    expect(new Bench(chain).act({ action: 'skip', nodeId: 'a', output: {} })?.code).toBe('ACTION_REFUSED')
    expect(stuck().act({ action: 'retry', nodeId: 'nowhere' })).toEqual({
      code: 'NODE_NOT_FOUND',
      nodeId: 'nowhere',
    })
  })

  it('is refused while the saga is being undone, paused or not', () => {
    const run = new Bench(chain).succeed('a').comesTo('Refused', 'b').does({ action: 'pause' })
    for (const act of [
      { action: 'retry', nodeId: 'b' },
      { action: 'skip', nodeId: 'b', output: {} },
      { action: 'compensate' },
      { action: 'cancel' },
    ] as const)
      expect(run.act(act)?.code).toBe('ACTION_REFUSED')
    expect(run.state.error).toMatchObject({ nodeId: 'b' })
  })
})

describe('compensate', () => {
  it('undoes a saga past its pivot when a person says so, reporting the original error', () => {
    const run = stuck().does({ action: 'compensate' }).undone('a')
    expect(run.state).toMatchObject({ status: 'compensated', error: { code: 'Refused', nodeId: 'b' } })
  })

  it('includes a step that waits for a retry and may have done its work', () => {
    const run = new Bench(sagaOf({ a: { retry: [{}], ...undoable } }, ['start>a>end']))
      .comesTo('unknown', 'a')
      .does({ action: 'compensate' })
    expect(run.story.slice(-3)).toEqual(['StepFailed a', 'SagaCompensating', 'CompensationStarted a'])
    expect(run.undone('a').state.error).toMatchObject({ code: 'Cancelled' })
  })

  it('is refused while a step is in flight', () => {
    expect(new Bench(chain).act({ action: 'compensate' })?.code).toBe('ACTION_REFUSED')
  })
})
