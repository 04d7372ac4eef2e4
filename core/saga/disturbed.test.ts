import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { LAWS } from '../check/laws'
import { nodeOf, operatorAct, person } from '../check/random-person'
import {
  arbitraryCase,
  arbitraryDraws,
  type Disturb,
  type Draws,
  drawsFrom,
  randomChooser,
  type Walk,
  type WalkStep,
  walk,
} from '../check/random-walk'
import { allGoesWell } from '../check/simulate-run'
import { enabled, type Position, START, take } from '../check/transition'
import { decide } from './decide'
import { effectsOf } from './effects'
import { replay } from './evolve'
import { heldNodes } from './operator'
import type { SagaPlan } from './plan'
import { isTerminal } from './state'
import type { OperatorAction, Outcome, Stimulus } from './stimulus'

// Hundreds of runs each: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

function outcomeOf(draw: number): Outcome {
  const error = {
    code: 'Garbage',
    message: 'noise',
    kind: draw % 2 === 0 ? 'business' : 'technical',
  } as const
  if (draw % 4 < 2) return { type: 'succeeded', output: draw % 8 === 0 ? null : { noise: draw } }
  return draw % 4 === 2
    ? { type: 'failed', error, ...(draw % 8 === 2 ? { output: 1 } : {}) }
    : { type: 'unknown', error }
}

/** Any stimulus about any node of the saga, whether anything waits for it or not. */
function garbage(plan: SagaPlan, { now: at, state }: Position, draws: Draws): Stimulus {
  const next = () => draws() ?? 0
  const nodeId = next() % 20 === 0 ? 'nowhere/7' : nodeOf(plan, state, next())
  const phase = next() % 2 === 0 ? 'action' : 'compensation'
  const attempt = next() % 4
  const fault = { ok: false, error: { code: 'Garbage', message: 'noise', kind: 'business' } } as const
  const failing = next() % 2 === 0
  switch (next() % 13) {
    case 0:
      return {
        type: 'start',
        saga: 'saga',
        designVersion: 2,
        input: {},
        seed: 'other',
        mode: 'live',
        faults: [],
        at,
      }
    case 1:
      return {
        type: 'prepared',
        nodeId,
        phase,
        result: failing ? fault : { ok: true, value: { noise: true } },
        at,
      }
    case 2:
      return {
        type: 'chosen',
        nodeId,
        result: failing ? fault : { ok: true, value: next() % 2 === 0 ? 'default' : 'b1' },
        at,
      }
    case 3:
      return { type: 'scheduled', nodeId, result: failing ? fault : { ok: true, value: at + next() }, at }
    case 4:
      return { type: 'timed-out', nodeId, phase, attempt, at }
    case 5:
      return { type: 'timer', nodeId, phase, at }
    case 6:
      return { type: 'operator', act: operatorAct(plan, state, draws), by: 'mallory', reason: 'noise', at }
    case 7:
      return { type: 'listed', nodeId, result: failing ? fault : { ok: true, value: [next(), next()] }, at }
    case 8:
      return {
        type: 'judged',
        nodeId,
        round: next() % 3,
        result: failing ? fault : { ok: true, value: next() % 2 === 0 },
        at,
      }
    case 9:
      return { type: 'collected', nodeId, result: failing ? fault : { ok: true, value: { noise: 1 } }, at }
    case 10:
      return { type: 'injected', nodeId, phase, attempt, fault: failing ? 'crash' : 'duplicate', at }
    case 11:
      return { type: 'fork', by: 'mallory', data: { noise: true }, at }
    default:
      return { type: 'outcome', nodeId, phase, attempt, outcome: outcomeOf(next()), at }
  }
}

const many = arbitraryDraws(300)
const check = (property: (walk: Walk) => void, disturb: (draws: Draws) => Disturb, numRuns = 400): void => {
  fc.assert(
    fc.property(arbitraryCase, many, ({ plan, draws }, more) => {
      property(walk(plan, randomChooser(drawsFrom(draws)), disturb(drawsFrom(more))))
    }),
    { numRuns },
  )
}
const withPerson = (property: (walk: Walk) => void, numRuns?: number) => check(property, person, numRuns)
const withGarbage = (property: (walk: Walk) => void, numRuns?: number) =>
  check(
    property,
    (draws) => (position, plan) => {
      const draw = draws()
      return draw === null ? null : garbage(plan, position, draws)
    },
    numRuns,
  )

/** One walk is asked about all of them: it is the walk that takes time. */
const brokenLaws = ({ plan, events, last }: Walk): readonly string[] =>
  Object.entries(LAWS).flatMap(([name, law]) =>
    law(plan, events, last.state).map((broken) => `${name}: ${broken}`),
  )

