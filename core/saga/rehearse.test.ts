import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { person } from '../check/random-person'
import { arbitraryCase, drawsFrom, randomChooser, walk } from '../check/random-walk'
import type { DecidedEvent, SagaEvent } from './events'
import { forkPoint } from './fork'
import { planSaga } from './plan'
import { rehearse } from './rehearse'
import { Bench, sagaOf, undoable } from './testing'

// Hundreds of runs each: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const script = { type: 'script', code: '() => ({})' }
const acts = fc.array(fc.nat({ max: 100_000 }), { maxLength: 200 })

const plain = (events: readonly DecidedEvent[]): readonly SagaEvent[] =>
  JSON.parse(JSON.stringify(events.map(({ cause: _cause, ...event }) => event)))

describe('rehearsing', () => {
  it('a run against its own plan never diverges, whatever people did to it', () => {
    fc.assert(
      fc.property(arbitraryCase, acts, ({ plan, draws }, more) => {
        const { events } = walk(plan, randomChooser(drawsFrom(draws)), person(drawsFrom(more)))
        expect(rehearse(plan, plain(events))).toBeNull()
      }),
      { numRuns: 800 },
    )
  })

  it('the beginning of a run, cut anywhere, does not diverge either', () => {
    fc.assert(
      fc.property(arbitraryCase, acts, fc.nat(), ({ plan, draws }, more, draw) => {
        const { events } = walk(plan, randomChooser(drawsFrom(draws)), person(drawsFrom(more)))
        const seq = forkPoint(events, 1 + (draw % events.length))
        expect(rehearse(plan, plain(events.slice(0, seq)), true)).toBeNull()
      }),
      { numRuns: 400 },
    )
  })

  it('finds the event at which another version would have gone another way', () => {
    const before = sagaOf({ a: undoable, b: {} }, ['start>a>b>end'])
    const run = new Bench(before).succeed('a', 'b')
    const after = planSaga(sagaOf({ a: undoable, c: {}, b: {} }, ['start>a>c>b>end']))
    expect(rehearse(after, plain(run.events))).toMatchObject({
      seq: 4,
      recorded: { type: 'StepStarted', data: { nodeId: 'b' } },
      instead: { type: 'StepStarted', data: { nodeId: 'c' } },
    })
  })

  it('finds a policy that would have tried again', () => {
    const run = new Bench(sagaOf({ a: {} }, ['start>a>end'])).comesTo('Unreachable', 'a')
    const patient = planSaga(sagaOf({ a: { retry: [{ maxAttempts: 3 }] } }, ['start>a>end']))
    expect(rehearse(patient, plain(run.events))).toMatchObject({
      seq: 3,
      instead: { type: 'StepAttemptFailed' },
      why: 'StepAttemptFailed would happen instead of StepFailed',
    })
  })

  it('names what an event would say instead', () => {
    const saga = (timeoutMs: number) =>
      sagaOf({ a: { timeoutMs }, b: { compensation: { action: script, timeoutMs } } }, ['start>b>a>end'])
    const run = new Bench(saga(100)).succeed('b').happens('action:a:1=times-out')
    run.happens('compensation:b:1=times-out')
    const slower = planSaga(saga(200))
    expect(rehearse(slower, plain(run.events))).toMatchObject({
      why: 'in StepTimedOut, timeoutMs would be 200 and was 100',
    })
    const undoes = planSaga(
      sagaOf({ a: { timeoutMs: 100 }, b: { compensation: { action: script, timeoutMs: 200 } } }, [
        'start>b>a>end',
      ]),
    )
    expect(rehearse(undoes, plain(run.events))).toMatchObject({
      recorded: { type: 'CompensationAttemptFailed' },
      why: expect.stringContaining('no answer within 200 ms'),
    })
  })

  it('finds a node and a branch that are gone', () => {
    const run = new Bench(
      sagaOf({ a: {}, w: { type: 'wait', until: '() => 5' } }, ['start>a>end', 'start>w>end']),
    )
    run.happens('schedule:w=evaluates').succeed('a')
    const without = planSaga(sagaOf({ a: {} }, ['start>a>end']))
    expect(rehearse(without, plain(run.events))).toMatchObject({ seq: 3, why: 'there is no node "w"' })
    const pick = (branches: readonly string[]) =>
      sagaOf(
        {
          pick: { type: 'choice', branches: branches.map((id) => ({ id, when: '() => true' })) },
          l: {},
          r: {},
        },
        [`start>pick:${branches[0]}>l>end`, 'pick:default>r>end'],
      )
    const chose = new Bench(pick(['left'])).happens('choose:pick=left')
    expect(rehearse(planSaga(pick(['other'])), plain(chose.events))).toMatchObject({
      seq: 2,
      why: '"pick" has no branch "left"',
    })
  })

  it('says so where the record ends and more would have followed, unless the record is only a beginning', () => {
    const before = sagaOf({ a: {}, b: {} }, ['start>a>end', 'start>b>end'])
    const events = plain(new Bench(before).succeed('a').events)
    const longer = planSaga(sagaOf({ a: {}, b: {}, c: {} }, ['start>a>c>end', 'start>b>end']))
    expect(rehearse(longer, events)).toMatchObject({ recorded: null, why: 'StepStarted would have followed' })
    expect(rehearse(longer, events, true)).toBeNull()
  })

  it('is silent about a change that the run never met', () => {
    const run = new Bench(sagaOf({ a: undoable, b: {} }, ['start>a>b>end'])).succeed('a')
    const longer = planSaga(sagaOf({ a: undoable, b: {}, c: {} }, ['start>a>b>c>end']))
    expect(rehearse(longer, plain(run.events))).toBeNull()
  })

  it('takes what people did from the record', () => {
    const run = new Bench(sagaOf({ a: { kind: 'pivot' }, b: {}, c: {} }, ['start>a>b>c>end']))
    run
      .succeed('a')
      .comesTo('Refused', 'b')
      .does({ action: 'skip', nodeId: 'b', output: { b: 1 } })
    run.does({ action: 'set-breakpoints', breakpoints: ['c'] }).does({ action: 'pause' })
    run.does({ action: 'set-data', data: { edited: 1 } }).does({ action: 'resume' })
    run.act({ action: 'fail', nodeId: 'c', code: 'Stuck' }, 'it hangs')
    expect(rehearse(run.plan, plain(run.events))).toBeNull()
  })
})
