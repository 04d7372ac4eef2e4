import { describe, expect, it } from 'vitest'
import { replay } from './evolve'
import { heldNodes } from './operator'
import { Bench, sagaOf, undo, undoable } from './testing'

const chain = (mode: 'virtual' | 'manual' = 'virtual') =>
  new Bench(sagaOf({ a: undoable, b: undoable, c: {} }, ['start>a>b>c>end']), {}, mode)
const held = (run: Bench) => heldNodes(run.plan, run.state)

describe('step by step', () => {
  it('nothing begins until a person lets it, one node at a time', () => {
    const run = chain('manual')
    expect(run.story).toEqual(['SagaStarted'])
    expect(held(run)).toEqual(['a'])
    run.does({ action: 'step' })
    expect(run.story.slice(1)).toEqual(['OperatorActed a', 'StepStarted a'])
    run.succeed('a')
    expect([held(run), run.node('b').status]).toEqual([['b'], 'pending'])
  })

  it('lets begin the one that is named, of several', () => {
    const run = new Bench(sagaOf({ a: {}, b: {} }, ['start>a>end', 'start>b>end']), {}, 'manual')
    run.does({ action: 'step', nodeId: 'b' })
    expect([run.node('a').status, run.node('b').status]).toEqual(['pending', 'running'])
    expect(run.act({ action: 'step', nodeId: 'b' })).toMatchObject({ message: 'this node is not held' })
  })

  it('evaluates nothing of a node that is held', () => {
    const saga = sagaOf({ a: { input: '(data) => data' } }, ['start>a>end'])
    const run = new Bench(saga, {}, 'manual')
    expect(run.enabled).toEqual([])
    expect(run.does({ action: 'step' }).enabled).toContain('prepare:a=evaluates')
  })

  it('holds compensations too', () => {
    const run = chain('manual').does({ action: 'step' }).succeed('a').does({ action: 'step' })
    run.comesTo('Refused', 'b')
    expect([run.state.status, held(run)]).toEqual(['compensating', ['a']])
    expect(run.does({ action: 'step' }).undone('a').state.status).toBe('compensated')
  })

  it('is left for virtual time, and what was held begins', () => {
    const run = chain('manual').does({ action: 'set-speed', mode: 'virtual' })
    expect([run.state.mode, run.node('a').status, held(run)]).toEqual(['virtual', 'running', []])
    expect(run.act({ action: 'step' })).toMatchObject({ message: 'nothing is held' })
  })

  it('a breakpoint holds its node in any mode, others go on', () => {
    const run = chain()
      .does({ action: 'set-breakpoints', breakpoints: ['b'] })
      .succeed('a')
    expect([held(run), run.node('b').status]).toEqual([['b'], 'pending'])
    expect(run.does({ action: 'step' }).node('b').status).toBe('running')
    expect(run.succeed('b').node('c').status).toBe('running')
  })

  it('a breakpoint in a round stands at its place in the design', () => {
    const body = { type: 'step', action: { type: 'script', code: '() => ({})' } }
    const saga = sagaOf({ each: { type: 'map', items: '() => []', body } }, ['start>each>end'])
    const run = new Bench(saga, {}, 'virtual').does({ action: 'set-breakpoints', breakpoints: ['each'] })
    expect(held(run)).toEqual(['each'])
  })
})

