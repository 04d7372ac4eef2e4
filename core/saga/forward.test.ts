import { describe, expect, it } from 'vitest'
import { Bench, sagaOf, undoable } from './testing'

describe('going forward', () => {
  it('a saga of nothing but a start completes at once', () => {
    const run = new Bench(sagaOf({}, []))
    expect(run.story).toEqual(['SagaStarted', 'SagaCompleted'])
    expect(run.state.status).toBe('completed')
  })

  it('steps follow one another, each with the data the one before it left', () => {
    const run = new Bench(sagaOf({ a: {}, b: {} }, ['start>a>b>end']), { order: 7 })
    run.succeed('a', 'b')
    expect(run.node('a').input).toEqual({ order: 7 })
    expect(run.node('b').input).toEqual({ order: 7, a: 1 })
    expect(run.state.data).toEqual({ order: 7, a: 1, b: 1 })
    expect(run.state.status).toBe('completed')
    expect(run.node('end').status).toBe('succeeded')
  })

  it('two edges out fork: both branches start at once', () => {
    const run = new Bench(sagaOf({ a: {}, b: {} }, ['start>a>end', 'start>b>end']))
    expect(run.story).toEqual(['SagaStarted', 'StepStarted a', 'StepStarted b'])
  })

  it('two edges in join: the node waits for every live edge', () => {
    const run = new Bench(sagaOf({ a: {}, b: {}, c: {} }, ['start>a>c>end', 'start>b>c']))
    run.succeed('a')
    expect(run.node('c').status).toBe('pending')
    run.succeed('b')
    expect(run.node('c').status).toBe('running')
  })

  it('parallel branches merge in the order in which they end', () => {
    const saga = sagaOf({ a: { output: '(r) => r' }, b: {} }, ['start>a>end', 'start>b>end'])
    const both = (first: string, second: string) => {
      const run = new Bench(saga)
      for (const [nodeId, value] of [first, second].map((id) => [id, id] as const))
        run.send({
          type: 'outcome',
          nodeId,
          phase: 'action',
          attempt: 1,
          at: 0,
          outcome: { type: 'succeeded', output: { winner: value } },
        })
      return run.state.data.winner
    }
    expect([both('a', 'b'), both('b', 'a')]).toEqual(['b', 'a'])
  })

  it('an output expression decides what is merged; the output itself is kept for the compensation', () => {
    const run = new Bench(sagaOf({ a: { output: '(r) => ({})', ...undoable } }, ['start>a>end']))
    run.succeed('a')
    expect(run.state.data).toEqual({ a: 'merged' })
    expect(run.node('a').output).toEqual({ a: 1 })
  })

  it('a result that is no object has no names to merge under', () => {
    const run = new Bench(sagaOf({ a: {} }, ['start>a>end']), { order: 7 })
    run.send({
      type: 'outcome',
      nodeId: 'a',
      phase: 'action',
      attempt: 1,
      at: 0,
      outcome: { type: 'succeeded', output: [1, 2] },
    })
    expect(run.state.data).toEqual({ order: 7 })
    expect(run.node('a').output).toEqual([1, 2])
  })

  it('an input expression is evaluated before the step starts, and its value is the input', () => {
    const run = new Bench(sagaOf({ a: { input: '(data) => data' } }, ['start>a>end']), { order: 7 })
    expect(run.story).toEqual(['SagaStarted'])
    run.happens('prepare:a=evaluates')
    expect(run.node('a').input).toEqual({ from: { order: 7 } })
  })

  it('an input expression that throws fails the step, which has done nothing', () => {
    const run = new Bench(sagaOf({ a: { input: '(data) => data', ...undoable } }, ['start>a>end']))
    run.happens('prepare:a=throws')
    expect(run.story).toEqual(['SagaStarted', 'StepFailed a', 'SagaCompensating', 'SagaCompensated'])
    expect(run.node('a')).toMatchObject({ status: 'failed', effect: 'none', attempts: 0 })
  })
})

const choice = { type: 'choice', branches: [{ id: 'left', when: '() => true' }] }

describe('a choice', () => {
  const saga = sagaOf({ pick: choice, a: {}, b: {}, c: {}, d: {} }, [
    'start>pick',
    'pick:left>a>d>end',
    'pick:default>b>c>d',
  ])

  it('makes the edges it did not take dead, and all that only they lead to is skipped', () => {
    const run = new Bench(saga).happens('choose:pick=left')
    expect(['a', 'b', 'c'].map((id) => run.node(id).status)).toEqual(['running', 'skipped', 'skipped'])
  })

  it('a join does not wait for its dead edge', () => {
    const run = new Bench(saga).happens('choose:pick=left').succeed('a')
    expect(run.node('d').status).toBe('running')
  })

  it('takes its default when no guard is true', () => {
    const run = new Bench(saga).happens('choose:pick=default')
    expect(run.node('b').status).toBe('running')
    expect(run.node('pick').branch).toBe('default')
  })

  it('fails when a guard throws', () => {
    const run = new Bench(saga).happens('choose:pick=throws')
    expect(run.state.error).toMatchObject({ nodeId: 'pick', code: 'CODE_THREW' })
    expect(run.state.status).toBe('compensated')
  })

  it('is not answered by what only a step or a wait is asked', () => {
    const run = new Bench(saga)
    expect(run.send({ type: 'scheduled', nodeId: 'pick', result: { ok: true, value: 1 }, at: 0 })).toEqual({
      code: 'NOT_EXPECTED',
      nodeId: 'pick',
    })
    expect(
      run.send({ type: 'prepared', nodeId: 'pick', phase: 'action', result: { ok: true, value: 1 }, at: 0 }),
    ).toEqual({ code: 'NOT_EXPECTED', nodeId: 'pick' })
  })

  it('an edge out of it that names no branch is its default', () => {
    const run = new Bench(
      sagaOf({ pick: choice, a: {}, b: {} }, ['start>pick>b>end', 'pick:left>a']),
    ).happens('choose:pick=default')
    expect([run.node('a').status, run.node('b').status]).toEqual(['skipped', 'running'])
  })
})

