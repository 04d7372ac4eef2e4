import { describe, expect, it } from 'vitest'
import { DESIGN_LIMITS } from '../design/limits'
import type { Saga } from '../design/saga'
import { designPath, joinPath, parentPath, roundOf } from './path'
import { placeInDesign } from './plan'
import { Bench, sagaOf, undo, undoable } from './testing'
import { viewRun } from './view'

const script = { type: 'script', code: '() => ({})' }
const inner: Saga = {
  ...sagaOf({ x: undoable, y: undoable }, ['start>x>y>end']),
  id: 'inner',
}

const shipping = () =>
  new Bench(
    sagaOf({ a: undoable, ship: { type: 'saga', saga: 'inner' }, z: undoable }, ['start>a>ship>z>end']),
    { order: 1 },
    'virtual',
    [inner],
  )

const mapping = (parts = {}, most = 2, options = {}) =>
  new Bench(
    sagaOf(
      {
        each: {
          type: 'map',
          items: '() => []',
          maxConcurrency: most,
          body: { type: 'step', action: script, compensation: undo },
          ...parts,
        },
        z: undoable,
      },
      ['start>each>z>end'],
      options,
    ),
    {},
    'virtual',
    [inner],
  )

const looping = (parts = {}) =>
  new Bench(
    sagaOf(
      {
        poll: {
          type: 'loop',
          until: '() => true',
          maxIterations: 2,
          body: { type: 'step', action: script, compensation: undo },
          ...parts,
        },
        z: {},
      },
      ['start>poll>z>end'],
    ),
    { n: 0 },
    'virtual',
    [inner],
  )

const list = (bench: Bench, items: readonly number[]) =>
  bench.send({ type: 'listed', nodeId: 'each', result: { ok: true, value: [...items] }, at: bench.now })

describe('paths', () => {
  it('leave the rounds out to name a place in the design', () => {
    expect(designPath('each/2/charge')).toBe('each/charge')
    expect(designPath('each/2')).toBe('each')
    expect(designPath('a')).toBe('a')
  })

  it('tell the level above, and the innermost round', () => {
    expect(parentPath('each/2/charge')).toBe('each/2')
    expect(parentPath('a')).toBe('')
    expect([roundOf('each/2/charge'), roundOf('each/2/deep/3'), roundOf('ship/a')]).toEqual([2, 3, null])
    expect(joinPath(joinPath('', 'each'), 2)).toBe('each/2')
  })

  it('find nothing where nothing stands', () => {
    const { plan } = mapping()
    const nowhere = ['nowhere', 'each/x', 'each/0/x', 'z/0', 'z/y', 'each/0/0', '']
    expect(nowhere.filter((path) => plan.place(path))).toEqual([])
  })

  it('of a place in the design lead to what its rounds do', () => {
    expect(placeInDesign(mapping().plan, 'each')?.node.type).toBe('step')
    const nested = mapping({ body: { type: 'saga', saga: 'inner' } }).plan
    expect(placeInDesign(nested, 'each/x')?.path).toBe('each/0/x')
    expect(placeInDesign(nested, 'each/2/x')?.path).toBe('each/2/x')
    expect(placeInDesign(nested, 'each/nowhere')).toBeUndefined()
  })
})

