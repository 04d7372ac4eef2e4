import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { deciderHash, foldCall, handleCall, initialPoint } from '@/core/aggregate/handle'
import type { CodeEvent } from '@/core/code/contract'
import { type Design, parseDesign } from '@/core/design/document'
import { designProgram } from '@/core/design/program'
import { keysCall, projectCall, projectionHash } from '@/core/projection/fold'
import { createServerCodeRunner } from './runner'

const runner = createServerCodeRunner({ size: 1 })
afterAll(() => runner.close())

/** Version 1 said `cents`, version 2 `{ amount, currency }`, version 3 has `amount` as a text. */
const upcasters = [
  "({ cents }) => ({ amount: cents / 100, currency: 'EUR' })",
  '(data) => ({ ...data, amount: data.amount.toFixed(2) })',
]

function designWith(own: readonly string[], evolve = '(state, { data }) => [...state, data]'): Design {
  const parsed = parseDesign({
    formatVersion: 1,
    name: 'Lifted',
    aggregates: [
      {
        id: 'Bill',
        initialState: [],
        commands: [{ name: 'Count', decide: "(command, state) => event('Counted', state.length)" }],
        events: [{ name: 'Paid', version: own.length + 1, upcasters: [...own], evolve }],
      },
      { id: 'Bill-other', initialState: [], events: [{ name: 'Paid', evolve }] },
    ],
    projections: [
      {
        id: 'paid',
        key: '({ data }) => data.amount ?? data.cents',
        on: { Paid: '(row, { data, schemaVersion }) => ({ data, schemaVersion })' },
      },
    ],
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

const written = (schemaVersion: number, cents: number): unknown =>
  schemaVersion === 1
    ? { cents }
    : { amount: schemaVersion === 2 ? cents / 100 : (cents / 100).toFixed(2), currency: 'EUR' }
const paid = (schemaVersion: number, cents: number, streamId = 'Bill-1'): CodeEvent => ({
  type: 'Paid',
  data: written(schemaVersion, cents) as CodeEvent['data'],
  schemaVersion,
  streamId,
})

async function folded(design: Design, events: readonly CodeEvent[]) {
  const [aggregate] = design.aggregates
  if (!aggregate) throw new Error('no aggregate')
  return runner.run(designProgram(design), foldCall(aggregate, initialPoint(aggregate), events))
}

describe('an event of an older version', () => {
  it('is folded as one written at the version of now: upcast then fold = fold of what is new', async () => {
    const design = designWith(upcasters)
    const history = fc.array(fc.record({ version: fc.integer({ min: 1, max: 3 }), cents: fc.nat(99_999) }), {
      maxLength: 30,
    })
    await fc.assert(
      fc.asyncProperty(history, async (events) => {
        const old = await folded(
          design,
          events.map(({ version, cents }) => paid(version, cents)),
        )
        const now = await folded(
          design,
          events.map(({ cents }) => paid(3, cents)),
        )
        expect(old).toEqual(now)
      }),
      { numRuns: 50 },
    )
  })

  it('is lifted before a command is decided on it, and for read models, key and row alike', async () => {
    const design = designWith(upcasters)
    const [aggregate] = design.aggregates
    const [projection] = design.projections
    if (!aggregate || !projection) throw new Error('nothing there')
    const command = { type: 'Count', payload: {}, at: 1, commandId: 'c' }
    const answer = await runner.run(
      designProgram(design),
      handleCall(aggregate, initialPoint(aggregate), [paid(1, 250)], command),
    )
    expect(answer).toMatchObject({ value: { before: [{ amount: '2.50', currency: 'EUR' }] } })
    const events = [paid(1, 250), paid(2, 300), paid(3, 400)]
    const keys = await runner.run(designProgram(design), keysCall(design, projection, events))
    expect(keys).toMatchObject({ value: { keys: ['2.50', '3.00', '4.00'] } })
    const rows = await runner.run(
      designProgram(design),
      projectCall(design, projection, {}, events, ['a', 'b', 'c']),
    )
    expect(rows).toMatchObject({
      value: {
        rows: {
          a: { data: { amount: '2.50', currency: 'EUR' }, schemaVersion: 3 },
          b: { data: { amount: '3.00', currency: 'EUR' }, schemaVersion: 3 },
          c: { data: { amount: '4.00', currency: 'EUR' }, schemaVersion: 3 },
        },
      },
    })
  })

  it('of another aggregate with the same name is none of its business', async () => {
    const design = designWith(upcasters)
    const [projection] = design.projections
    if (!projection) throw new Error('nothing there')
    const keys = await runner.run(
      designProgram(design),
      keysCall(design, projection, [paid(1, 250, 'Bill-other-1'), paid(1, 250, 'Bill-1')]),
    )
    expect(keys).toMatchObject({ value: { keys: ['250', '2.50'] } })
  })

  it('is lifted from its own version on, not from the first; one without a version is of now', async () => {
    const design = designWith(['() => { throw new Error("too old") }', upcasters[1] ?? ''])
    expect(await folded(design, [paid(2, 300), paid(3, 400)])).toMatchObject({
      value: { state: [{ amount: '3.00' }, { amount: '4.00' }] },
    })
    const { schemaVersion: _none, ...unversioned } = paid(3, 500)
    expect(await folded(design, [unversioned])).toMatchObject({ value: { state: [{ amount: '5.00' }] } })
    expect(await folded(design, [paid(1, 1)])).toMatchObject({
      error: { code: 'CODE_THREW', fn: 'aggregate.Bill.upcast.Paid.1' },
    })
  })

  it.each([
    ['CODE_RESULT_INVALID', 'nothing', '() => {}'],
    ['CODE_RESULT_INVALID', 'a refusal', "() => reject('TooOld')"],
    ['CODE_RESULT_NOT_JSON', 'no JSON', '() => ({ at: () => 1 })'],
  ])('is %s at the upcaster that gives %s', async (code, _, upcaster) => {
    expect(await folded(designWith([upcaster]), [paid(1, 1)])).toMatchObject({
      error: { code, fn: 'aggregate.Bill.upcast.Paid.1' },
    })
  })
})

describe('a new upcaster', () => {
  it('makes snapshots and rows of before those of another definition', () => {
    const [old, now] = [designWith([]), designWith(upcasters.slice(0, 1))]
    const hashes = [old, now].map(({ aggregates: [one] }) => one && deciderHash(one))
    expect(hashes[0]).not.toBe(hashes[1])
    const rows = [old, now].map(
      (design) => design.projections[0] && projectionHash(design, design.projections[0]),
    )
    expect(rows[0]).not.toBe(rows[1])
  })
})