describe('what a person does to a step', () => {
  const retrying = () =>
    new Bench(
      sagaOf({ a: { retry: [{ maxAttempts: 5, intervalMs: 60_000 }], ...undoable }, b: {} }, [
        'start>a>b>end',
      ]),
    ).comesTo('Unreachable', 'a')

  it('tries it again at once instead of waiting out the delay', () => {
    const run = retrying().does({ action: 'retry', nodeId: 'a' })
    expect(run.node('a')).toMatchObject({ status: 'running', attempts: 2 })
    expect(run.now).toBe(0)
  })

  it('skips one that waits for its next attempt, with an output in place of its own', () => {
    const run = retrying().does({ action: 'skip', nodeId: 'a', output: { a: 'by hand' } })
    expect(run.state.data).toEqual({ a: 'by hand' })
    expect(run.node('b').status).toBe('running')
  })

  it('skips it while the run is paused, too, and what follows waits until it is resumed', () => {
    const run = retrying().does({ action: 'pause' }).does({ action: 'skip', nodeId: 'a', output: {} })
    expect(run.node('b').status).toBe('pending')
    expect(run.does({ action: 'resume' }).node('b').status).toBe('running')
  })

  it('skipped when nobody knows whether it was done, or when it was, it is undone like any other', () => {
    const saga = sagaOf({ a: { ...undoable, retry: [{}] }, b: {} }, ['start>a>b>end'])
    const run = new Bench(saga)
      .comesTo('unknown', 'a')
      .does({ action: 'skip', nodeId: 'a', output: { by: 1 } })
    run.comesTo('Refused', 'b')
    expect(run.last('SagaCompensating')).toMatchObject({ steps: ['a'] })
    expect(run.undone('a').node('a').compensation?.input).toMatchObject({ output: null })
  })

  it('skipped though its work was done, its compensation is told what its action returned', () => {
    const b = { output: '(r) => r', ...undoable }
    const run = new Bench(sagaOf({ p: { kind: 'pivot' }, b, c: {} }, ['start>p>b>c>end']))
      .succeed('p')
      .comesTo('output-throws', 'b')
      .does({ action: 'skip', nodeId: 'b', output: { by: 'hand' } })
    expect(run.node('b').output).toEqual({ by: 'hand' })
    run.comesTo('Refused', 'c').does({ action: 'compensate' })
    expect(run.node('b').compensation?.input).toMatchObject({ output: { b: 1 }, data: { by: 'hand' } })
  })

  it('folds as before what was skipped before it was said whether its work was done', () => {
    const saga = sagaOf({ a: { ...undoable, retry: [{}] }, b: {} }, ['start>a>b>end'])
    const run = new Bench(saga).comesTo('unknown', 'a').does({ action: 'skip', nodeId: 'a', output: {} })
    const before = run.events.map((event) => {
      if (event.type !== 'StepSkipped') return event
      const { touched: _touched, ...data } = event.data
      return { ...event, data }
    })
    expect(replay(run.plan, run.events).ended).toEqual(['a'])
    expect(replay(run.plan, before).ended).toEqual([])
  })

  it('skips a wait, and one that is held', () => {
    const saga = sagaOf({ w: { type: 'wait', durationMs: 1000 }, b: {} }, ['start>w>b>end'])
    const run = new Bench(saga).does({ action: 'set-breakpoints', breakpoints: ['b'] })
    run.does({ action: 'skip', nodeId: 'w', output: {} }).does({ action: 'skip', nodeId: 'b', output: {} })
    expect(run.state.status).toBe('completed')
  })

  it('fails one in flight: nobody knows what became of it, and it is undone', () => {
    const run = chain().succeed('a')
    run.act({ action: 'fail', nodeId: 'b', code: 'Stuck' }, 'it hangs')
    expect(run.state.error).toMatchObject({ code: 'Stuck', message: 'it hangs', nodeId: 'b' })
    expect(run.node('b').effect).toBe('unknown')
    expect(run.last('SagaCompensating')).toMatchObject({ steps: ['b', 'a'] })
    // What it comes to after all is late.
    expect(run.enabled).toContain('action:b:1=late-success')
  })

  it('fails one that waits for its next attempt: nothing of it is under way', () => {
    const run = retrying().does({ action: 'fail', nodeId: 'a', code: 'Enough' })
    expect(run.state).toMatchObject({ status: 'compensated', error: { code: 'Enough' } })
  })

  it('neither skips nor fails what is over or has not its turn', () => {
    const run = chain().succeed('a')
    for (const nodeId of ['a', 'c', 'start']) {
      expect(run.act({ action: 'skip', nodeId, output: {} })).toMatchObject({ code: 'ACTION_REFUSED' })
      expect(run.act({ action: 'fail', nodeId, code: 'X' })).toMatchObject({ code: 'ACTION_REFUSED' })
    }
    expect(run.act({ action: 'skip', nodeId: 'b', output: {} })).toMatchObject({ code: 'ACTION_REFUSED' })
  })
})