describe('with a person who pauses, resumes, cancels, retries, skips and compensates at random', () => {
  it('every law holds', () => withPerson((walk) => expect(brokenLaws(walk)).toEqual([]), 4_000))

  it('what is owed is never refused', () =>
    withPerson(({ steps }) => {
      expect(steps.filter(({ refused, stimulus }) => refused && stimulus.type !== 'operator')).toEqual([])
    }))

  it('replaying the events gives the same state', () =>
    withPerson(({ plan, events, last }) => expect(replay(plan, events)).toStrictEqual(last.state)))

  it('every act that is not refused is an event that says who', () =>
    withPerson(({ steps }) => {
      for (const { stimulus, refused, events } of steps) {
        if (stimulus.type !== 'operator' || refused) continue
        const { action } = stimulus.act
        const told = { signal: 'SignalReceived', decide: 'ApprovalDecided' } as const
        expect(events[0]).toMatchObject({
          type: action === 'signal' || action === 'decide' ? told[action] : 'OperatorActed',
          cause: 0,
          data: { by: stimulus.by },
        })
      }
    }))

  it('nothing moves while it is paused but what was in flight', () =>
    withPerson(({ steps }) => {
      for (const { before, stimulus, events } of steps) {
        if (before.state.status !== 'suspended' || stimulus.type === 'operator') continue
        expect(
          events
            .map(({ type }) => type)
            .filter((type) =>
              /Started|Set|Fired|Taken|Judged|Requested|Awaited|Compensating|^Saga/.test(type),
            ),
        ).toEqual([])
      }
    }))

  it('a suspended run can always be brought to an end by compensating it', () =>
    withPerson(({ plan, last }) => {
      let position = last
      for (let left = 2_000; left > 0 && !isTerminal(position.state.status); left--) {
        const ended = endIt(plan, position)
        expect(ended.ok).toBe(true)
        if (ended.ok) position = ended.value.position
      }
      expect(isTerminal(position.state.status)).toBe(true)
    }))
})

/** Compensates, or resumes what was paused while compensating; then everything goes well. */
function endIt(plan: SagaPlan, position: Walk['last']): ReturnType<typeof take> {
  const act = (action: 'resume' | 'compensate'): Stimulus => ({
    type: 'operator',
    by: 'ada',
    at: position.now,
    act: { action },
  })
  if (heldNodes(plan, position.state).length > 0) {
    const act: OperatorAction =
      position.state.mode === 'manual'
        ? { action: 'set-speed', mode: 'virtual' }
        : { action: 'set-breakpoints', breakpoints: [] }
    return take(plan, position, { type: 'operator', by: 'ada', at: position.now, act })
  }
  if (position.state.status === 'suspended') {
    const compensated = take(plan, position, act('compensate'))
    return compensated.ok ? compensated : take(plan, position, act('resume'))
  }
  const choice = allGoesWell(enabled(plan, position), position)
  return choice ? take(plan, position, choice.stimulus) : { ok: false, error: { code: 'NOT_STARTED' } }
}

describe('whatever is thrown at it', () => {
  it('decide never throws, and a refused stimulus changes nothing', () =>
    withGarbage(({ steps }) => {
      for (const { refused, events, before, after } of steps)
        if (refused) expect([events, after]).toEqual([[], before])
    }))

  it('only what is owed is accepted, or an answer to an attempt that was given up, or a person', () =>
    withGarbage(({ plan, steps }) => {
      for (const step of steps.slice(1)) if (!step.refused) expect(isOwed(plan, step)).toBe(true)
    }))

  it('every law holds', () => withGarbage((walk) => expect(brokenLaws(walk)).toEqual([]), 2_000))

  it('replaying the events gives the same state', () =>
    withGarbage(({ plan, events, last }) => expect(replay(plan, events)).toStrictEqual(last.state)))

  it('a run that was not started takes nothing but a start', () => {
    fc.assert(
      fc.property(arbitraryCase, many, ({ plan }, more) => {
        const stimulus = garbage(plan, START, drawsFrom(more))
        const decided = decide(plan, START.state, stimulus)
        if (stimulus.type === 'start') expect(decided.ok).toBe(true)
        else expect(decided).toEqual({ ok: false, error: { code: 'NOT_STARTED' } })
      }),
    )
  })
})

function isOwed(plan: SagaPlan, { stimulus, before, events }: WalkStep): boolean {
  if (stimulus.type === 'operator' || stimulus.type === 'injected') return true
  if (events[0]?.type === 'StepOutcomeArrivedLate') return true
  const answers = {
    prepared: 'prepare',
    chosen: 'choose',
    scheduled: 'schedule',
    listed: 'list',
    judged: 'judge',
    collected: 'collect',
    outcome: 'perform',
    'timed-out': 'perform',
    timer: 'timer',
    start: '',
    fork: '',
  } as const
  return effectsOf(plan, before.state).some(
    (effect) =>
      effect.type === answers[stimulus.type] &&
      'nodeId' in stimulus &&
      effect.nodeId === stimulus.nodeId &&
      (!('phase' in stimulus) || !('phase' in effect) || effect.phase === stimulus.phase) &&
      (!('attempt' in stimulus) || !('attempt' in effect) || effect.attempt === stimulus.attempt),
  )
}