describe('a saga within a saga', () => {
  it('runs between what leads to its node and what follows, on data of its own', () => {
    const run = shipping().succeed('a')
    expect(run.node('ship').status).toBe('running')
    run.succeed('ship/x', 'ship/y')
    expect(run.story.slice(-3)).toEqual(['StepCompleted ship/y', 'SubSagaCompleted ship', 'StepStarted z'])
    const data = { order: 1, a: 1, 'ship/x': 1, 'ship/y': 1 }
    expect(run.state.scopes?.ship).toEqual({ input: { order: 1, a: 1 }, data })
    expect(run.state.data).toEqual(data)
    expect(run.succeed('z').state.status).toBe('completed')
  })

  it('is given what its input expression makes, and merges what its output expression does', () => {
    const run = new Bench(
      sagaOf({ ship: { type: 'saga', saga: 'inner', input: '() => ({})', output: '() => ({})' } }, [
        'start>ship>end',
      ]),
      { order: 1 },
      'virtual',
      [inner],
    )
    run.happens('prepare:ship=evaluates')
    expect(run.state.scopes?.ship?.input).toEqual({ from: { order: 1 } })
    run.succeed('ship/x', 'ship/y').happens('collect:ship=evaluates')
    expect(run.state.data).toEqual({ order: 1, ship: 'collected' })
    expect(run.state.status).toBe('completed')
  })

  it('hands back what it changed, and leaves alone what another branch has written meanwhile', () => {
    const saga = sagaOf({ ship: { type: 'saga', saga: 'inner' }, b: {} }, ['start>ship>end', 'start>b>end'])
    const run = new Bench(saga, { b: 0, order: 1 }, 'virtual', [inner])
    run.succeed('b', 'ship/x', 'ship/y')
    expect(run.last('SubSagaCompleted')).toMatchObject({ patch: { 'ship/x': 1, 'ship/y': 1 } })
    expect(run.state.data).toEqual({ b: 1, order: 1, 'ship/x': 1, 'ship/y': 1 })
    const alone = new Bench(saga, { b: 0 }, 'virtual', [inner]).succeed('ship/x', 'ship/y')
    expect(alone.last('SubSagaCompleted')).not.toHaveProperty('patch')
  })

  it('fails when its input is no object, and it has not begun', () => {
    const saga = sagaOf({ ship: { type: 'saga', saga: 'inner', input: '() => 1' } }, ['start>ship>end'])
    const run = new Bench(saga, {}, 'virtual', [inner])
    const result = { ok: true, value: 7 } as const
    run.send({ type: 'prepared', nodeId: 'ship', phase: 'action', result, at: 0 })
    expect(run.state).toMatchObject({
      status: 'compensated',
      error: { code: 'CODE_RESULT_INVALID', nodeId: 'ship' },
    })
    expect(run.state.scopes).toBeUndefined()
  })

  it('that fails is undone with the rest, backwards through it', () => {
    const run = shipping().succeed('a', 'ship/x').comesTo('Refused', 'ship/y')
    expect(run.last('SagaCompensating')).toMatchObject({ steps: ['ship/x', 'a'] })
    expect(run.state.error).toMatchObject({ code: 'Refused', nodeId: 'ship/y' })
    run.undone('ship/x')
    expect(run.story.at(-1)).toBe('CompensationStarted a')
    expect(run.undone('a').state.status).toBe('compensated')
  })

  it('that completed is undone before what led to it', () => {
    const run = shipping().succeed('a', 'ship/x', 'ship/y').comesTo('Refused', 'z')
    expect(run.enabled.filter((name) => name.endsWith('=succeeds'))).toEqual([
      'compensation:ship/y:1=succeeds',
    ])
    run.undone('ship/y', 'ship/x', 'a')
    expect(run.state.status).toBe('compensated')
  })

  it('goes by its own order when it is undone', () => {
    const side = { ...sagaOf({ x: undoable, y: undoable }, ['start>x>end', 'start>y>end']), id: 'inner' }
    const undoing = (order: 'graph' | 'strict') => {
      const saga = sagaOf({ ship: { type: 'saga', saga: 'inner' }, z: {} }, ['start>ship>z>end'])
      const run = new Bench(saga, {}, 'virtual', [{ ...side, compensationOrder: order }])
      run.succeed('ship/x', 'ship/y').comesTo('Refused', 'z')
      return run.enabled.filter((name) => name.endsWith('=succeeds'))
    }
    expect(undoing('graph')).toEqual(['compensation:ship/x:1=succeeds', 'compensation:ship/y:1=succeeds'])
    expect(undoing('strict')).toEqual(['compensation:ship/y:1=succeeds'])
  })

  it('holds the pivot of the whole run', () => {
    const pivot = { ...sagaOf({ p: { kind: 'pivot' } }, ['start>p>end']), id: 'inner' }
    const run = new Bench(
      sagaOf({ a: undoable, ship: { type: 'saga', saga: 'inner' }, z: {} }, ['start>a>ship>z>end']),
      {},
      'virtual',
      [pivot],
    )
    run.succeed('a', 'ship/p').comesTo('Refused', 'z')
    expect(run.state).toMatchObject({ status: 'suspended', suspended: { reason: 'failed-after-pivot' } })
  })

  it('looks failed when something in it has, and undone when all of it is', () => {
    const run = shipping().succeed('a', 'ship/x').comesTo('Refused', 'ship/y')
    expect(viewRun(run.plan, run.state).nodes.ship).toMatchObject({
      status: 'failed',
      error: { code: 'Refused' },
      compensation: { status: 'running' },
    })
    run.undone('ship/x')
    expect(viewRun(run.plan, run.state).nodes.ship?.compensation?.status).toBe('compensated')
  })

  it('gives its steps idempotency keys that nothing else has', () => {
    const run = shipping().succeed('a')
    expect(run.effect('action:ship/x:1')?.idempotencyKey).toBe('ship/x:0:action')
  })
})

