import { describe, expect, it } from 'vitest'
import { effectsOf } from './effects'
import { Bench, sagaOf, undoable } from './testing'
import { viewRun } from './view'

const saga = sagaOf({ a: { retry: [{}], timeoutMs: 100, ...undoable }, b: { input: '(d) => d' } }, [
  'start>a>b>end',
])
const effects = (run: Bench) => effectsOf(run.plan, run.state)

describe('what a run asks of the world', () => {
  it('an attempt says what to do with what, how long it may take, and under which key', () => {
    expect(effects(new Bench(saga, { order: 7 }))).toEqual([
      {
        type: 'perform',
        key: 'action:a:1',
        nodeId: 'a',
        phase: 'action',
        attempt: 1,
        action: { type: 'script', code: '() => ({})' },
        input: { order: 7 },
        data: { order: 7 },
        timeoutMs: 100,
        fault: null,
        idempotencyKey: 'a:0:action',
      },
    ])
  })

  it('every attempt has the same idempotency key, a compensation one of its own', () => {
    const run = new Bench(saga)
    const keys = () =>
      effects(run).flatMap((effect) => (effect.type === 'perform' ? [effect.idempotencyKey] : []))
    const first = keys()
    run.comesTo('Unreachable', 'a').happens('timer:a:1=fires')
    expect([first, keys()]).toEqual([['a:0:action'], ['a:0:action']])
    run.succeed('a').happens('prepare:b=throws')
    expect(keys()).toEqual(['a:0:compensation'])
  })

  it('a retry is a timer until it is due', () => {
    const run = new Bench(saga).comesTo('Unreachable', 'a')
    expect(effects(run)).toEqual([
      { type: 'timer', key: 'timer:a:1', nodeId: 'a', phase: 'action', at: 1000 },
    ])
  })

  it('a run that has ended, or is paused with nothing in flight, asks for nothing', () => {
    expect(effects(new Bench(sagaOf({}, [])))).toEqual([])
    expect(effects(new Bench(saga).comesTo('Unreachable', 'a').does({ action: 'pause' }))).toEqual([])
  })
})

describe('the view of a run', () => {
  it('has every node of the design, those that nothing has happened to yet included', () => {
    const run = new Bench(saga)
    const view = viewRun(run.plan, run.state)
    expect(Object.entries(view.nodes).map(([id, { status }]) => [id, status])).toEqual([
      ['start', 'succeeded'],
      ['a', 'running'],
      ['b', 'pending'],
      ['end', 'pending'],
    ])
    expect(view).toMatchObject({ status: 'running', seq: 2, settling: false, error: null })
  })

  it('says that a failure settles', () => {
    const run = new Bench(sagaOf({ a: {}, b: {} }, ['start>a>end', 'start>b>end'])).comesTo('Refused', 'a')
    expect(viewRun(run.plan, run.state)).toMatchObject({ settling: true, status: 'running' })
  })
})
