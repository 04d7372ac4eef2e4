import { describe, expect, it } from 'vitest'
import type { SagaEvent } from '../saga/events'
import { forkEvents } from '../saga/fork'
import { Bench, sagaOf, undo, undoable } from '../saga/testing'
import { TraceFold, traceOf } from './fold'
import { spanIdOf, traceIdOf } from './ids'
import type { Span } from './span'

const RUN = { runId: 'r1', designId: 'd1' }

const trace = (events: readonly SagaEvent[]): readonly Span[] =>
  traceOf(
    RUN,
    events.map((event, index) => ({ seq: index + 1, event })),
  )

/** `name kind outcome`, in the order in which they began. */
const brief = (spans: readonly Span[]): readonly string[] =>
  spans.map(({ name, kind, outcome }) => `${name} ${kind} ${outcome}`)

const named = (spans: readonly Span[], name: string, attempt?: number): Span => {
  const found = spans.find((span) => span.name === name && (attempt ?? span.attempt) === span.attempt)
  if (!found) throw new Error(`no span ${name}; there are ${brief(spans).join(', ')}`)
  return found
}

const twoSteps = sagaOf({ a: { ...undoable, retry: [{ intervalMs: 100 }] }, b: undoable }, ['start>a>b>end'])

describe('the trace of a run', () => {
  it('is a root with one span for each attempt when all goes well', () => {
    const spans = trace(new Bench(twoSteps).succeed('a', 'b').events)
    expect(brief(spans)).toEqual(['saga saga run succeeded', 'a attempt succeeded', 'b attempt succeeded'])
    const [root, a] = spans
    expect(root).toMatchObject({ parentId: null, traceId: traceIdOf('r1'), spanId: spanIdOf('r1', 1) })
    expect(a?.parentId).toBe(root?.spanId)
    expect(a?.attributes).toMatchObject({
      'saga.run.id': 'r1',
      'saga.design.id': 'd1',
      'saga.node.id': 'a',
      'saga.phase': 'action',
      'saga.attempt': 1,
      'saga.idempotency_key': 'r1:a:0:action',
    })
    expect(root?.attributes).toMatchObject({ 'saga.id': 'saga', 'saga.mode': 'virtual' })
  })

  it('has ids of the lengths that tracing wants, other ones for another run', () => {
    expect(traceIdOf('r1')).toMatch(/^[0-9a-f]{32}$/)
    expect(spanIdOf('r1', 7)).toMatch(/^[0-9a-f]{16}$/)
    expect(traceIdOf('r1')).not.toBe(traceIdOf('r2'))
    const ids = Array.from({ length: 2_000 }, (_, seq) => spanIdOf(`r${seq % 20}`, Math.floor(seq / 20)))
    expect(new Set(ids).size).toBe(2_000)
  })

  it('has a span for each try, linked to the one before, which says when the next comes', () => {
    const bench = new Bench(twoSteps).comesTo('Unreachable', 'a')
    bench.happens(...bench.enabled.filter((name) => name.startsWith('timer:a')).slice(0, 1))
    const spans = trace(bench.succeed('a', 'b').events)
    const [first, second] = [named(spans, 'a', 1), named(spans, 'a', 2)]
    expect(first).toMatchObject({ outcome: 'failed', errorCode: 'Unreachable' })
    expect(first.attributes['error.type']).toBe('Unreachable')
    expect(first.events).toMatchObject([{ name: 'retry', attributes: { 'saga.retry.delay_ms': 100 } }])
    expect(second.links).toEqual([{ traceId: first.traceId, spanId: first.spanId, why: 'retries' }])
    expect(second.startAt - (first.endAt ?? 0)).toBe(100)
  })

  it('ends an attempt at its timeout, and tells of its late answer apart, linked to it', () => {
    const saga = sagaOf({ a: { ...undoable, timeoutMs: 50 } }, ['start>a>end'])
    const bench = new Bench(saga).happens('action:a:1=times-out').undone('a')
    const late = bench.enabled.find((name) => name.startsWith('late:') || name.includes('late'))
    const spans = trace(bench.happens(late ?? 'no late outcome is enabled').events)
    const attempt = named(spans, 'a')
    expect(attempt).toMatchObject({ outcome: 'timed-out', errorCode: 'Timeout', endAt: 50 })
    const answer = named(spans, 'late outcome of a')
    expect(answer).toMatchObject({ kind: 'mark', outcome: 'late', startAt: answer.endAt })
    expect(answer.links).toMatchObject([{ spanId: attempt.spanId, why: 'late-outcome-of' }])
  })

  it('puts a compensation in the run, linked to the attempt that it undoes; the root tells the first error', () => {
    const spans = trace(new Bench(twoSteps).succeed('a').comesTo('Refused', 'b').undone('a').events)
    expect(brief(spans)).toEqual([
      'saga saga run compensated',
      'a attempt succeeded',
      'b attempt failed',
      'undo a attempt compensated',
    ])
    const undo = named(spans, 'undo a')
    expect(undo.links).toMatchObject([{ spanId: named(spans, 'a').spanId, why: 'compensates' }])
    expect(undo.attributes['saga.idempotency_key']).toBe('r1:a:0:compensation')
    expect(spans[0]).toMatchObject({ errorCode: 'Refused' })
    expect(spans[0]?.events.map(({ name }) => name)).toEqual(['compensating'])
  })

  it('has what a saga within, a map and a loop run beneath them', () => {
    const saga = sagaOf(
      {
        each: {
          type: 'map',
          items: '() => [1, 2]',
          body: {
            type: 'step',
            action: { type: 'script', code: '() => ({})' },
            compensation: undo,
          },
        },
      },
      ['start>each>end'],
    )
    const bench = new Bench(saga)
    const items = bench.enabled.find((name) => name.includes('each') && name.includes('2'))
    bench.happens(items ?? 'no items').succeed('each/0', 'each/1')
    const spans = trace(bench.events)
    const scope = spans.find(({ kind }) => kind === 'scope')
    expect(scope).toMatchObject({ name: 'each', outcome: 'succeeded', attributes: { 'saga.items': 2 } })
    const rounds = spans.filter(({ kind }) => kind === 'attempt')
    expect(rounds.map(({ name, nodeId, parentId }) => [name, nodeId, parentId])).toEqual([
      ['each', 'each/0', scope?.spanId],
      ['each', 'each/1', scope?.spanId],
    ])
    expect(rounds[1]?.attributes['saga.idempotency_key']).toBe('r1:each:1:action')
  })

  it('says what a command led to: the stream, the versions, the events', () => {
    const output = {
      aggregate: 'Order',
      key: 'o1',
      version: 5,
      events: [{ type: 'Placed' }, { type: 'Paid' }],
    }
    const events = [...new Bench(twoSteps).events]
    events.push({ type: 'StepCompleted', data: { nodeId: 'a', attempt: 1, output, at: 9 }, cause: 1 })
    expect(named(trace(events), 'a')).toMatchObject({
      caused: { streamId: 'Order-o1', fromVersion: 4, toVersion: 5, types: ['Placed', 'Paid'] },
      attributes: {
        'saga.caused.stream': 'Order-o1',
        'saga.caused.version.from': 4,
        'saga.caused.version.to': 5,
        'saga.caused.events': 'Placed,Paid',
      },
    })
  })

  it('shows who did what by hand, and that the run waited for them', () => {
    const bench = new Bench(twoSteps)
    bench.act({ action: 'pause' }, 'lunch')
    bench.does({ action: 'resume' })
    const spans = trace(bench.succeed('a', 'b').events)
    expect(spans[0]?.events.map(({ name }) => name)).toEqual([
      'operator pause',
      'suspended',
      'operator resume',
      'resumed',
    ])
    expect(spans[0]?.events[0]?.attributes).toMatchObject({
      'saga.operator.by': 'ada',
      'saga.operator.reason': 'lunch',
    })
    expect(named(spans, 'wait for a person')).toMatchObject({ kind: 'wait', outcome: 'succeeded' })
  })

  it('of a fork has what it took over, links to the run it comes from, and says where it goes its own way', () => {
    const run = new Bench(twoSteps).succeed('a')
    const changes = { by: 'ada', reason: 'fixed', at: 50 }
    const fork = { from: 'r0', seq: 3, runId: 'r1', designVersion: 2, changes }
    const forked = forkEvents(run.plan, run.events, fork)
    if (!forked.ok) throw new Error(forked.error.code)
    const spans = trace(forked.value)
    expect(brief(spans)).toEqual(['saga saga run open', 'a attempt succeeded', 'b attempt open'])
    expect(spans[0]?.links).toEqual([
      { traceId: traceIdOf('r0'), spanId: spanIdOf('r0', 1), why: 'forked-from' },
    ])
    expect(spans[0]?.events).toMatchObject([
      { name: 'forked', attributes: { 'saga.operator.by': 'ada', 'saga.operator.reason': 'fixed' } },
    ])
    expect(spans.map(({ attributes }) => attributes['saga.taken_over_from'])).toEqual([
      undefined,
      'r0',
      undefined,
    ])
  })

  it('passes over events that it does not know', () => {
    const known = new Bench(twoSteps).succeed('a', 'b').events
    const unknown = { type: 'SomethingNew', data: { at: 0, nodeId: 'a' } } as unknown as SagaEvent
    const numbered = known.map((event, index) => ({ seq: index + 1, event }))
    const fold = new TraceFold(RUN)
    const first = numbered.slice(0, 2).flatMap((entry) => fold.add(entry))
    expect(fold.add({ seq: 3, event: unknown })).toEqual([])
    const rest = numbered.slice(2).flatMap(({ seq, event }) => fold.add({ seq: seq + 1, event }))
    expect(brief([...first, ...rest])).toEqual([
      'a attempt succeeded',
      'b attempt succeeded',
      'saga saga run succeeded',
    ])
  })

  it('folds an event in once, however often it is given', () => {
    const fold = new TraceFold(RUN)
    const events = new Bench(twoSteps)
      .succeed('a', 'b')
      .events.map((event, index) => ({ seq: index + 1, event }))
    const ended = [...events, ...events].flatMap((entry) => fold.add(entry))
    expect(ended).toHaveLength(3)
    expect(fold.open).toEqual([])
  })
})