describe('nodes that are passed over', () => {
  it('a disabled step does nothing, and what follows it goes on', () => {
    const run = new Bench(sagaOf({ a: { disabled: true, ...undoable }, b: undoable }, ['start>a>b>end']))
    expect([run.node('a').status, run.node('b').status]).toEqual(['skipped', 'running'])
    run.comesTo('Refused', 'b')
    expect(run.story).not.toContain('CompensationStarted a')
  })

  it('a disabled choice takes its default', () => {
    const run = new Bench(
      sagaOf({ pick: { ...choice, disabled: true }, a: {}, b: {} }, [
        'start>pick',
        'pick:left>a>end',
        'pick:default>b>end',
      ]),
    )
    expect([run.node('a').status, run.node('b').status]).toEqual(['skipped', 'running'])
  })

  it('nothing waits for an edge from a node that the start does not reach', () => {
    const run = new Bench(sagaOf({ a: {}, stray: {}, b: {} }, ['start>a>b>end', 'stray>b'])).succeed('a')
    expect(run.node('b').status).toBe('running')
  })

  it('a step with no way out ends its branch', () => {
    const run = new Bench(sagaOf({ a: {}, b: {} }, ['start>a', 'start>b>end'])).succeed('a', 'b')
    expect(run.state.status).toBe('completed')
  })
})

describe('a wait', () => {
  it('lasts as long as it says', () => {
    const run = new Bench(sagaOf({ w: { type: 'wait', durationMs: 5000 }, a: {} }, ['start>w>a>end']))
    expect(run.last('TimerSet')).toEqual({ nodeId: 'w', fireAt: 5000, at: 0 })
    run.happens('timer:w:0=fires')
    expect([run.now, run.node('a').status]).toEqual([5000, 'running'])
  })

  it('lasts until the time its expression gives', () => {
    const run = new Bench(sagaOf({ w: { type: 'wait', until: '() => 1' } }, ['start>w>end']))
    run.happens('schedule:w=evaluates', 'timer:w:0=fires')
    expect([run.now, run.state.status]).toEqual([3_600_000, 'completed'])
  })

  it('the nearest of several timers fires first', () => {
    const run = new Bench(
      sagaOf({ long: { type: 'wait', durationMs: 20 }, short: { type: 'wait', durationMs: 10 } }, [
        'start>long>end',
        'start>short>end',
      ]),
    )
    expect(run.enabled).toEqual(['timer:short:0=fires'])
  })
})

describe('ids that every object answers to', () => {
  it('nodes called constructor and toString are nodes like any other', () => {
    const run = new Bench(
      sagaOf({ constructor: undoable, toString: {} }, ['start>constructor>toString>end']),
    ).succeed('constructor', 'toString')
    expect(run.state.status).toBe('completed')
  })

  it('edges too', () => {
    const saga = sagaOf({ a: {} }, ['start>a>end'])
    const run = new Bench({
      ...saga,
      edges: saga.edges.map((edge, at) => ({ ...edge, id: at === 0 ? 'constructor' : 'valueOf' })),
    })
    expect(run.node('a').status).toBe('running')
  })
})

describe('refusals', () => {
  it('a run is started once', () => {
    const run = new Bench(sagaOf({ a: {} }, ['start>a>end']))
    expect(
      run.send({
        type: 'start',
        saga: 'saga',
        designVersion: 1,
        input: {},
        seed: '',
        mode: 'live',
        faults: [],
        at: 0,
      }),
    ).toEqual({ code: 'ALREADY_STARTED' })
  })

  it('a node that is not there is named', () => {
    expect(
      new Bench(sagaOf({ a: {} }, ['start>a>end'])).send({
        type: 'timer',
        nodeId: 'x',
        phase: 'action',
        at: 0,
      }),
    ).toEqual({ code: 'NODE_NOT_FOUND', nodeId: 'x' })
  })

  it('an answer to an attempt that is not under way is not expected; once the run has ended, the run has ended', () => {
    const run = new Bench(sagaOf({ a: {} }, ['start>a>end']))
    const second = {
      type: 'outcome',
      nodeId: 'a',
      phase: 'action',
      attempt: 2,
      outcome: { type: 'succeeded', output: 1 },
      at: 0,
    } as const
    expect(run.send(second)).toEqual({ code: 'NOT_EXPECTED', nodeId: 'a' })
    run.succeed('a')
    expect(run.send(second)?.code).toBe('RUN_ENDED')
  })
})