describe('data by hand', () => {
  it('take the place of a suspended run’s, and what follows goes by them', () => {
    const run = chain()
      .does({ action: 'pause' })
      .does({ action: 'set-data', data: { edited: 1 } })
    run.succeed('a').does({ action: 'resume' })
    expect(run.node('b').input).toEqual({ edited: 1, a: 1 })
  })

  it('of a saga within are its own', () => {
    const inner = { ...sagaOf({ x: {}, y: {} }, ['start>x>y>end']), id: 'inner' }
    const saga = sagaOf({ sub: { type: 'saga', saga: 'inner' } }, ['start>sub>end'])
    const run = new Bench(saga, { n: 1 }, 'virtual', [inner]).does({ action: 'pause' })
    run
      .does({ action: 'set-data', data: { m: 2 }, scope: 'sub' })
      .succeed('sub/x')
      .does({ action: 'resume' })
    expect(run.node('sub/y').input).toEqual({ m: 2, 'sub/x': 1 })
    expect(run.state.data).toEqual({ n: 1 })
  })

  const mended = (parts = {}) =>
    new Bench(sagaOf({ p: { kind: 'pivot' }, b: { ...parts }, c: {} }, ['start>p>b>c>end']), { n: 1 })
      .succeed('p')
      .happens(...('input' in parts ? ['prepare:b=evaluates'] : []))
      .comesTo('Refused', 'b')

  it('are what a failed step is given when it is tried again, whatever it was given before', () => {
    const run = mended()
      .does({ action: 'set-data', data: { n: 2 } })
      .does({ action: 'retry', nodeId: 'b' })
    expect(run.node('b')).toMatchObject({ status: 'running', attempts: 2, input: { n: 2 } })
  })

  it('and its input expression is evaluated anew, under the number of the next attempt', () => {
    const run = mended({ input: '(d) => d' }).does({ action: 'set-data', data: { n: 2 } })
    run.does({ action: 'retry', nodeId: 'b' })
    expect(run.node('b').status).toBe('pending')
    expect(run.happens('prepare:b=evaluates').node('b')).toMatchObject({ status: 'running', attempts: 2 })
    run.comesTo('Refused', 'b').does({ action: 'retry', nodeId: 'b' })
    expect(run.node('b')).toMatchObject({ status: 'running', attempts: 3 })
  })

  it('reach a step that is to be tried again and is held', () => {
    const run = mended().does({ action: 'set-breakpoints', breakpoints: ['b'] })
    run.does({ action: 'retry', nodeId: 'b' }).does({ action: 'pause' })
    run
      .does({ action: 'set-data', data: { n: 3 } })
      .does({ action: 'resume' })
      .does({ action: 'step' })
    expect(run.node('b')).toMatchObject({ status: 'running', attempts: 2, input: { n: 3 } })
  })

  it('that nobody edited leave the input of a failed step as it was', () => {
    const run = mended().does({ action: 'retry', nodeId: 'b' })
    expect(run.node('b').input).toEqual({ n: 1, p: 1 })
    expect(run.last('StepStarted')).not.toHaveProperty('input')
  })

  it('are not edited while it runs, nor where no saga is', () => {
    expect(chain().act({ action: 'set-data', data: {} })).toMatchObject({ code: 'ACTION_REFUSED' })
    const paused = chain().does({ action: 'pause' })
    expect(paused.act({ action: 'set-data', data: {}, scope: 'a' })).toMatchObject({ code: 'ACTION_REFUSED' })
  })
})

describe('a compensation that has failed', () => {
  const stuck = () => {
    const once = { compensation: { ...undo, retry: [{ maxAttempts: 1 }] } }
    const run = new Bench(sagaOf({ a: undoable, b: once, c: {} }, ['start>a>b>c>end']))
    return run.succeed('a', 'b').comesTo('Refused', 'c').undoingComesTo('Refused', 'b').undone('a')
  }

  it('leaves the saga failed and names it; the original error stays', () => {
    expect(stuck().state).toMatchObject({
      status: 'failed',
      notUndone: ['b'],
      error: { nodeId: 'c', code: 'Refused' },
    })
  })

  it('is tried again when a person says so, and the saga ends anew', () => {
    const run = stuck().does({ action: 'retry-compensation', nodeId: 'b' })
    expect(run.state).toMatchObject({ status: 'compensating', notUndone: [], endedAt: null })
    expect(run.undone('b').state.status).toBe('compensated')
    expect(run.node('b').compensation?.attempts).toBe(2)
  })

  it('that fails again fails the saga again', () => {
    const run = stuck().does({ action: 'retry-compensation', nodeId: 'b' }).undoingComesTo('Refused', 'b')
    expect(run.state).toMatchObject({ status: 'failed', notUndone: ['b'] })
  })

  it('is marked as done by hand, with how it was', () => {
    const run = stuck()
    const act = { action: 'mark-compensated', nodeId: 'b' } as const
    expect(run.act(act)).toMatchObject({ code: 'ACTION_REFUSED' })
    expect(run.act(act, 'refunded in cash')).toBeUndefined()
    expect(run.state.status).toBe('compensated')
    expect(run.node('b').compensation).toMatchObject({ status: 'compensated', byHand: 'refunded in cash' })
  })

  it('is left as it is', () => {
    const run = stuck().does({ action: 'leave-compensation', nodeId: 'b' })
    expect(run.state).toMatchObject({ status: 'failed', notUndone: ['b'] })
    expect(run.node('b').compensation?.left).toBe(true)
  })

  it('is nobody’s to deal with when it has not failed', () => {
    const run = stuck()
    expect(run.act({ action: 'retry-compensation', nodeId: 'a' })).toMatchObject({ code: 'ACTION_REFUSED' })
    expect(run.act({ action: 'cancel' })).toEqual({ code: 'RUN_ENDED' })
  })
})
