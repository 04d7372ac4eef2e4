import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { LAWS } from '../check/laws'
import { person } from '../check/random-person'
import { arbitraryCase, type Draws, drawsFrom, randomChooser, walk } from '../check/random-walk'
import { enabled, type Position, take } from '../check/transition'
import { decide } from './decide'
import type { DecidedEvent, SagaEventData } from './events'
import { replay } from './evolve'
import { beforeFailure, type Fork, forkEvents, forkPoint } from './fork'
import type { SagaPlan } from './plan'
import { rehearse } from './rehearse'
import { isTerminal, type SagaState } from './state'
import { Bench, sagaOf, undoable } from './testing'

// Hundreds of runs each: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const draws = fc.array(fc.nat({ max: 100_000 }), { maxLength: 120 })

const forkOf = (
  events: readonly DecidedEvent[],
  seq: number,
  changes: Partial<SagaEventData['SagaForked']> = {},
): Fork => ({
  from: 'first',
  seq,
  runId: 'second',
  designVersion: 7,
  changes: { by: 'ada', at: events[seq - 1]?.data.at ?? 0, ...changes },
})

/** Another run cut from a random one at a random event, and what it went on to: at random, then well. */
interface Forked {
  readonly plan: SagaPlan
  readonly first: readonly DecidedEvent[]
  readonly seq: number
  /** The state that the first run had there. */
  readonly cut: SagaState
  readonly events: readonly DecidedEvent[]
  readonly state: SagaState
}

function goOn(plan: SagaPlan, begun: readonly DecidedEvent[], draw: Draws): readonly DecidedEvent[] {
  const all = [...begun]
  const choose = randomChooser(draw)
  let position: Position = {
    state: replay(plan, begun),
    now: begun.at(-1)?.data.at ?? 0,
    deadlines: {},
    unanswered: [],
  }
  for (let left = 3_000; left > 0; left--) {
    const choices = enabled(plan, position)
    const choice = choices.length === 0 ? null : choose(choices, position)
    if (!choice) break
    const next = take(plan, position, choice.stimulus)
    if (!next.ok) throw new Error(`${choice.name} was refused: ${next.error.code}`)
    position = next.value.position
    all.push(...next.value.events)
  }
  return all
}

const holds = (check: (forked: Forked) => void): void => {
  fc.assert(
    fc.property(arbitraryCase, draws, draws, fc.nat(), ({ plan, draws: ours }, acts, later, at) => {
      const first = walk(plan, randomChooser(drawsFrom(ours)), person(drawsFrom(acts))).events
      const seq = forkPoint(first, 1 + (at % first.length))
      const cut = replay(plan, first.slice(0, seq))
      const begun = forkEvents(plan, first, forkOf(first, seq))
      expect(begun.ok).toBe(!isTerminal(cut.status))
      if (!begun.ok) return
      const events = goOn(plan, begun.value, drawsFrom(later))
      check({ plan, first, seq, cut, events, state: replay(plan, events) })
    }),
    { numRuns: 600 },
  )
}

describe('a fork at any event of a random run, whatever people did to it', () => {
  it('has the state that the run had there, but for where it says that it comes from', () =>
    holds(({ plan, seq, cut, events }) => {
      const { forkedFrom, designVersion, ...state } = replay(plan, events.slice(0, seq))
      const { forkedFrom: _forkedFrom, designVersion: _version, ...before } = cut
      expect(state).toStrictEqual(before)
      expect([forkedFrom, designVersion]).toEqual([{ runId: 'first', seq }, 7])
    }))

  for (const [name, law] of Object.entries(LAWS)) {
    it(`goes on by the law of ${name}`, () =>
      holds(({ plan, events, state }) => expect(law(plan, events, state)).toEqual([])))
  }

  it('is a run like any other: rehearsed against its own plan it does not diverge, nor does a fork of it', () =>
    holds(({ plan, events }) => {
      expect(rehearse(plan, events)).toBeNull()
      const seq = forkPoint(events, Math.ceil(events.length * 0.8))
      const again = forkEvents(plan, events, { ...forkOf(events, seq), from: 'second', runId: 'third' })
      if (again.ok) expect(rehearse(plan, goOn(plan, again.value, drawsFrom([])))).toBeNull()
    }))
})

