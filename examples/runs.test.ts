import { afterAll, describe, expect, it } from 'vitest'
import { isJsonObject, type JsonObject } from '@/core/json'
import type { DecidedEvent, FaultInput, OperatorAction } from '@/core/saga'
import { createInlineCodeRunner } from '@/lib/preview/inline-runner'
import { findTemplate } from './index'
import { VirtualWorld } from './virtual-run'

const code = createInlineCodeRunner()
afterAll(() => code.close())

/** A fresh world of a template, and its saga with the example input. */
function open(id: string) {
  const design = findTemplate(id)?.document
  const [saga] = design?.sagas ?? []
  const start = saga?.nodes.find((node) => node.type === 'start')
  if (!design || !saga || start?.type !== 'start' || !isJsonObject(start.inputExample))
    throw new Error(`no template ${id}`)
  const { inputExample } = start
  const world = new VirtualWorld(design, code)
  const run = (
    runId: string,
    faults: readonly FaultInput[] = [],
    input: JsonObject = {},
    acts: readonly OperatorAction[] = [],
  ) => world.run(saga.id, { ...inputExample, ...input }, runId, faults, acts)
  return { world, run }
}

const nodes = (events: readonly DecidedEvent[], type: DecidedEvent['type']): readonly string[] =>
  events.flatMap((event) => (event.type === type && 'nodeId' in event.data ? (event.data.nodeId ?? []) : []))
const fails = (node: string, kind: 'business' | 'technical' = 'business'): FaultInput => ({
  node,
  effect: { type: 'error', kind },
})
const inputOf = (events: readonly DecidedEvent[], node: string) =>
  events.find((event) => event.type === 'CompensationStarted' && event.data.nodeId === node)

