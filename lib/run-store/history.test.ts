import { describe, expect, it } from 'vitest'
import { planSaga, replay } from '@/core/saga'
import { causeOf, emptyHistory, extend, headOf, stateAt } from './history'
import { recordRun } from './testing'
import { viewOf } from './view'

const { saga, events } = recordRun()
const plan = planSaga(saga)

function whole() {
  const history = extend(emptyHistory(plan), events)
  if (!history) throw new Error('a gap')
  return history
}

describe('the history of a run', () => {
  it('gives at every event the state that replay gives', () => {
    const history = whole()
    for (let seq = 0; seq <= headOf(history); seq += 1) {
      const replayed = replay(
        plan,
        history.events.slice(0, seq).map(({ event }) => event),
      )
      expect(stateAt(history, seq)).toEqual(replayed)
    }
  })

  it('is the same however the events arrive', () => {
    let history = emptyHistory(plan)
    for (const event of events) history = extend(history, [event]) ?? history
    expect(history).toEqual(whole())
  })

  it('is left as it is by a repeat', () => {
    const history = whole()
    expect(extend(history, events.slice(2, 5))).toBe(history)
  })

  it('refuses events behind a gap', () => {
    const begun = extend(emptyHistory(plan), events.slice(0, 2)) ?? emptyHistory(plan)
    expect(extend(begun, events.slice(3))).toBeNull()
  })

  it('finds the event that led to another', () => {
    const history = whole()
    const completed = history.events.find(({ event }) => event.type === 'StepCompleted')
    const cause = completed && causeOf(history, completed)
    expect(cause?.event.type).toBe('StepStarted')
    expect(history.events[0] && causeOf(history, history.events[0])).toBeUndefined()
  })

  it('keeps the object of a node that nothing happened to', () => {
    const history = whole()
    const started = history.events.find(
      ({ event }) => event.type === 'StepStarted' && event.data.nodeId === 'ship',
    )
    const seq = started?.seq ?? 0
    const before = viewOf(plan, stateAt(history, seq - 1))
    const after = viewOf(plan, stateAt(history, seq))
    expect(after.nodes.pay).toBe(before.nodes.pay)
    expect(after.nodes.ship).not.toBe(before.nodes.ship)
  })
})
