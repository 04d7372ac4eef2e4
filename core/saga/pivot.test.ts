import { describe, expect, it } from 'vitest'
import { Bench, type NodeParts, sagaOf, undoable } from './testing'

const pivot = { kind: 'pivot', ...undoable }
const after = sagaOf({ a: undoable, p: pivot, r: { kind: 'retriable' }, c: {} }, ['start>a>p>r>c>end'])

describe('a pivot', () => {
  it('that fails is compensated like any step', () => {
    const run = new Bench(after).succeed('a').comesTo('Refused', 'p').undone('a')
    expect(run.state.status).toBe('compensated')
  })

  it('that succeeded is not undone by a later failure: a person is asked', () => {
    const run = new Bench(after).succeed('a', 'p', 'r').comesTo('Refused', 'c')
    expect(run.last('SagaSuspended')).toMatchObject({
      reason: 'failed-after-pivot',
      nodeId: 'c',
      error: { code: 'Refused' },
    })
    expect(run.state.status).toBe('suspended')
  })

  it('retriable steps behind it are tried 20 times, then a person is asked', () => {
    const run = new Bench(after).succeed('a', 'p')
    for (let attempt = 1; attempt < 20; attempt++)
      run.comesTo('Unreachable', 'r').happens(`timer:r:${attempt}=fires`)
    run.comesTo('Unreachable', 'r')
    expect(run.last('SagaSuspended')).toMatchObject({ reason: 'retries-exhausted', nodeId: 'r' })
    expect(run.node('r').attempts).toBe(20)
  })

  it('whose outcome is unknown leaves the saga to a person', () => {
    const run = new Bench(after).succeed('a').comesTo('unknown', 'p')
    expect(run.last('SagaSuspended')).toMatchObject({ reason: 'pivot-unknown', nodeId: 'p' })
  })

  it('whose output expression throws has done its work all the same', () => {
    const saga = sagaOf({ a: undoable, p: { ...pivot, output: '(r) => r' } }, ['start>a>p>end'])
    const run = new Bench(saga).succeed('a').comesTo('output-throws', 'p')
    expect(run.state).toMatchObject({ status: 'suspended', pivotPassed: true })
  })

  const parallel = sagaOf({ p: pivot, b: undoable }, ['start>p>end', 'start>b>end'])

  it("that succeeds while another branch's failure settles takes the saga past it", () => {
    const run = new Bench(parallel).comesTo('Refused', 'b').succeed('p')
    expect(run.last('SagaSuspended')).toMatchObject({ reason: 'failed-after-pivot', nodeId: 'b' })
  })

  it('that waits for a retry, unknown, when another branch fails leaves the saga to a person', () => {
    const saga = sagaOf({ p: { ...pivot, retry: [{}] }, b: undoable }, ['start>p>end', 'start>b>end'])
    const run = new Bench(saga).comesTo('unknown', 'p').comesTo('Refused', 'b')
    expect(run.last('SagaSuspended')).toMatchObject({ reason: 'pivot-unknown', nodeId: 'p' })
    expect(run.state.error?.nodeId).toBe('b')
  })

  it('in doubt beside another failure: both are tried again before anything moves', () => {
    const run = new Bench(parallel).comesTo('Refused', 'b').comesTo('unknown', 'p')
    run.does({ action: 'retry', nodeId: 'p' })
    expect(run.last('SagaSuspended')).toMatchObject({ nodeId: 'b', reason: 'failed-after-pivot' })
    run.does({ action: 'retry', nodeId: 'b' }).succeed('p', 'b')
    expect(run.state.status).toBe('completed')
  })

  it('skipped by a person while in doubt is behind the saga', () => {
    const run = new Bench(after)
      .succeed('a')
      .comesTo('unknown', 'p')
      .does({ action: 'skip', nodeId: 'p', output: { by: 'hand' } })
    expect(run.succeed('r').comesTo('Refused', 'c').state).toMatchObject({
      status: 'suspended',
      data: { by: 'hand' },
    })
  })

  it('skipped while in doubt takes no blame for what fails behind it', () => {
    const run = new Bench(after).succeed('a').comesTo('unknown', 'p')
    run.does({ action: 'skip', nodeId: 'p', output: {} }).succeed('r').comesTo('Refused', 'c')
    expect(run.last('SagaSuspended')).toMatchObject({ reason: 'failed-after-pivot', nodeId: 'c' })
  })

  const beside = (parts: Readonly<Record<string, NodeParts>>) =>
    new Bench(
      sagaOf({ p: pivot, r: { kind: 'retriable' }, b: {}, ...parts }, [
        'start>p',
        ...['r', 'b', ...Object.keys(parts)].map((id) => `p>${id}>end`),
      ]),
    ).succeed('p')

  it('behind it another failure takes nobody his attempts: they go on once it has been dealt with', () => {
    const run = beside({}).comesTo('Unreachable', 'r').comesTo('Refused', 'b')
    expect(run.last('SagaSuspended')).toMatchObject({ nodeId: 'b' })
    expect(run.node('r')).toMatchObject({ status: 'retrying', attempts: 1 })
    expect(run.enabled).toEqual([])
    run.does({ action: 'retry', nodeId: 'b' }).succeed('b').happens('timer:r:1=fires').succeed('r')
    expect(run.state.status).toBe('completed')
  })

  it('behind it an attempt that fails while another failure waits for a person is tried again, too', () => {
    const run = beside({}).comesTo('Refused', 'b').comesTo('Unreachable', 'r')
    expect(run.node('r').status).toBe('retrying')
    expect(run.state.status).toBe('suspended')
    expect(run.does({ action: 'compensate' }).undone('p').state.status).toBe('compensated')
  })

  it('behind it what comes from outside is taken while a failure waits for a person', () => {
    const run = beside({ ask: { type: 'approval' }, hear: { type: 'signal', signal: 'Paid' } })
    run.succeed('r').comesTo('Refused', 'b')
    run.does({ action: 'decide', nodeId: 'ask', approved: true })
    run.does({ action: 'signal', signal: 'Paid', data: { paid: true } })
    expect(run.state.status).toBe('suspended')
    run.does({ action: 'skip', nodeId: 'b', output: {} })
    expect(run.state).toMatchObject({ status: 'completed', data: { paid: true, ask: { approved: true } } })
  })

  it('overtaking a cancel leaves the saga to a person, who goes on or compensates', () => {
    const run = () =>
      new Bench(sagaOf({ p: pivot, c: undoable }, ['start>p>c>end'])).does({ action: 'cancel' }).succeed('p')
    expect(run().last('SagaSuspended')).toMatchObject({
      reason: 'failed-after-pivot',
      error: { code: 'Cancelled' },
    })
    expect(run().does({ action: 'resume' }).succeed('c').state).toMatchObject({
      status: 'completed',
      error: null,
    })
    expect(run().does({ action: 'compensate' }).undone('p').state).toMatchObject({
      status: 'compensated',
      error: { code: 'Cancelled' },
    })
  })
})