describe('order fulfilment', () => {
  it('runs exactly five steps with the example input, and again', async () => {
    const { world, run } = open('order-fulfilment')
    for (const runId of ['r1', 'r2']) {
      const { state, events } = await run(runId)
      expect(state.status).toBe('completed')
      expect([...nodes(events, 'StepCompleted')].sort()).toEqual([
        'book-courier',
        'charge-payment',
        'confirm-order',
        'place-order',
        'reserve-stock',
      ])
      expect(await world.state('Order', runId)).toMatchObject({ status: 'Confirmed', total: 120 })
    }
    const rows = await world.rows('orders')
    expect(rows.r1).toEqual({
      id: 'r1',
      customer: 'ada',
      status: 'Confirmed',
      total: 120,
      items: 3,
      updatedAt: expect.any(Number),
    })
    expect(Object.keys(rows)).toEqual(['r1', 'r2'])
  })

  it('passes over the courier when the order is picked up', async () => {
    const { state } = await open('order-fulfilment').run('r1', [], { delivery: 'pickup' })
    expect([state.status, state.nodes['book-courier']?.status]).toEqual(['completed', 'skipped'])
  })

  it('undoes four steps in reverse when the last breaks, each with what it returned itself', async () => {
    const { world, run } = open('order-fulfilment')
    const { state, events } = await run('r1', [fails('confirm-order')])
    expect(state.status).toBe('compensated')
    const undone = nodes(events, 'CompensationCompleted')
    expect([undone[0], undone.at(-1)]).toEqual(['book-courier', 'place-order'])
    expect([...undone].sort()).toEqual(['book-courier', 'charge-payment', 'place-order', 'reserve-stock'])
    const { paymentId, reservationId, trackingNumber } = state.data
    expect(inputOf(events, 'charge-payment')).toMatchObject({ data: { input: { orderId: 'r1', paymentId } } })
    expect(inputOf(events, 'reserve-stock')).toMatchObject({
      data: { input: { orderId: 'r1', reservationId } },
    })
    expect(inputOf(events, 'book-courier')).toMatchObject({
      data: { input: { orderId: 'r1', trackingNumber } },
    })
    expect(new Set([paymentId, reservationId, trackingNumber]).size).toBe(3)
    expect(await world.state('Order', 'r1')).toMatchObject({ status: 'Cancelled', reason: 'InjectedFault' })
    expect((await world.rows('orders')).r1).toMatchObject({ status: 'Cancelled' })
  })

  it.each([
    ['charge-payment', 'InsufficientFunds', { items: [{ productId: 'piano', quantity: 1, price: 5001 }] }],
    ['charge-payment', 'InvalidDetails', { items: [{ productId: 'nothing', quantity: 1, price: 0 }] }],
    ['reserve-stock', 'InsufficientInventory', { items: [{ productId: 'pin', quantity: 101, price: 1 }] }],
    ['reserve-stock', 'ProductNotFound', { items: [{ productId: 'unknown', quantity: 1, price: 1 }] }],
  ])('fails at %s with %s for an input that the service refuses', async (nodeId, code, input) => {
    const { state } = await open('order-fulfilment').run('r1', [], input)
    expect([state.status, state.error?.nodeId, state.error?.code]).toEqual(['compensated', nodeId, code])
  })

  it('refuses an empty order, with nothing to undo', async () => {
    const { state, events } = await open('order-fulfilment').run('r1', [], { items: [] })
    expect([state.status, state.error?.code, nodes(events, 'CompensationStarted')]).toEqual([
      'compensated',
      'EmptyOrder',
      [],
    ])
  })

  it('compensates a step whose outcome is unknown, with no output', async () => {
    const { state, events } = await open('order-fulfilment').run('r1', [
      { node: 'charge-payment', effect: { type: 'timeout', when: 'before' } },
    ])
    expect(state.status).toBe('compensated')
    expect(inputOf(events, 'charge-payment')).toMatchObject({
      data: { input: { orderId: 'r1', paymentId: null } },
    })
  })

  it('cancels nothing when the order may never have come to be', async () => {
    const { world, run } = open('order-fulfilment')
    const { state } = await run('r1', [{ node: 'place-order', effect: { type: 'timeout', when: 'before' } }])
    expect([state.status, await world.state('Order', 'r1')]).toMatchObject([
      'compensated',
      { status: 'None' },
    ])
  })

  it('ships only what is confirmed, delivers only what is shipped, cancels only what is neither', async () => {
    const { world } = open('order-fulfilment')
    const payloads = {
      CreateOrder: { customer: 'ada', items: [{ productId: 'pen', quantity: 1, price: 2 }] },
      ConfirmOrder: {},
      ShipOrder: { trackingNumber: 't' },
      DeliverOrder: {},
      CancelOrder: { reason: 'r' },
    }
    type Command = keyof typeof payloads
    const ways: Readonly<Record<string, readonly Command[]>> = {
      None: [],
      Pending: ['CreateOrder'],
      Confirmed: ['CreateOrder', 'ConfirmOrder'],
      Shipped: ['CreateOrder', 'ConfirmOrder', 'ShipOrder'],
      Delivered: ['CreateOrder', 'ConfirmOrder', 'ShipOrder', 'DeliverOrder'],
      Cancelled: ['CreateOrder', 'CancelOrder'],
    }
    const answers: Record<string, readonly string[]> = {}
    for (const [status, way] of Object.entries(ways)) {
      const taken: string[] = []
      for (const [command, payload] of Object.entries(payloads)) {
        const key = `${status}-${command}`
        for (const step of way) await world.send('Order', key, step, payloads[step])
        expect(await world.state('Order', key)).toMatchObject({ status })
        const answer = await world.send('Order', key, command, payload)
        if (!answer.ok) expect(answer.code).toBe('InvalidStateTransition')
        taken.push(answer.ok && isJsonObject(answer.state) ? String(answer.state.status) : '-')
      }
      answers[status] = taken
    }
    expect(answers).toEqual({
      //          Create     Confirm      Ship       Deliver      Cancel
      None: ['Pending', '-', '-', '-', 'None'],
      Pending: ['-', 'Confirmed', '-', '-', 'Cancelled'],
      Confirmed: ['-', '-', 'Shipped', '-', 'Cancelled'],
      Shipped: ['-', '-', '-', 'Delivered', '-'],
      Delivered: ['-', '-', '-', '-', '-'],
      Cancelled: ['-', '-', '-', '-', 'Cancelled'],
    })
  })
})

