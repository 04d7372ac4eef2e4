import { describe, expect, it } from 'vitest'
import { follow, simulateRun } from '../check/simulate-run'
import { type Saga, sagaSchema } from '../design/saga'
import type { Json, JsonObject } from '../json'
import type { DecidedEvent } from './events'
import { replay } from './evolve'
import batchCompletes from './golden/batch-shipment-completes.json'
import batchRefused from './golden/batch-shipment-parcel-refused.json'
import loanApproved from './golden/loan-application-approved.json'
import loanNotTold from './golden/loan-application-customer-not-told.json'
import loanRejected from './golden/loan-application-rejected.json'
import transferCompletes from './golden/money-transfer-completes.json'
import transferRefused from './golden/money-transfer-last-step-refused.json'
import orderCompletes from './golden/order-fulfilment-completes.json'
import orderRefused from './golden/order-fulfilment-last-step-refused.json'
import tripCompletes from './golden/trip-booking-completes.json'
import tripUnreachable from './golden/trip-booking-last-step-unreachable.json'
import { planSaga } from './plan'

/**
 * Runs of the templates as they were recorded, each with the saga it ran. They are never recorded anew: a change that
 * breaks one changes what past runs mean, and needs a new version of the event or of the design's format.
 */
interface GoldenLog {
  readonly about: string
  readonly seed: string
  readonly input: JsonObject
  /** The choices of the outside world, by name. */
  readonly trace: readonly string[]
  readonly end: string
  readonly saga: Saga
  /** The other sagas of its design, for those it runs. */
  readonly inner?: readonly Saga[]
  readonly events: readonly DecidedEvent[]
  readonly state: Json
}

const logs = [
  orderCompletes,
  orderRefused,
  tripCompletes,
  tripUnreachable,
  transferCompletes,
  transferRefused,
  loanApproved,
  loanRejected,
  loanNotTold,
  batchCompletes,
  batchRefused,
] as unknown as readonly GoldenLog[]
const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value))

describe.each(logs)('$about', ({ seed, input, trace, end, saga, inner = [], events, state }) => {
  const plan = planSaga(
    sagaSchema.parse(saga),
    inner.map((each) => sagaSchema.parse(each)),
  )

  it('replays to the state that was recorded', () => {
    expect(plain(replay(plan, events))).toEqual(state)
  })

  it('the same choices lead to the events that were recorded', () => {
    const run = simulateRun(plan, { input, seed, choose: follow(trace) })
    expect(plain(run.events)).toEqual(events)
    expect(run.end).toBe(end)
  })
})

it('the logs end in each of the ways the templates are there to show', () => {
  expect(logs.map((log) => (log.state as { readonly status: string }).status)).toEqual([
    'completed',
    'compensated',
    'completed',
    'suspended',
    'completed',
    'compensated',
    'completed',
    'compensated',
    'suspended',
    'completed',
    'compensated',
  ])
})
