import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { LAWS } from '../check/laws'
import { arbitraryCase, drawsFrom, randomChooser, walk } from '../check/random-walk'
import { allGoesWell } from '../check/simulate-run'
import { enabled, take } from '../check/transition'
import { decide } from './decide'
import type { DecidedEvent, SagaEvent } from './events'
import { replay } from './evolve'
import { forkEvents, forkPoint } from './fork'
import { heldNodes } from './operator'
import { planSaga } from './plan'
import { rehearse } from './rehearse'
import { isTerminal } from './state'
import { Bench, sagaOf, undoable } from './testing'

// Hundreds of runs each: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const plain = (events: readonly DecidedEvent[]): readonly SagaEvent[] =>
  JSON.parse(JSON.stringify(events.map(({ cause: _cause, ...event }) => event)))

describe('rehearsing', () => {
  it('a run against its own plan never diverges', () => {
    fc.assert(
      fc.property(arbitraryCase, ({ plan, draws }) => {
        const { events } = walk(plan, randomChooser(drawsFrom(draws)))
        expect(rehearse(plan, plain(events))).toBeNull()
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

describe('continuing', () => {
  it('adds nothing where a decision was whole', () => {
    fc.assert(
      fc.property(arbitraryCase, ({ plan, draws }) => {
        const { steps } = walk(plan, randomChooser(drawsFrom(draws)))
        for (const { after } of steps)
          expect(decide(plan, after.state, { type: 'continue', at: after.now })).toEqual({
            ok: true,
            value: [],
          })
      }),
      { numRuns: 200 },
    )
  })
})

describe('a fork', () => {
  it('at any event goes on to its rest by the same laws', () => {
    fc.assert(
      fc.property(arbitraryCase, fc.nat({ max: 10_000 }), ({ plan, draws }, draw) => {
        const { events } = walk(plan, randomChooser(drawsFrom(draws)))
        const seq = forkPoint(events, 1 + (draw % events.length))
        const taken = forkEvents(events, 'first', seq, { runId: 'second', designVersion: 1, by: 'ada' })
        const state = replay(plan, taken)
        if (isTerminal(state.status)) return
        const now = events[seq - 1]?.data.at ?? 0
        let position = { state, now, deadlines: {}, unanswered: [] } as Parameters<typeof enabled>[1]
        const all: DecidedEvent[] = events.slice(0, seq)
        const happen = (next: ReturnType<typeof take>) => {
          if (!next.ok) throw new Error(next.error.code)
          position = next.value.position
          all.push(...next.value.events)
        }
        happen(take(plan, position, { type: 'continue', at: now }))
        for (let left = 2_000; left > 0; left--) {
          const choice = allGoesWell(enabled(plan, position), position)
          if (!choice) break
          happen(take(plan, position, choice.stimulus))
        }
        const { status } = position.state
        expect(
          isTerminal(status) || status === 'suspended' || heldNodes(plan, position.state).length > 0,
        ).toBe(true)
        for (const law of [LAWS.atomicity, LAWS.compensationOrder, LAWS.joinsWait, LAWS.orderly])
          expect(law(plan, all, position.state)).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  it('leaves its first event saying where it came from, and what is other in it', () => {
    const run = new Bench(sagaOf({ a: undoable, b: {} }, ['start>a>b>end'])).succeed('a')
    const seq = forkPoint(run.events, 3)
    const fault = { node: 'b', phase: 'action', probability: 1, effect: { type: 'latency', ms: 1 } } as const
    const taken = forkEvents(run.events, 'r1', seq, {
      runId: 'r2',
      designVersion: 7,
      faults: [fault],
      data: { edited: true },
      by: 'ada',
    })
    const state = replay(run.plan, taken)
    expect(state).toMatchObject({
      forkedFrom: { runId: 'r1', seq: 3 },
      designVersion: 7,
      faults: [fault],
      data: { edited: true },
    })
    const next = decide(run.plan, state, { type: 'continue', at: 0 })
    expect(next.ok && next.value.map(({ type }) => type)).toEqual(['StepStarted'])
    const after = next.ok ? replay(run.plan, next.value, state) : state
    expect(after.nodes.b?.input).toEqual({ edited: true })
  })

  it('is never cut between what belongs together', () => {
    const saga = sagaOf({ a: { timeoutMs: 100, ...undoable } }, ['start>a>end'])
    const run = new Bench(saga).happens('action:a:1=times-out')
    const timedOut = run.events.findIndex(({ type }) => type === 'StepTimedOut') + 1
    expect(forkPoint(run.events, timedOut)).toBe(timedOut + 1)
  })
})
