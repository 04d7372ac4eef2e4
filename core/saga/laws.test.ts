import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { LAWS, type Law, touched, UNTOUCHED_LAWS } from '../check/laws'
import { arbitraryCase, drawsFrom, randomChooser, type Walk, walk } from '../check/random-walk'
import { follow, simulateRun } from '../check/simulate-run'
import { decide, decideNext } from './decide'
import { effectsOf } from './effects'
import { replay } from './evolve'
import { nodeState, type SagaState } from './state'

// Hundreds of runs each: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const RUNS = 400
const json = (state: SagaState): SagaState => JSON.parse(JSON.stringify(state))

const holds = (check: (walk: Walk) => void, options: fc.Parameters<unknown> = {}): void => {
  fc.assert(
    fc.property(arbitraryCase, ({ plan, draws }) => {
      check(walk(plan, randomChooser(drawsFrom(draws))))
    }),
    { numRuns: RUNS, ...options },
  )
}
const holdsLaw = (law: Law): void =>
  holds(({ plan, events, last }) => expect(law(plan, events, last.state)).toEqual([]))

describe('for random sagas and random outcomes', () => {
  it('a run always comes to rest: ended, or waiting for a person', () => holdsLaw(LAWS.comesToRest))
  it('nothing that was offered as a choice is refused', () =>
    holds(({ steps }) => expect(steps.filter(({ refused }) => refused)).toEqual([])))
  it('all steps succeed, or what was done or may have been is undone or named', () =>
    holdsLaw(LAWS.atomicity))
  it('compensations follow the reversed graph, or one at a time the latest first', () =>
    holdsLaw(LAWS.compensationOrder))
  it('a node begins only when all that leads to it is through', () => holdsLaw(LAWS.joinsWait))
  it('rounds come in turn: of a map no more at once than it may have, of a loop one by one', () =>
    holdsLaw(LAWS.roundsInTurn))
  it('after the first failure nothing forward starts', () => holdsLaw(LAWS.noForwardWorkAfterFailure))
  it('a pivot that succeeded, or may have, is never undone past', () => holdsLaw(LAWS.forwardAfterPivot))
  it('it waits for a person only when a pivot is passed or in doubt', () =>
    holdsLaw(UNTOUCHED_LAWS.suspendsOnlyPastPivot))
  it('what it reports is what failed first', () => holdsLaw(UNTOUCHED_LAWS.firstErrorReported))
  it('no step is tried more often than its policy says', () => holdsLaw(UNTOUCHED_LAWS.attemptsWithinPolicy))
  it('every event is led to by an earlier one', () => holdsLaw(LAWS.causesComeFirst))
  it('time never runs backwards and nothing but late outcomes follows the end', () => holdsLaw(LAWS.orderly))

  it('the random cases reach every ending, compensation of unknown work and late outcomes', () => {
    const seen = new Set<string>()
    holds(
      ({ events, last }) => {
        seen.add(last.state.status)
        const done = touched(events)
        for (const { type, data } of events) {
          seen.add(type)
          if (type === 'CompensationCompleted' && /\/\d+$/.test(data.nodeId)) seen.add('undoes a round')
          if (type === 'CompensationCompleted' && /\/[a-z]/.test(data.nodeId))
            seen.add('undoes in a saga within')
          if (
            type === 'CompensationStarted' &&
            done.has(data.nodeId) &&
            nodeState(last.state, data.nodeId).effect === 'unknown'
          )
            seen.add('undoes unknown work')
        }
      },
      { numRuns: 3 * RUNS, seed: 1 },
    )
    const wanted = [
      'completed',
      'compensated',
      'failed',
      'suspended',
      'StepTimedOut',
      'StepOutcomeArrivedLate',
      'CompensationFailed',
      'CompensationAttemptFailed',
      'TimerFired',
      'ChoiceTaken',
      'ApprovalDecided',
      'SignalReceived',
      'SubSagaCompleted',
      'MapCompleted',
      'LoopCompleted',
      'undoes unknown work',
      'undoes a round',
      'undoes in a saga within',
    ]
    expect(wanted.filter((what) => !seen.has(what))).toEqual([])
  })
})

describe('replay', () => {
  it('gives the state that the decision itself came to', () =>
    holds(({ plan, steps }) => {
      for (const { stimulus, before, after, refused } of steps) {
        const decided = decideNext(plan, before.state, stimulus)
        expect(decided.ok).toBe(!refused)
        if (decided.ok) expect(decided.value.state).toStrictEqual(after.state)
      }
    }))

  it('gives the state the decisions went by', () =>
    holds(({ plan, events, last }) => expect(replay(plan, events)).toStrictEqual(last.state)))

  it('from a snapshot kept as JSON, at any cut, equals replaying everything', () =>
    holds(({ plan, events, last }) => {
      for (let cut = 0; cut <= events.length; cut += 1 + Math.floor(events.length / 10)) {
        const snapshot = json(replay(plan, events.slice(0, cut)))
        expect(replay(plan, events.slice(cut), snapshot)).toStrictEqual(last.state)
      }
    }))

  it('needs no more of an event than its JSON', () =>
    holds(({ plan, events, last }) =>
      expect(replay(plan, JSON.parse(JSON.stringify(events)))).toStrictEqual(last.state),
    ))
})

describe('determinism', () => {
  it('the same choices give the same events, and a trace followed gives them again', () => {
    fc.assert(
      fc.property(arbitraryCase, ({ plan, draws }) => {
        const run = (choose = randomChooser(drawsFrom(draws))) =>
          simulateRun(plan, { input: { order: 1 }, seed: 's', choose })
        const first = run()
        expect(run()).toStrictEqual(first)
        expect(run(follow(first.trace))).toStrictEqual(first)
      }),
      { numRuns: RUNS },
    )
  })

  it('effects are a function of the state, and of nothing else', () =>
    holds(({ plan, steps }) => {
      for (const { after } of steps)
        expect(effectsOf(plan, json(after.state))).toStrictEqual(effectsOf(plan, after.state))
    }))

  it('keys tell the effects of a run apart', () =>
    holds(({ plan, steps }) => {
      for (const { after } of steps) {
        const keys = effectsOf(plan, after.state).map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
      }
    }))
})

describe('delivery', () => {
  it('an answer that is delivered twice changes nothing the second time', () =>
    holds(({ plan, steps }) => {
      for (const { stimulus, after } of steps.slice(1)) {
        const again = decide(plan, after.state, stimulus)
        // A timer stimulus names no attempt: a wait's timer may by then be a retry's.
        if (stimulus.type !== 'timer') expect(again.ok).toBe(false)
      }
    }))

  it('a late outcome changes nothing but what is shown of it', () =>
    holds(({ steps }) => {
      for (const { events, before, after } of steps) {
        const [event] = events
        if (event?.type !== 'StepOutcomeArrivedLate') continue
        const { nodeId, outcome } = event.data
        const node = nodeState(before.state, nodeId)
        const unanswered = node.unanswered.filter((attempt) => attempt !== event.data.attempt)
        expect(events).toHaveLength(1)
        expect(after.state).toStrictEqual({
          ...before.state,
          seq: before.state.seq + 1,
          nodes: { ...before.state.nodes, [nodeId]: { ...node, late: outcome, unanswered } },
        })
      }
    }))
})