describe('a fork', () => {
  const saga = sagaOf({ a: undoable, b: {} }, ['start>a>b>end'])
  const taken = (run: Bench, seq: number, changes: Partial<SagaEventData['SagaForked']> = {}) => {
    const begun = forkEvents(run.plan, run.events, forkOf(run.events, forkPoint(run.events, seq), changes))
    if (!begun.ok) throw new Error(begun.error.code)
    return begun.value
  }

  it('says who forked it and what is other; what the cut decision would have begun begins with it', () => {
    const run = new Bench(saga).succeed('a')
    const fault = { node: 'b', phase: 'action', probability: 1, effect: { type: 'latency', ms: 1 } } as const
    const changes = { faults: [fault], data: { edited: true }, mode: 'live', seed: 'new' } as const
    const events = taken(run, 3, changes)
    expect(events.map(({ type }) => type)).toEqual([
      'SagaStarted',
      'StepStarted',
      'StepCompleted',
      'SagaForked',
      'StepStarted',
    ])
    const state = replay(run.plan, events)
    expect(state).toMatchObject({ ...changes, designVersion: 7, forkedFrom: { runId: 'first', seq: 3 } })
    expect(state.nodes.b?.input).toEqual({ edited: true })
    // Its beginning is that of the other run: the seed and the mode that led there still stand in it.
    expect(events[0]).toMatchObject({ data: { seed: 'bench', mode: 'virtual', faults: [] } })
  })

  it('has the mode and the faults it is given, whatever people set on the way', () => {
    const run = new Bench(saga).does({ action: 'set-speed', mode: 'manual' })
    const fault = { node: 'a', phase: 'action', probability: 1, effect: { type: 'latency', ms: 1 } } as const
    run.does({ action: 'add-fault', nodeId: 'a', fault })
    const state = replay(run.plan, taken(run, 4, { mode: 'virtual', faults: [] }))
    expect([state.mode, state.faults]).toEqual(['virtual', []])
  })

  it('has its own id where the other had its own: in what happened, and in the data it is given', () => {
    const run = new Bench(saga).happens('action:a:1=succeeds')
    const named = run.events.map((event) =>
      event.type === 'StepCompleted'
        ? { ...event, data: { ...event.data, output: { order: 'first' } } }
        : event,
    )
    const begun = forkEvents(run.plan, named, forkOf(named, 3, { data: { order: 'first', of: ['first'] } }))
    const state = replay(run.plan, begun.ok ? begun.value : [])
    expect(state.nodes.a?.output).toEqual({ order: 'second' })
    expect(state.data).toEqual({ order: 'second', of: ['second'] })
  })

  it('edits the data of a saga within it, and refuses those of one that does not run', () => {
    const inner = { ...sagaOf({ x: {} }, ['start>x>end']), id: 'inner' }
    const run = new Bench(
      sagaOf({ ship: { type: 'saga', saga: 'inner' } }, ['start>ship>end']),
      { n: 1 },
      'virtual',
      [inner],
    )
    const state = replay(run.plan, taken(run, 2, { scopes: { ship: { n: 2 } } }))
    expect(state.nodes['ship/x']?.input).toEqual({ n: 2 })
    const refused = forkEvents(run.plan, run.events, forkOf(run.events, 2, { scopes: { nowhere: {} } }))
    expect(refused).toEqual({ ok: false, error: expect.objectContaining({ code: 'ACTION_REFUSED' }) })
  })

  it('is never cut between what belongs together', () => {
    const run = new Bench(sagaOf({ a: { timeoutMs: 100, ...undoable } }, ['start>a>end']))
    run.happens('action:a:1=times-out')
    const timedOut = run.events.findIndex(({ type }) => type === 'StepTimedOut') + 1
    expect(forkPoint(run.events, timedOut)).toBe(timedOut + 1)
  })

  it('of a run that has ended there is refused: nothing follows', () => {
    const run = new Bench(saga).succeed('a', 'b')
    const { length } = run.events
    expect(forkEvents(run.plan, run.events, forkOf(run.events, length))).toEqual({
      ok: false,
      error: { code: 'RUN_ENDED' },
    })
  })

  it('is made once: a run that goes its own way is not forked in place', () => {
    const run = new Bench(saga).succeed('a')
    const state = replay(run.plan, taken(run, 3))
    const again = { type: 'fork', by: 'mallory', at: 0 } as const
    expect(decide(run.plan, state, again)).toMatchObject({ ok: false, error: { code: 'ACTION_REFUSED' } })
    expect(run.send(again)).toMatchObject({ code: 'ACTION_REFUSED' })
  })
})

describe('the last event before a failure', () => {
  const at = (run: Bench) => beforeFailure(run.plan, run.events)
  const kindAfter = (run: Bench) => run.story[at(run) ?? 0]

  it('is before the step that failed began, so that its input and its policy are new; others are done again', () => {
    const parallel = sagaOf({ a: undoable, b: {}, c: {} }, ['start>a>b>end', 'a>c>end'])
    const run = new Bench(parallel).succeed('a').succeed('c').comesTo('Refused', 'b').undone('a')
    expect(kindAfter(run)).toBe('StepStarted b')
  })

  it('is before the latest failure when a person has dealt with an earlier one', () => {
    const run = new Bench(sagaOf({ p: { kind: 'pivot' }, a: {}, b: {} }, ['start>p>a>b>end']))
    run.succeed('p').comesTo('Refused', 'a').does({ action: 'skip', nodeId: 'a', output: {} })
    run.comesTo('Refused', 'b')
    expect(kindAfter(run)).toBe('StepStarted b')
  })

  it('is before a cancel, and before what a saga, a map or a loop failed at when its rounds were done', () => {
    const run = new Bench(sagaOf({ a: {} }, ['start>a>end']))
    run.does({ action: 'cancel' })
    expect(kindAfter(run)).toBe('OperatorActed')
    const loop = {
      type: 'loop',
      until: '() => true',
      maxIterations: 1,
      body: { type: 'step', action: { type: 'script', code: '() => ({})' } },
    }
    const looping = new Bench(sagaOf({ n: loop }, ['start>n>end'])).succeed('n/0').happens('judge:n:0=again')
    expect(kindAfter(looping)).toBe('StepFailed n')
  })

  it('is nowhere while nothing has failed', () =>
    expect(at(new Bench(sagaOf({ a: {} }, ['start>a>end'])))).toBeNull())
})
