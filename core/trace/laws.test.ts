import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  arbitraryCase,
  arbitraryDraws,
  type Disturb,
  drawsFrom,
  randomChooser,
  walk,
} from '../check/random-walk'
import { effectsOf } from '../saga/effects'
import type { OperatorAction } from '../saga/stimulus'
import { nodesOf } from '../saga/unfold'
import { traceOf } from './fold'
import type { Span, TracedEvent } from './span'

// Hundreds of runs each: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const RUN = { runId: 'r1', designId: 'd1' }
const numbered = (events: readonly TracedEvent['event'][]): readonly TracedEvent[] =>
  events.map((event, index) => ({ seq: index + 1, event }))

const ACTS = ['pause', 'cancel', 'skip', 'fail'] as const
const SUSPENDED = ['resume', 'retry', 'skip', 'compensate'] as const
const UNDOING = ['retry-compensation', 'mark-compensated', 'leave-compensation'] as const

const ASKS: ReadonlySet<string> = new Set(['failed', 'timed-out', 'waiting'])

/** A person who acts at random: what ends in another way than by an answer must end in the trace too. */
const meddling =
  (draws: () => number | null): Disturb =>
  ({ state, now }, plan) => {
    const draw = draws()
    if (draw === null || draw % 3 > 0) return null
    // What a person is asked about, if there is anything.
    const stuck = Object.entries(state.nodes).flatMap(([path, { status, compensation }]) =>
      ASKS.has(state.status === 'failed' ? (compensation?.status ?? '') : status) ? path : [],
    )
    const paths = stuck.length > 0 ? stuck : nodesOf(plan, state)
    const nodeId = paths[(draws() ?? 0) % paths.length] ?? 'start'
    const names = state.status === 'failed' ? UNDOING : state.status === 'suspended' ? SUSPENDED : ACTS
    const action = names[(draws() ?? 0) % names.length] ?? 'pause'
    const act = { action, nodeId, output: {}, code: 'ByHand' } as unknown as OperatorAction
    return { type: 'operator', act, by: 'ada', at: now }
  }

interface Case {
  readonly events: readonly TracedEvent[]
  readonly spans: readonly Span[]
}

const holds = (check: (run: Case) => void, numRuns = 300): void => {
  fc.assert(
    fc.property(arbitraryCase, arbitraryDraws(20), (random, meddle) => {
      const choose = randomChooser(drawsFrom(random.draws))
      const { events } = walk(random.plan, choose, meddling(drawsFrom(meddle)), 1_000)
      const run = numbered(events)
      check({ events: run, spans: traceOf(RUN, run) })
    }),
    { numRuns },
  )
}

describe('for random sagas, random outcomes and a person who meddles', () => {
  it('every attempt has exactly one span, which begins with it', () =>
    holds(({ events, spans }) => {
      const attempts = events.flatMap(({ seq, event }) =>
        event.type === 'StepStarted' || event.type === 'CompensationStarted'
          ? [[seq, event.data.nodeId, event.data.attempt]]
          : [],
      )
      const traced = spans.filter(({ kind }) => kind === 'attempt')
      expect(traced.map(({ startSeq, nodeId, attempt }) => [startSeq, nodeId, attempt])).toEqual(attempts)
    }))

  it('ids are their own, parents exist, and there is one root', () =>
    holds(({ spans }) => {
      const ids = new Set(spans.map(({ spanId }) => spanId))
      expect(ids.size).toBe(spans.length)
      expect(spans.filter(({ parentId }) => parentId === null)).toHaveLength(1)
      for (const { parentId, links, traceId } of spans) {
        if (parentId !== null) expect(ids).toContain(parentId)
        for (const link of links) if (link.traceId === traceId) expect(ids).toContain(link.spanId)
      }
    }))

  it('a span lies within its parent, or begins after that has ended', () =>
    holds(({ spans }) => {
      const byId = new Map(spans.map((span) => [span.spanId, span]))
      for (const span of spans) {
        if (span.endAt !== null) expect(span.endAt).toBeGreaterThanOrEqual(span.startAt)
        const parent = byId.get(span.parentId ?? '')
        if (!parent) continue
        expect(span.startAt).toBeGreaterThanOrEqual(parent.startAt)
        if (parent.endAt === null || span.startSeq > (parent.endSeq ?? 0)) continue
        expect(span.endAt).not.toBeNull()
        expect(span.endAt).toBeLessThanOrEqual(parent.endAt)
      }
    }))

  it('the moments of a span lie within it, in order', () =>
    holds(({ spans }) => {
      for (const { startAt, endAt, events } of spans) {
        let before = startAt
        for (const { at } of events) {
          expect(at).toBeGreaterThanOrEqual(before)
          before = at
        }
        if (endAt !== null) expect(before).toBeLessThanOrEqual(endAt)
      }
    }))

  it('nothing of a run that has ended goes on', () =>
    holds(({ spans }) => {
      const root = spans[0]
      const stretches = spans.filter(({ kind }) => kind === 'run')
      if (root?.endAt === null || stretches.some(({ endAt }) => endAt === null)) return
      expect(spans.filter(({ endAt }) => endAt === null)).toEqual([])
    }))

  it('a trace cut at any event is a beginning of the whole one: what has ended never changes', () =>
    holds(({ events, spans }) => {
      const whole = new Map(spans.map((span) => [span.spanId, span]))
      for (let cut = 0; cut < events.length; cut++) {
        for (const span of traceOf(RUN, events.slice(0, cut))) {
          const later = whole.get(span.spanId)
          if (span.endAt !== null) {
            expect(later).toEqual(span)
            continue
          }
          const { spanId, parentId, name, startAt, startSeq, links } = span
          expect(later).toMatchObject({ spanId, parentId, name, startAt, startSeq, links })
          expect(later?.events.slice(0, span.events.length)).toEqual(span.events)
        }
      }
    }, 60))

  it('an attempt bears the idempotency key that its work is asked for under', () => {
    let seen = 0
    fc.assert(
      fc.property(arbitraryCase, ({ plan, draws }) => {
        const { steps } = walk(plan, randomChooser(drawsFrom(draws)))
        const events: TracedEvent[] = []
        for (const step of steps) {
          for (const event of step.events) events.push({ seq: events.length + 1, event })
          const open = traceOf(RUN, events).filter(({ kind, endAt }) => kind === 'attempt' && endAt === null)
          for (const effect of effectsOf(plan, step.after.state)) {
            if (effect.type !== 'perform') continue
            const span = open.find(({ nodeId, phase }) => nodeId === effect.nodeId && phase === effect.phase)
            expect(span?.attributes['saga.idempotency_key']).toBe(`r1:${effect.idempotencyKey}`)
            seen += 1
          }
        }
      }),
      { numRuns: 200 },
    )
    expect(seen).toBeGreaterThan(100)
  })

  it('the random cases reach every kind of span and every way to end', () => {
    const seen = new Set<string>()
    holds(({ spans }) => {
      for (const { kind, outcome, parentId, phase } of spans) {
        seen.add(kind).add(outcome)
        if (kind === 'run' && parentId !== null) seen.add('taken up again')
        if (phase === 'compensation') seen.add('undoing')
      }
    }, 1_500)
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...['run', 'scope', 'attempt', 'wait', 'mark', 'undoing', 'taken up again'],
        ...[
          'succeeded',
          'compensated',
          'failed',
          'timed-out',
          'unknown',
          'late',
          'skipped',
          'abandoned',
          'open',
        ],
      ]),
    )
  })
})
