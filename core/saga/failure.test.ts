import { describe, expect, it } from 'vitest'
import { Bench, sagaOf, undo, undoable } from './testing'

const chain = sagaOf({ a: undoable, b: undoable, c: undoable }, ['start>a>b>c>end'])
const fork = sagaOf({ a: undoable, b: undoable, c: undoable }, ['start>a>b>end', 'a>c>end'])

describe('a step fails', () => {
  it('what completed is compensated in reverse order', () => {
    const run = new Bench(chain).succeed('a', 'b').comesTo('Refused', 'c').undone('b', 'a')
    expect(run.story.slice(6)).toEqual([
      'StepFailed c',
      'SagaCompensating',
      'CompensationStarted b',
      'CompensationCompleted b',
      'CompensationStarted a',
      'CompensationCompleted a',
      'SagaCompensated',
    ])
  })

  it('each compensation is given the input and output of its own action, the error and the data', () => {
    const run = new Bench(chain, { order: 7 }).succeed('a', 'b').comesTo('Refused', 'c')
    expect(run.node('b').compensation?.input).toEqual({
      input: { order: 7, a: 1 },
      output: { b: 1 },
      error: { code: 'Refused', message: 'the service said no', kind: 'business', nodeId: 'c' },
      data: { order: 7, a: 1, b: 1 },
    })
  })

  it('no new forward work starts, and what is in flight settles before anything is undone', () => {
    const run = new Bench(fork).succeed('a').comesTo('Refused', 'b')
    expect(run.state.status).toBe('running')
    run.succeed('c')
    expect(run.state.status).toBe('compensating')
    expect(run.story.filter((what) => what.startsWith('CompensationStarted'))).toEqual([
      'CompensationStarted c',
    ])
  })

  it('a retry that is waited for is given up', () => {
    const saga = sagaOf({ a: { retry: [{}], ...undoable }, b: {} }, ['start>a>end', 'start>b>end'])
    const run = new Bench(saga).comesTo('Unreachable', 'a').comesTo('Refused', 'b')
    expect(run.story.slice(-3)).toEqual(['StepFailed a', 'SagaCompensating', 'SagaCompensated'])
  })

  it('a timer that is waited for holds nothing up', () => {
    const saga = sagaOf({ w: { type: 'wait', durationMs: 1000 }, b: {} }, ['start>w>end', 'start>b>end'])
    expect(new Bench(saga).comesTo('Refused', 'b').state.status).toBe('compensated')
  })

  it('an evaluation that comes after the failure is not expected', () => {
    const saga = sagaOf({ a: { input: '(d) => d' }, b: {} }, ['start>a>end', 'start>b>end'])
    const run = new Bench(saga).comesTo('Refused', 'b')
    expect(
      run.send({ type: 'prepared', nodeId: 'a', phase: 'action', result: { ok: true, value: 1 }, at: 0 })
        ?.code,
    ).toBe('NOT_EXPECTED')
  })

  it('of two failures in parallel the first is what the saga reports', () => {
    const saga = sagaOf({ a: {}, b: {} }, ['start>a>end', 'start>b>end'])
    const run = new Bench(saga).comesTo('Refused', 'b').comesTo('Unreachable', 'a')
    expect(run.state.error).toMatchObject({ nodeId: 'b', code: 'Refused' })
    expect([run.node('a').status, run.node('b').status]).toEqual(['failed', 'failed'])
  })

  it('a fail node fails the saga with its own error, once what is in flight has settled', () => {
    const saga = sagaOf({ a: undoable, stop: { type: 'fail', error: 'TooExpensive' } }, [
      'start>a>end',
      'start>stop',
    ])
    const run = new Bench(saga)
    expect(run.state.error).toMatchObject({ nodeId: 'stop', code: 'TooExpensive', kind: 'business' })
    expect(run.succeed('a').undone('a').state.status).toBe('compensated')
  })

  it('a step whose output expression throws has done its work: it is compensated with its output', () => {
    const saga = sagaOf({ a: { output: '(r) => r', ...undoable } }, ['start>a>end'])
    const run = new Bench(saga).comesTo('output-throws', 'a')
    expect(run.node('a')).toMatchObject({ status: 'failed', effect: 'done' })
    expect(run.node('a').compensation?.input).toMatchObject({ output: { a: 1 } })
  })

  it('work that was done is not done again for the sake of its output expression', () => {
    const run = new Bench(sagaOf({ a: { retry: [{}], ...undoable } }, ['start>a>end']))
    const error = { code: 'Broken', message: '', kind: 'technical' } as const
    run.send({
      type: 'outcome',
      nodeId: 'a',
      phase: 'action',
      attempt: 1,
      at: 0,
      outcome: { type: 'failed', error, output: 9 },
    })
    expect(run.story).toEqual([
      'SagaStarted',
      'StepStarted a',
      'StepFailed a',
      'SagaCompensating',
      'CompensationStarted a',
    ])
  })
})

