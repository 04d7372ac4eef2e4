import { describe, expect, it } from 'vitest'
import { asJson } from '@/core/json'
import { type DecidedEvent, forkEvents, renamed, type SagaEventData } from '@/core/saga'
import { Bench, sagaOf, undoable } from '@/core/saga/testing'
import { type ComparedRun, compareRuns } from './compare'
import { emptyHistory, extend } from './history'

const steps = sagaOf({ a: undoable, b: {}, c: {} }, ['start>a>b>c>end'])

/** A run as its page has it, with its own id in what its first step gave. */
function runOf(id: string, { plan, events }: Pick<Bench, 'plan' | 'events'>): ComparedRun {
  const answers = events.map(({ type, data }, at) => ({
    position: at + 1,
    streamId: `run-${id}`,
    version: at + 1,
    type,
    data: { ...data, ...(type === 'StepCompleted' ? { output: { order: id } } : {}) } as never,
    metadata: { messageId: `m${at}`, correlationId: id, causationId: 'outside', schemaVersion: 1 },
    recordedAt: data.at,
  }))
  return { id, events: extend(emptyHistory(plan), answers)?.events ?? [] }
}

/** A fork of it at an event, which goes on as this other one does from there. */
function forkOf(first: Bench, seq: number, other: Bench, changes: Partial<SagaEventData['SagaForked']> = {}) {
  const begun = forkEvents(first.plan, first.events, {
    from: 'first',
    seq,
    runId: 'fork',
    designVersion: 1,
    changes: { by: 'ada', at: 90_000, ...changes },
  })
  if (!begun.ok) throw new Error(begun.error.code)
  const on = other.events.slice(begun.value.length - 1)
  const events = [...begun.value, ...on].map(
    (event) => ({ ...event, data: renamed(asJson(event.data), 'first', 'fork') }) as unknown as DecidedEvent,
  )
  return runOf('fork', { plan: first.plan, events })
}

const shown = ({ lines }: ReturnType<typeof compareRuns>) =>
  lines.map(
    ({ left, right, same }) => `${left?.event.type ?? '-'} ${same ? '=' : '/'} ${right?.event.type ?? '-'}`,
  )

describe('two runs beside each other', () => {
  const first = new Bench(steps).succeed('a', 'b', 'c')

  it('are the same when a fork did as the other, but for its own id and its own time', () => {
    const { first: parting, lines } = compareRuns(runOf('first', first), forkOf(first, 3, first))
    expect(parting).toBeNull()
    expect(lines.filter(({ left }) => left === null).map(({ right }) => right?.event.type)).toEqual([
      'SagaForked',
    ])
  })

  it('part where they really do, and what both did after that stands side by side', () => {
    const second = new Bench(steps)
    second.does({ action: 'pause' }).does({ action: 'resume' }).succeed('a', 'b', 'c')
    const compared = compareRuns(runOf('first', first), runOf('second', second))
    expect(compared.first?.right?.event.type).toBe('OperatorActed')
    expect(compared.first?.left).toBeNull()
    expect(shown(compared).slice(0, 7)).toEqual([
      'SagaStarted = SagaStarted',
      'StepStarted = StepStarted',
      '- / OperatorActed',
      '- / SagaSuspended',
      '- / OperatorActed',
      '- / SagaResumed',
      'StepCompleted = StepCompleted',
    ])
    expect(compared.lines.slice(6).every(({ same }) => same)).toBe(true)
  })

  it('have beside each other what each did in place of the other', () => {
    const refused = new Bench(steps).succeed('a').comesTo('Refused', 'b').undone('a')
    const compared = compareRuns(runOf('first', refused), runOf('second', first))
    expect(compared.first).toMatchObject({
      left: { event: { type: 'StepFailed' } },
      right: { event: { type: 'StepCompleted' } },
    })
  })

  it('differ where the same step gave something else', () => {
    const changed = runOf('second', first)
    const events = changed.events.map((entry) =>
      entry.event.type === 'StepCompleted' && entry.event.data.nodeId === 'b'
        ? { ...entry, event: { ...entry.event, data: { ...entry.event.data, output: { order: 'another' } } } }
        : entry,
    )
    const { first: parting, lines } = compareRuns(runOf('first', first), { ...changed, events })
    expect(parting).toMatchObject({ left: { seq: 5 }, right: { seq: 5 }, differing: ['output.order'] })
    expect(lines.filter(({ same }) => !same)).toEqual([parting])
  })

  it('wait as long when what is due is as far away', () => {
    const waiting = new Bench(sagaOf({ w: { type: 'wait', durationMs: 1_000 } }, ['start>w>end']))
    const later = runOf('second', waiting).events.map((entry) => ({
      ...entry,
      event: {
        ...entry.event,
        data: {
          ...entry.event.data,
          at: entry.at + 5_000,
          ...('fireAt' in entry.event.data ? { fireAt: entry.event.data.fireAt + 5_000 } : {}),
        },
      } as typeof entry.event,
    }))
    expect(compareRuns(runOf('first', waiting), { id: 'second', events: later }).first).toBeNull()
  })
})
