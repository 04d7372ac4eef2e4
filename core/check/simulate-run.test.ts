import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json'
import { planSaga } from '../saga/plan'
import { sagaOf, undoable } from '../saga/testing'
import { allGoesWell, follow, simulateRun } from './simulate-run'
import { enabled, START, take } from './transition'

const plan = planSaga(
  sagaOf(
    { a: { timeoutMs: 100, ...undoable }, w: { type: 'wait', durationMs: 3 * 24 * 3_600_000 }, b: undoable },
    ['start>a>w>b>end'],
  ),
)
const options = { input: { order: 7 }, seed: 's' }

describe('a simulated run', () => {
  it('in which all goes well completes, and a wait of three days takes no time', () => {
    const run = simulateRun(plan, { ...options, choose: allGoesWell })
    expect([run.end, run.state.status, run.state.endedAt]).toEqual(['ended', 'completed', 259_200_000])
    expect(run.trace).toEqual(['action:a:1=succeeds', 'timer:w:0=fires', 'action:b:1=succeeds'])
  })

  it('follows a witness, then goes well', () => {
    const run = simulateRun(plan, {
      ...options,
      choose: follow(['action:a:1=times-out', 'action:a:1=late-success']),
    })
    expect(run.state).toMatchObject({ status: 'compensated', error: { code: 'Timeout', nodeId: 'a' } })
    expect(run.state.nodes.a?.late).toMatchObject({ type: 'succeeded' })
  })

  it('stops where it is told to, at a name that cannot happen, and at its bound', () => {
    expect(simulateRun(plan, { ...options, choose: () => null }).end).toBe('stopped')
    expect(simulateRun(plan, { ...options, choose: follow(['nothing like this']) }).end).toBe('stopped')
    expect(simulateRun(plan, { ...options, choose: allGoesWell, bound: 1 }).end).toBe('bound')
  })

  it('that waits for a person is suspended, whatever may still arrive late', () => {
    const pivot = planSaga(sagaOf({ p: { kind: 'pivot' } }, ['start>p>end']))
    expect(simulateRun(pivot, { ...options, choose: follow(['action:p:1=unknown']) }).end).toBe('suspended')
  })

  it('that waits for a decision or a signal is given it', () => {
    const asking = planSaga(
      sagaOf({ ask: { type: 'approval' }, hear: { type: 'signal', signal: 'Paid' } }, ['start>ask>hear>end']),
    )
    expect(simulateRun(asking, { ...options, choose: allGoesWell }).end).toBe('ended')
    const refused = simulateRun(asking, { ...options, choose: follow(['decide:ask=no']) })
    expect(refused.state).toMatchObject({ status: 'compensated', error: { code: 'Rejected', nodeId: 'ask' } })
  })

  it('answers with the outputs and errors of the world it is given', () => {
    const world = {
      output: () => ({ id: 'x-1' }),
      patch: () => ({}),
      items: () => [],
      signal: () => ({}),
      errors: () => [{ code: 'SoldOut', message: '', kind: 'business' as const }],
    }
    expect(simulateRun(plan, { ...options, world, choose: allGoesWell }).state.data).toEqual({
      order: 7,
      id: 'x-1',
    })
    expect(
      simulateRun(plan, { ...options, world, choose: follow(['action:a:1=SoldOut']) }).state.error?.code,
    ).toBe('SoldOut')
  })
})

describe('the transition system', () => {
  const begun = take(plan, START, {
    type: 'start',
    saga: 'saga',
    designVersion: 1,
    input: {},
    seed: 's',
    mode: 'virtual',
    faults: [],
    at: 0,
  })
  if (!begun.ok) throw new Error(begun.error.code)
  const { position } = begun.value

  it('offers every outcome of what is under way, each under its own name', () => {
    expect(enabled(plan, position).map(({ name, kind }) => [name, kind])).toEqual([
      ['action:a:1=succeeds', 'succeeds'],
      ['action:a:1=Refused', 'fails'],
      ['action:a:1=Unreachable', 'fails'],
      ['action:a:1=unknown', 'unknown'],
      ['action:a:1=times-out', 'times-out'],
    ])
  })

  it('taking a choice leaves the position it was taken at as it was: a search may take another', () => {
    const before = JSON.stringify(position)
    for (const choice of enabled(plan, position)) expect(take(plan, position, choice.stimulus).ok).toBe(true)
    expect(JSON.stringify(position)).toBe(before)
  })

  it('a timeout is due when the attempt has had its time', () => {
    expect(enabled(plan, position).find(({ kind }) => kind === 'times-out')?.stimulus.at).toBe(100)
  })
})

describe('what a signal comes with', () => {
  const asked = { type: 'signal', signal: 'Signed' }
  const schema = { type: 'object', properties: { by: { type: 'string' } }, required: ['by'] }
  const run = (parts: JsonObject) =>
    simulateRun(planSaga(sagaOf({ s: { ...asked, ...parts } }, ['start>s>end'])), {
      ...options,
      choose: allGoesWell,
    })

  it('is the example of its schema', () => {
    const { state } = run({ schema: { ...schema, examples: [{ by: 'ada' }] } })
    expect([state.status, state.data]).toEqual(['completed', { order: 7, by: 'ada' }])
  })

  it('is nothing that its node would refuse: then it does not come, and the wait runs out', () => {
    const { end, state } = run({ schema, timeoutMs: 50 })
    expect([end, state.error?.code]).toEqual(['ended', 'SignalTimedOut'])
  })
})