describe('an unknown outcome', () => {
  const saga = sagaOf({ a: { timeoutMs: 100, ...undoable }, b: undoable }, ['start>a>b>end'])

  it('a timeout leaves it unknown, and the step is compensated with no output', () => {
    const run = new Bench(saga).happens('action:a:1=times-out')
    expect(run.node('a')).toMatchObject({ status: 'timed-out', effect: 'unknown' })
    expect(run.node('a').compensation?.input).toMatchObject({ output: null, error: { code: 'Timeout' } })
    expect(run.now).toBe(100)
  })

  it('so does a lost connection', () => {
    const run = new Bench(saga).comesTo('unknown', 'a')
    expect(run.node('a')).toMatchObject({ status: 'failed', effect: 'unknown' })
    expect(run.node('a').compensation?.status).toBe('running')
  })

  it('an attempt that is refused does not make an earlier unknown one known', () => {
    const retried = sagaOf({ a: { timeoutMs: 100, retry: [{}], ...undoable } }, ['start>a>end'])
    const run = new Bench(retried).happens('action:a:1=times-out', 'timer:a:1=fires').comesTo('Refused', 'a')
    expect(run.node('a').effect).toBe('unknown')
    expect(run.node('a').compensation?.status).toBe('running')
  })

  it('an attempt that succeeds does', () => {
    const retried = sagaOf({ a: { timeoutMs: 100, retry: [{}], ...undoable } }, ['start>a>end'])
    const run = new Bench(retried).happens('action:a:1=times-out', 'timer:a:1=fires').succeed('a')
    expect(run.node('a').effect).toBe('done')
  })

  it('an outcome that arrives late is shown and changes nothing else, and each only once', () => {
    const run = new Bench(saga).happens('action:a:1=times-out')
    const before = run.state
    run.happens('action:a:1=late-success')
    expect(run.node('a').late).toEqual({ type: 'succeeded', output: { a: 1 } })
    expect({ ...run.state, seq: before.seq, nodes: { ...run.state.nodes, a: before.nodes.a } }).toEqual(
      before,
    )
    expect(run.enabled.filter((name) => name.includes('late'))).toEqual([])
  })

  it('late outcomes of several attempts are each recorded, even after the run has ended', () => {
    const retried = sagaOf({ a: { timeoutMs: 100, retry: [{}], ...undoable } }, ['start>a>end'])
    const run = new Bench(retried)
      .happens('action:a:1=times-out', 'timer:a:1=fires', 'action:a:2=times-out', 'timer:a:2=fires')
      .succeed('a')
    expect(run.state.status).toBe('completed')
    run.happens('action:a:2=late-failure', 'action:a:1=late-success')
    expect(run.story.slice(-3)).toEqual([
      'SagaCompleted',
      'StepOutcomeArrivedLate a',
      'StepOutcomeArrivedLate a',
    ])
  })

  it('an answer that was given is not late when it is delivered again', () => {
    const retried = sagaOf({ a: { timeoutMs: 100, retry: [{}], ...undoable } }, ['start>a>end'])
    const run = new Bench(retried).happens('action:a:1=times-out', 'timer:a:1=fires').comesTo('Refused', 'a')
    const error = { code: 'Refused', message: '', kind: 'business' } as const
    expect(
      run.send({
        type: 'outcome',
        nodeId: 'a',
        phase: 'action',
        attempt: 2,
        at: 2000,
        outcome: { type: 'failed', error },
      })?.code,
    ).toBe('NOT_EXPECTED')
  })
})

