import { describe, expect, it } from 'vitest'
import { readSagaEvent } from './event-schema'
import batch from './golden/batch-shipment-parcel-refused.json'
import loanApproved from './golden/loan-application-approved.json'
import loanNotTold from './golden/loan-application-customer-not-told.json'
import loanRejected from './golden/loan-application-rejected.json'
import order from './golden/order-fulfilment-last-step-refused.json'
import trip from './golden/trip-booking-last-step-unreachable.json'

/** Every event of a recorded run, wherever in the file it stands. */
function eventsIn(value: unknown): readonly { readonly type: string; readonly data: unknown }[] {
  if (Array.isArray(value)) return value.flatMap(eventsIn)
  if (typeof value !== 'object' || value === null) return []
  const { type, data } = value as { type?: unknown; data?: { at?: unknown } }
  if (typeof type === 'string' && typeof data?.at === 'number') return [{ type, data }]
  return Object.values(value).flatMap(eventsIn)
}

const ERROR = { code: 'E', message: 'm', kind: 'business', nodeId: null }

describe('an event of a run in a file', () => {
  it.each([batch, loanApproved, loanNotTold, loanRejected, order, trip])(
    'is taken as $about recorded it',
    (log) => {
      const events = eventsIn(log.events)
      expect(events.length).toBeGreaterThan(3)
      for (const { type, data } of events) expect(readSagaEvent(type, data)).toEqual({ type, data })
    },
  )

  it.each([
    ['OrderPlaced', {}, 'a run has no event OrderPlaced'],
    ['toString', {}, 'a run has no event toString'],
    ['SagaStarted', { at: 1 }, 'SagaStarted: saga: '],
    ['StepStarted', { at: 1, nodeId: '../x', attempt: 1 }, 'StepStarted: nodeId: '],
    ['SagaCompensating', { at: 1, steps: [] }, 'SagaCompensating: error: '],
    ['SagaCompensating', { at: 1, error: ERROR, steps: ['__proto__'] }, 'SagaCompensating: steps.0: '],
    ['OperatorActed', { at: 1, action: 'retry', by: 'b', nodeId: '__proto__' }, 'OperatorActed: nodeId: '],
    ['SagaForked', { at: 1, by: 'b', scopes: { '../x': {} } }, 'SagaForked: scopes.../x: '],
    ['SagaCompleted', null, 'SagaCompleted: data: '],
  ])('is refused when %s is %j', (type, data, why) => {
    expect(readSagaEvent(type, data)).toContain(why)
  })
})