describe('a map', () => {
  it('begins no more rounds at once than it may, in the order of the items', () => {
    const run = mapping()
    list(run, [10, 11, 12])
    expect(run.story.slice(-3)).toEqual(['MapStarted each', 'StepStarted each/0', 'StepStarted each/1'])
    expect(run.node('each/1').input).toBe(11)
    run.succeed('each/1')
    expect(run.story.at(-1)).toBe('StepStarted each/2')
  })

  it('merges the results in the order of the items under its id', () => {
    const run = mapping()
    list(run, [10, 11])
    run.succeed('each/1', 'each/0')
    expect(run.state.data).toEqual({ each: [{ 'each/0': 1 }, { 'each/1': 1 }] })
    expect(run.story.slice(-2)).toEqual(['MapCompleted each', 'StepStarted z'])
  })

  it('merges what its output expression makes of them instead', () => {
    const run = mapping({ output: '(results) => ({})' })
    list(run, [10])
    run.succeed('each/0').happens('collect:each=evaluates')
    expect(run.state.data).toEqual({ each: 'collected' })
  })

  it('of no items is through at once', () => {
    const run = mapping()
    list(run, [])
    expect(run.story.slice(-3)).toEqual(['MapStarted each', 'MapCompleted each', 'StepStarted z'])
    expect(run.state.data).toEqual({ each: [] })
  })

  it('evaluates what a round is given from its item, one round after the other', () => {
    const run = mapping({ body: { type: 'step', action: script, input: '(item) => item' } })
    list(run, [10, 11])
    run.happens('prepare:each/0=evaluates', 'prepare:each/1=evaluates')
    expect([run.node('each/0').input, run.node('each/1').input]).toEqual([{ from: 10 }, { from: 11 }])
  })

  it('begins no further round when one fails; those under way settle and are undone side by side', () => {
    const run = mapping()
    list(run, [10, 11, 12, 13])
    run.succeed('each/0').comesTo('Refused', 'each/1')
    expect(run.state.status).toBe('running')
    run.succeed('each/2')
    expect(run.last('SagaCompensating')).toMatchObject({ steps: ['each/2', 'each/0'] })
    expect(run.story).not.toContain('StepStarted each/3')
    expect(run.enabled.filter((name) => name.endsWith('=succeeds'))).toEqual([
      'compensation:each/0:1=succeeds',
      'compensation:each/2:1=succeeds',
    ])
    expect(run.undone('each/0', 'each/2').state.status).toBe('compensated')
  })

  it('in strict order undoes the round that ended last first', () => {
    const run = mapping({}, 2, { compensationOrder: 'strict' })
    list(run, [10, 11])
    run.succeed('each/1', 'each/0').comesTo('Refused', 'z')
    expect(run.enabled.filter((name) => name.endsWith('=succeeds'))).toEqual([
      'compensation:each/0:1=succeeds',
    ])
  })

  it('runs a saga for each item, and an item that is no object is given under its name', () => {
    const run = mapping({ body: { type: 'saga', saga: 'inner' } })
    list(run, [10, 11])
    expect(run.state.scopes?.['each/1']?.input).toEqual({ item: 11 })
    run.succeed('each/1/x', 'each/0/x', 'each/0/y', 'each/1/y').comesTo('Refused', 'z')
    // Each round backwards, the rounds side by side.
    expect(run.enabled.filter((name) => name.endsWith('=succeeds'))).toEqual([
      'compensation:each/0/y:1=succeeds',
      'compensation:each/1/y:1=succeeds',
    ])
    run.undone('each/0/y', 'each/1/y', 'each/1/x', 'each/0/x')
    expect(run.state.status).toBe('compensated')
  })

  it('gives each round a key of its own, the same for every attempt', () => {
    const body = { type: 'step', action: script, retry: [{ maxAttempts: 2, intervalMs: 10 }] }
    const run = mapping({ body })
    list(run, [10, 11])
    expect(run.effect('action:each/1:1')?.idempotencyKey).toBe('each:1:action')
    run.comesTo('Unreachable', 'each/1').happens('timer:each/1:1=fires')
    expect(run.effect('action:each/1:2')?.idempotencyKey).toBe('each:1:action')
  })

  it('refuses more items than a run may unfold, and does nothing', () => {
    const run = mapping()
    list(
      run,
      Array.from({ length: DESIGN_LIMITS.mapItems + 1 }, (_, at) => at),
    )
    expect(run.state.error).toMatchObject({ code: 'TooManyItems', nodeId: 'each' })
  })

  it('begins nothing more in a run that has unfolded as far as one may', () => {
    const saga = sagaOf(
      {
        outer: { type: 'map', items: '() => []', maxConcurrency: 100, body: { type: 'saga', saga: 'rows' } },
      },
      ['start>outer>end'],
    )
    const rows = {
      ...sagaOf(
        {
          cells: {
            type: 'map',
            items: '() => []',
            maxConcurrency: 100,
            body: { type: 'step', action: script },
          },
        },
        ['start>cells>end'],
      ),
      id: 'rows',
    }
    const run = new Bench(saga, {}, 'virtual', [rows])
    const items = Array.from({ length: DESIGN_LIMITS.mapItems }, (_, at) => at)
    const listed = (nodeId: string) =>
      run.send({ type: 'listed', nodeId, result: { ok: true, value: items }, at: 0 })
    listed('outer')
    for (let row = 0; row < 100 && !run.state.error; row++) listed(`outer/${row}/cells`)
    expect(run.state.error).toMatchObject({ code: 'RunTooLarge' })
  })
})