describe('trip booking', () => {
  it('books all three, pays for them, and sends the itinerary', async () => {
    const { state } = await open('trip-booking').run('r1')
    expect([state.status, state.data.paid]).toEqual(['completed', 630])
  })

  it('cancels only what was booked when one of the three fails', async () => {
    const { state, events } = await open('trip-booking').run('r1', [], { seats: 10 })
    expect([state.status, state.error?.code]).toEqual(['compensated', 'NoSeatsLeft'])
    expect(nodes(events, 'CompensationCompleted')).not.toContain('book-flight')
  })

  it('cancels all three when the pivot fails', async () => {
    const { state, events } = await open('trip-booking').run('r1', [fails('charge-card')])
    expect(state.status).toBe('compensated')
    expect([...nodes(events, 'CompensationCompleted')].sort()).toEqual([
      'book-car',
      'book-flight',
      'book-hotel',
    ])
  })

  it('undoes nothing behind the pivot: it tries again, and in the end waits for a person', async () => {
    const once = await open('trip-booking').run('r1', [
      { ...fails('send-itinerary', 'technical'), attempt: 1 },
    ])
    expect(once.state.status).toBe('completed')
    const always = await open('trip-booking').run('r1', [fails('send-itinerary', 'technical')])
    expect([always.state.status, always.state.nodes['send-itinerary']?.attempts]).toEqual(['suspended', 20])
    expect(nodes(always.events, 'CompensationStarted')).toEqual([])
  })
})

describe('money transfer', () => {
  const balances = async (world: VirtualWorld) =>
    Object.fromEntries(
      Object.entries(await world.rows('balances')).map(([key, row]) => [
        key,
        isJsonObject(row) ? row.balance : null,
      ]),
    )

  it('moves money, and again', async () => {
    const { world, run } = open('money-transfer')
    expect((await run('r1')).state.status).toBe('completed')
    expect(await balances(world)).toEqual({ alice: 900, bob: 100 })
    expect((await run('r2')).state.status).toBe('completed')
    expect(await balances(world)).toEqual({ alice: 800, bob: 200 })
  })

  it('refunds this transfer and no other when the deposit fails', async () => {
    const { world, run } = open('money-transfer')
    await run('r1')
    expect((await run('r2', [fails('deposit')])).state.status).toBe('compensated')
    expect(await balances(world)).toEqual({ alice: 900, bob: 100 })
  })

  it('refunds when the other account is closed', async () => {
    const { world, run } = open('money-transfer')
    await run('r1')
    await world.send('Account', 'bob', 'CloseAccount', {})
    const { state } = await run('r2')
    expect([state.status, state.error?.code, state.error?.nodeId]).toEqual([
      'compensated',
      'AccountNotOpen',
      'deposit',
    ])
    expect(await balances(world)).toEqual({ alice: 900, bob: 100 })
  })

  it.each(['before', 'after'] as const)(
    'makes no money when the withdrawal times out %s its effect',
    async (when) => {
      const { world, run } = open('money-transfer')
      const { state } = await run('r1', [{ node: 'withdraw', effect: { type: 'timeout', when } }])
      expect(state.status).toBe('compensated')
      expect(await balances(world)).toEqual({ alice: 1000, bob: 0 })
    },
  )

  it('refuses to take more than there is, with nothing to refund', async () => {
    const { world, run } = open('money-transfer')
    const { state, events } = await run('r1', [], { amount: 1001 })
    expect([state.status, state.error?.code, nodes(events, 'CompensationStarted')]).toEqual([
      'compensated',
      'InsufficientFunds',
      [],
    ])
    expect(await balances(world)).toEqual({ alice: 1000, bob: 0 })
  })
})