describe('compensation', () => {
  it('starts when those of all successors have ended, unrelated ones side by side', () => {
    const run = new Bench(
      sagaOf({ a: undoable, b: undoable, c: undoable, d: {} }, ['start>a>b>d>end', 'a>c>d']),
    )
      .succeed('a', 'b', 'c')
      .comesTo('Refused', 'd')
    expect(['a', 'b', 'c'].map((id) => run.node(id).compensation?.status)).toEqual([
      'pending',
      'running',
      'running',
    ])
    expect(run.undone('b').node('a').compensation?.status).toBe('pending')
    expect(run.undone('c').node('a').compensation?.status).toBe('running')
  })

  it('passes through nodes that have none', () => {
    const run = new Bench(sagaOf({ a: undoable, b: {}, c: undoable, d: {} }, ['start>a>b>c>d>end']))
      .succeed('a', 'b', 'c')
      .comesTo('Refused', 'd')
    expect([run.node('c').compensation?.status, run.node('a').compensation?.status]).toEqual([
      'running',
      'pending',
    ])
  })

  it('in strict order goes one at a time, the latest to end first', () => {
    const saga = sagaOf({ a: undoable, b: undoable, c: {} }, ['start>a>c>end', 'start>b>c'], {
      compensationOrder: 'strict',
    })
    const run = new Bench(saga).succeed('b', 'a').comesTo('Refused', 'c')
    expect([run.node('a').compensation?.status, run.node('b').compensation?.status]).toEqual([
      'running',
      'pending',
    ])
    expect(run.undone('a').node('b').compensation?.status).toBe('running')
  })

  it('is tried five times unless it says otherwise; then it has failed, the others still run, and the saga has failed', () => {
    const run = new Bench(chain).succeed('a', 'b').comesTo('Refused', 'c')
    for (const attempt of [1, 2, 3, 4])
      run.undoingComesTo('Unreachable', 'b').happens(`undo-timer:b:${attempt}=fires`)
    run.undoingComesTo('Unreachable', 'b').undone('a')
    expect(run.state).toMatchObject({
      status: 'failed',
      notUndone: ['b'],
      error: { code: 'Refused', nodeId: 'c' },
    })
    expect(run.now).toBe(1000 + 2000 + 4000 + 8000)
  })

  it('a business failure of it is not retried', () => {
    const run = new Bench(chain).succeed('a', 'b').comesTo('Refused', 'c').undoingComesTo('Refused', 'b')
    expect(run.node('b').compensation).toMatchObject({ status: 'failed', attempts: 1 })
    expect(run.node('a').compensation?.status).toBe('running')
  })

  it('a timeout of it is a failed attempt', () => {
    const saga = sagaOf({ a: { compensation: { ...undo, timeoutMs: 50, retry: [] } }, b: {} }, [
      'start>a>b>end',
    ])
    const run = new Bench(saga).succeed('a').comesTo('Refused', 'b').happens('compensation:a:1=times-out')
    expect(run.node('a').compensation).toMatchObject({ status: 'failed', error: { code: 'Timeout' } })
    expect(run.state.notUndone).toEqual(['a'])
  })

  it('has an input expression of its own; when that throws the compensation has failed', () => {
    const saga = sagaOf({ a: { compensation: { ...undo, input: '(x) => x' } }, b: {} }, ['start>a>b>end'])
    const run = () => new Bench(saga).succeed('a').comesTo('Refused', 'b')
    expect(run().happens('undo-prepare:a=evaluates').node('a').compensation?.input).toMatchObject({
      from: { output: { a: 1 } },
    })
    expect(run().happens('undo-prepare:a=throws').state).toMatchObject({ status: 'failed', notUndone: ['a'] })
  })
})