describe('a loop', () => {
  it('asks its condition after each round, on data that the rounds have been merged into', () => {
    const run = looping().succeed('poll/0')
    expect(run.enabled).toContain('judge:poll:0=done')
    expect(run.effectData('judge:poll:0')).toEqual({ n: 0, 'poll/0': 1 })
    run.happens('judge:poll:0=again')
    expect(run.node('poll/1').input).toEqual({ n: 0, 'poll/0': 1 })
    run.succeed('poll/1').happens('judge:poll:1=done')
    expect(run.state.data).toEqual({ n: 0, 'poll/0': 1, 'poll/1': 1 })
    expect(run.story.slice(-2)).toEqual(['LoopCompleted poll', 'StepStarted z'])
  })

  it('fails when its condition does not hold after the last round', () => {
    const run = looping().succeed('poll/0').happens('judge:poll:0=again').succeed('poll/1')
    run.happens('judge:poll:1=again')
    expect(run.state.error).toMatchObject({ code: 'LoopExhausted', nodeId: 'poll', kind: 'business' })
    expect(run.last('SagaCompensating')).toMatchObject({ steps: ['poll/1', 'poll/0'] })
  })

  it('that has had all its rounds is asked again when a person has it tried again, on the data as they are', () => {
    const saga = sagaOf(
      {
        p: { kind: 'pivot' },
        poll: { type: 'loop', until: '() => true', maxIterations: 1, body: { type: 'step', action: script } },
      },
      ['start>p>poll>end'],
    )
    const run = new Bench(saga).succeed('p', 'poll/0').happens('judge:poll:0=again')
    expect(run.state).toMatchObject({ status: 'suspended', error: { code: 'LoopExhausted' } })
    run.does({ action: 'set-data', data: { mended: true } }).does({ action: 'retry', nodeId: 'poll' })
    expect(run.effectData('judge:poll:0')).toMatchObject({ mended: true })
    expect(run.happens('judge:poll:0=done').state.status).toBe('completed')
  })

  it('of commands goes by what a person gave in place of a round', () => {
    const action = { type: 'command', aggregate: 'Order', command: 'Place', key: '() => "o"' }
    const saga = sagaOf(
      {
        p: { kind: 'pivot' },
        poll: { type: 'loop', until: '() => true', body: { type: 'step', action } },
      },
      ['start>p>poll>end'],
    )
    const run = new Bench(saga).succeed('p').comesTo('Refused', 'poll/0')
    run.does({ action: 'skip', nodeId: 'poll/0', output: { n: 5 } })
    expect(run.effectData('judge:poll:0')).toMatchObject({ n: 5 })
    expect(run.happens('judge:poll:0=done').state.data).toMatchObject({ n: 5 })
  })

  it('of sagas leaves alone what another branch has written meanwhile', () => {
    const body = { type: 'saga', saga: 'inner' }
    const saga = sagaOf({ poll: { type: 'loop', until: '() => true', body }, b: {} }, [
      'start>poll>end',
      'start>b>end',
    ])
    const run = new Bench(saga, { b: 0 }, 'virtual', [inner])
    run.succeed('b', 'poll/0/x', 'poll/0/y').happens('judge:poll:0=done')
    expect(run.state.data).toEqual({ b: 1, 'poll/0/x': 1, 'poll/0/y': 1 })
  })

  it('is undone from its last round to its first', () => {
    const run = looping().succeed('poll/0').happens('judge:poll:0=again').succeed('poll/1')
    run.happens('judge:poll:1=done').comesTo('Refused', 'z')
    expect(run.enabled.filter((name) => name.endsWith('=succeeds'))).toEqual([
      'compensation:poll/1:1=succeeds',
    ])
    run.undone('poll/1')
    expect(run.enabled.filter((name) => name.endsWith('=succeeds'))).toEqual([
      'compensation:poll/0:1=succeeds',
    ])
  })

  it('tells a round what the one before it returned', () => {
    const run = looping({ body: { type: 'step', action: script, input: '(last) => last' } })
    run.happens('prepare:poll/0=evaluates')
    expect(run.node('poll/0').input).toEqual({ from: null })
    run.succeed('poll/0').happens('judge:poll:0=again', 'prepare:poll/1=evaluates')
    expect(run.node('poll/1').input).toEqual({ from: { 'poll/0': 1 } })
  })

  it('an answer about another round than the last changes nothing', () => {
    const run = looping().succeed('poll/0')
    const result = { ok: true, value: true } as const
    expect(run.send({ type: 'judged', nodeId: 'poll', round: 1, result, at: 0 })?.code).toBe('NOT_EXPECTED')
  })

  it('of sagas runs one saga after the other', () => {
    const run = looping({ body: { type: 'saga', saga: 'inner' } }).succeed('poll/0/x', 'poll/0/y')
    run.happens('judge:poll:0=again').succeed('poll/1/x', 'poll/1/y').happens('judge:poll:1=done')
    run.comesTo('Refused', 'z').undone('poll/1/y', 'poll/1/x', 'poll/0/y', 'poll/0/x')
    expect(run.state.status).toBe('compensated')
  })
})