describe('loan application', () => {
  const approve: OperatorAction = { action: 'decide', nodeId: 'approve', approved: true }
  const signed: OperatorAction = { action: 'signal', signal: 'Signed', data: { signedBy: 'ada' } }
  const DAY_MS = 86_400_000

  it('waits for a person, a signature and two weeks, and pays out in a saga within', async () => {
    const { world, run } = open('loan-application')
    const { state, events } = await run('r1', [], {}, [approve, signed])
    expect(state.status).toBe('completed')
    expect(state.data).toMatchObject({ approve: { approved: true, by: 'ada' }, signedBy: 'ada' })
    expect((state.endedAt ?? 0) - (state.startedAt ?? 0)).toBeGreaterThan(14 * DAY_MS)
    expect(nodes(events, 'StepCompleted')).toEqual([
      'open-file',
      'score',
      'pay-out/reserve-funds',
      'pay-out/send-money',
      'pay-out/grant',
      'pay-out/tell',
    ])
    expect(await world.state('Loan', 'r1')).toMatchObject({ status: 'Granted' })
  })

  it('asks nobody about a small loan, and keeps a signature that comes early', async () => {
    const { state, events } = await open('loan-application').run('r1', [], { amount: 500 }, [signed])
    expect([state.status, state.nodes.approve?.status]).toEqual(['completed', 'skipped'])
    expect(nodes(events, 'SignalMatched')).toEqual(['signature'])
  })

  it('is undone when a person says no, and when nobody says anything for a week', async () => {
    const no = await open('loan-application').run('r1', [], {}, [{ ...approve, approved: false }])
    expect([no.state.status, no.state.error?.code]).toEqual(['compensated', 'Rejected'])
    expect(nodes(no.events, 'CompensationCompleted')).toEqual(['score', 'open-file'])
    const silent = await open('loan-application').run('r2')
    expect([silent.state.status, silent.state.error?.code]).toEqual(['compensated', 'ApprovalTimedOut'])
  })

  it('tries the score again a second, two and four apart', async () => {
    const { state, events } = await open('loan-application').run('r1', [fails('score', 'technical')])
    const delays = events.flatMap(({ type, data }) =>
      type === 'StepAttemptFailed' ? [data.retryAt - data.at] : [],
    )
    expect([state.status, delays]).toEqual(['compensated', [1000, 2000, 4000]])
  })

  it('undoes the whole application when the saga within fails before its pivot, and nothing after', async () => {
    const before = await open('loan-application').run('r1', [fails('pay-out/send-money')], {}, [
      approve,
      signed,
    ])
    expect(before.state.status).toBe('compensated')
    expect(nodes(before.events, 'CompensationCompleted')).toEqual([
      'pay-out/reserve-funds',
      'score',
      'open-file',
    ])
    const after = await open('loan-application').run('r2', [fails('pay-out/tell', 'technical')], {}, [
      approve,
      signed,
    ])
    expect([after.state.status, after.state.nodes['pay-out/tell']?.attempts]).toEqual(['suspended', 20])
    expect(nodes(after.events, 'CompensationStarted')).toEqual([])
  })
})

describe('batch shipment', () => {
  it('labels parcel by parcel, no more than two at once, and asks until all are collected', async () => {
    const { world, run } = open('batch-shipment')
    const { state, events } = await run('r1')
    expect(state.status).toBe('completed')
    expect(state.nodes['label-parcels']?.rounds?.begun).toBe(4)
    expect(state.nodes['wait-for-carrier']?.rounds).toMatchObject({ begun: 3, done: true })
    expect(state.data.labels).toHaveLength(4)
    expect(new Set(state.data.labels as readonly string[]).size).toBe(4)
    let under = 0
    for (const { type, data } of events) {
      if (!('nodeId' in data) || !data.nodeId?.startsWith('label-parcels/')) continue
      if (type === 'StepStarted') under += 1
      if (type === 'StepCompleted') under -= 1
      expect(under).toBeLessThanOrEqual(2)
    }
    expect(await world.state('Batch', 'r1')).toMatchObject({ status: 'Closed' })
  })

  it('ships a batch of one', async () => {
    const { state } = await open('batch-shipment').run('r1', [], { parcels: [{ parcelId: 'p', to: 'Oslo' }] })
    expect(state.status).toBe('completed')
  })

  it('gives up when the carrier takes more rounds than it may', async () => {
    const design = structuredClone(findTemplate('batch-shipment')?.document)
    const [saga] = design?.sagas ?? []
    const loop = saga?.nodes.find(({ type }) => type === 'loop')
    const start = saga?.nodes.find(({ type }) => type === 'start')
    if (!design || !saga || loop?.type !== 'loop' || start?.type !== 'start') throw new Error('no loop')
    loop.maxIterations = 2
    const input = start.inputExample as JsonObject
    const { state } = await new VirtualWorld(design, code).run(saga.id, input, 'r1')
    expect([state.status, state.error?.code]).toEqual(['compensated', 'LoopExhausted'])
  })

  it('voids the labels one at a time, the latest first, when one parcel breaks', async () => {
    const { world, run } = open('batch-shipment')
    const { state, events } = await run('r1', [fails('label-parcels/2')])
    expect(state.status).toBe('compensated')
    const undone = nodes(events, 'CompensationCompleted')
    const ended = nodes(events, 'StepCompleted').filter((path) => path.startsWith('label-parcels/'))
    expect(undone).toEqual([...ended.toReversed(), 'open-batch'])
    const began = events.flatMap(({ type }) => (type.startsWith('Compensation') ? [type] : []))
    expect(began).toEqual(undone.flatMap(() => ['CompensationStarted', 'CompensationCompleted']))
    const failed = events.findIndex(({ type }) => type === 'StepFailed')
    expect(nodes(events.slice(failed), 'StepStarted')).toEqual([])
    expect(await world.state('Batch', 'r1')).toMatchObject({ status: 'Cancelled' })
  })
})