describe('faults', () => {
  it('at a place in the design strike in every round, at a path in that one', () => {
    const run = mapping()
    list(run, [10, 11])
    const fault = {
      node: 'each',
      phase: 'action',
      probability: 1,
      effect: { type: 'latency', ms: 5 },
    } as const
    run.does({ action: 'add-fault', nodeId: 'each', fault })
    expect([run.effect('action:each/0:1')?.fault, run.effect('action:each/1:1')?.fault]).toEqual([
      fault,
      fault,
    ])
    const other = mapping()
    list(other, [10, 11])
    other.does({ action: 'add-fault', nodeId: 'each/1', fault: { ...fault, node: 'each/1' } })
    expect(other.effect('action:each/0:1')?.fault).toBeNull()
    expect(other.effect('action:each/1:1')?.fault?.node).toBe('each/1')
  })

  it('that are lifted strike no more: at one node, or anywhere', () => {
    const latency = { type: 'latency', ms: 5 } as const
    const slow = (node: string) => ({ node, phase: 'action', probability: 1, effect: latency }) as const
    const broken = () => {
      const run = new Bench(sagaOf({ a: {}, b: {} }, ['start>a>end', 'start>b>end']))
      for (const nodeId of ['a', 'b']) run.does({ action: 'add-fault', nodeId, fault: slow(nodeId) })
      return run
    }
    expect(broken().does({ action: 'lift-faults', nodeId: 'a' }).state.faults).toEqual([slow('b')])
    const whole = broken().does({ action: 'lift-faults' })
    expect(whole.effect('action:a:1')?.fault).toBeNull()
    expect(whole.act({ action: 'lift-faults' })).toMatchObject({ code: 'ACTION_REFUSED' })
    expect(whole.act({ action: 'lift-faults', nodeId: 'a' })).toMatchObject({ code: 'ACTION_REFUSED' })
  })

  it('that strike once are on record and then no more', () => {
    const run = new Bench(sagaOf({ a: {} }, ['start>a>end']))
    const fault = {
      node: 'a',
      phase: 'action',
      probability: 1,
      effect: { type: 'crash', when: 'before' },
    } as const
    run.does({ action: 'add-fault', nodeId: 'a', fault })
    const injected = { type: 'injected', nodeId: 'a', phase: 'action', attempt: 1, fault: 'crash' } as const
    expect(run.effect('action:a:1')?.fault).toEqual(fault)
    expect(run.send({ ...injected, at: 0 })).toBeUndefined()
    expect(run.effect('action:a:1')?.fault).toBeNull()
    expect(run.send({ ...injected, attempt: 2, at: 0 })?.code).toBe('NOT_EXPECTED')
  })
})

describe('a node that runs others', () => {
  it('has no attempts: an outcome, a timeout or an injected fault about one is refused', () => {
    const run = looping()
    const about = { nodeId: 'poll', phase: 'action', attempt: 0, at: run.now } as const
    const refused = { code: 'NOT_EXPECTED', nodeId: 'poll' }
    expect(run.send({ type: 'outcome', ...about, outcome: { type: 'succeeded', output: 1 } })).toEqual(
      refused,
    )
    expect(run.send({ type: 'timed-out', ...about })).toEqual(refused)
    expect(run.send({ type: 'injected', ...about, fault: 'crash' })).toEqual(refused)
  })
})
