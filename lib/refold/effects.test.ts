import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { AggregatePoint } from '@/core/aggregate/handle'
import type { Design, DesignInput } from '@/core/design/document'
import { designProgram } from '@/core/design/program'
import type { EventAnswer } from '@/core/protocol'
import { decideOne } from '@/core/travel'
import { createInlineCodeRunner } from '@/lib/preview/inline-runner'
import type { AggregateEffect, Effect, ProjectionEffect } from './effect'
import { createBaseline, effectsOnHistory } from './effects'
import { designOf, historyOf, logOf } from './testing'

const code = createInlineCodeRunner()
afterAll(() => code.close())

const ADD = '(state, { data }) => ({ sum: state.sum + data.n })'
const ROW = '(row, { data }) => ({ sum: (row ? row.sum : 0) + data.n })'
const input = (
  change: { evolve?: string; row?: string; key?: string; initial?: number } = {},
): DesignInput => ({
  formatVersion: 1,
  name: 'Sums',
  aggregates: [
    {
      id: 'Sum',
      initialState: { sum: change.initial ?? 0 },
      events: [
        { name: 'Added', evolve: change.evolve ?? ADD },
        { name: 'Cleared', evolve: '() => ({ sum: 0 })' },
      ],
    },
  ],
  projections: [
    {
      id: 'sums',
      from: ['Sum'],
      key: change.key ?? '({ streamId }) => streamId',
      on: { Added: change.row ?? ROW, Cleared: '() => null' },
    },
  ],
})
const before = designOf(input())

async function effects(log: readonly EventAnswer[], edited: Design): Promise<readonly Effect[]> {
  let last: readonly Effect[] = []
  const { history } = historyOf(log)
  await effectsOnHistory(
    code,
    history,
    createBaseline(before),
    edited,
    new AbortController().signal,
    (now) => {
      last = now
    },
  )
  return last
}
const ofKind = <K extends Effect['kind']>(all: readonly Effect[], kind: K) =>
  all.find((effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind)

const happened = fc.array(
  fc.tuple(
    fc.constantFrom('Sum-a', 'Sum-b', 'Sum-c', 'Sum-d'),
    fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 1, max: 9 }).map((n) => ['Added', { n }] as const) },
      { weight: 1, arbitrary: fc.constant(['Cleared', {}] as const) },
    ),
  ),
  { maxLength: 25 },
)
const logFrom = (story: readonly (readonly [string, readonly [string, { n?: number }]])[]) =>
  logOf(story.map(([stream, [type, data]]) => [stream, type, data as EventAnswer['data']] as const))

describe('the effect of an edit on history', () => {
  it('is nothing where the definition means the same, and all of history was checked', () =>
    fc.assert(
      fc.asyncProperty(happened, async (story) => {
        const log = logFrom(story)
        expect(await effects(log, structuredClone(before))).toEqual([])
        const same = designOf(input({ evolve: `${ADD} // as it was`, row: `${ROW} // as it was` }))
        const found = await effects(log, same)
        const streams = new Set(log.map(({ streamId }) => streamId)).size
        expect(ofKind(found, 'aggregate')).toMatchObject({
          changed: 0,
          streams: { checked: streams, total: streams, ended: 'all' },
          events: log.length,
        } satisfies Partial<AggregateEffect>)
        expect(ofKind(found, 'projection')).toMatchObject({
          changed: 0,
          events: { checked: log.length, total: log.length, ended: 'all' },
        } satisfies Partial<ProjectionEffect>)
      }),
      { numRuns: 60 },
    ))

  it('is exactly the streams and rows whose folds differ, from the version on where they first do', () =>
    fc.assert(
      fc.asyncProperty(happened, async (story) => {
        const log = logFrom(story)
        const edited = designOf(
          input({
            evolve: '(state, { data }) => ({ sum: state.sum + (data.n > 5 ? 1 : data.n) })',
            row: '(row, { data }) => ({ sum: (row ? row.sum : 0) + (data.n > 5 ? 1 : data.n) })',
          }),
        )
        const found = await effects(log, edited)
        const large = (event: EventAnswer) =>
          event.type === 'Added' && Number((event.data as { n: number }).n) > 5
        const first = new Map<string, number>()
        for (const event of log.filter(large))
          if (!first.has(event.streamId)) first.set(event.streamId, event.version)
        const streams = ofKind(found, 'aggregate')?.shown ?? []
        expect(
          new Map(
            streams.map(({ streamId, change }) => [
              streamId,
              change.kind === 'other-states' && change.version,
            ]),
          ),
        ).toEqual(first)
        const lastClear = (stream: string) =>
          log.findLast(({ streamId, type }) => streamId === stream && type === 'Cleared')?.position ?? 0
        const rows = [...first.keys()].filter((stream) =>
          log.some(
            (event) => large(event) && event.streamId === stream && event.position > lastClear(stream),
          ),
        )
        expect((ofKind(found, 'projection')?.shown ?? []).map(({ key }) => key)).toEqual(rows.sort())
      }),
      { numRuns: 60 },
    ))

  const log = logOf([
    ['Sum-a', 'Added', { n: 1 }],
    ['Sum-b', 'Added', { n: 2 }],
    ['Sum-b', 'Cleared', {}],
  ])

  it('tells an initial state that shows after an event from one that is cleared away', async () => {
    const found = ofKind(await effects(log, designOf(input({ initial: 10 }))), 'aggregate')
    expect(found?.shown).toMatchObject([
      { streamId: 'Sum-a', change: { version: 1, last: { before: { sum: 1 }, after: { sum: 11 } } } },
      {
        streamId: 'Sum-b',
        change: { version: 1, versions: 1, last: { before: { sum: 0 }, after: { sum: 0 } } },
      },
    ])
  })

  it('goes through upcasters, for streams and for rows', async () => {
    const upcast = (how: string): Design => {
      const base = input()
      const [sum] = base.aggregates ?? []
      const events = [{ name: 'Added', evolve: ADD, version: 2, upcasters: [how] }]
      return designOf({ ...base, aggregates: sum ? [{ ...sum, events }] : [] })
    }
    let last: readonly Effect[] = []
    const { signal } = new AbortController()
    const old = upcast('(data) => data')
    const found = async (edited: Design) => {
      await effectsOnHistory(code, historyOf(log).history, createBaseline(old), edited, signal, (now) => {
        last = now
      })
      return [ofKind(last, 'aggregate')?.changed, ofKind(last, 'projection')?.changed]
    }
    expect(await found(upcast('(data) => ({ ...data })'))).toEqual([0, 0])
    expect(await found(upcast('(data) => ({ n: data.n * 100 })'))).toEqual([2, 1])
  })

  it('says which streams would break and where, and at which event a read model would stop', async () => {
    const thrown = "(state, { data }) => {\n  if (data.n > 1) throw new Error('too much')\n  return state\n}"
    const found = await effects(log, designOf(input({ evolve: thrown, row: thrown })))
    expect(ofKind(found, 'aggregate')?.shown).toMatchObject([
      { streamId: 'Sum-a', change: { kind: 'other-states' } },
      { streamId: 'Sum-b', change: { kind: 'breaks', fault: { code: 'CODE_THREW', line: 2 } } },
    ])
    expect(ofKind(found, 'projection')).toMatchObject({
      fault: { line: 2, event: { streamId: 'Sum-b', version: 1 } },
      faultBefore: null,
    })
  })

  it('does not go through all streams when they all break', async () => {
    const many = logOf(Array.from({ length: 60 }, (_, at) => [`Sum-${at}`, 'Added', { n: 1 }] as const))
    const found = ofKind(await effects(many, designOf(input({ evolve: '() => nowhere' }))), 'aggregate')
    expect(found).toMatchObject({ changed: 21, streams: { checked: 21, total: 60, ended: 'breaks' } })
  })

  it('is given up as soon as it is overtaken, and what was read is not read again', async () => {
    const many = logOf(Array.from({ length: 30 }, (_, at) => [`Sum-${at}`, 'Added', { n: 1 }] as const))
    const { history, reads } = historyOf(many)
    const baseline = createBaseline(before)
    const edited = designOf(input({ evolve: '() => ({ sum: -1 })' }))
    const first = new AbortController()
    const said: Effect[][] = []
    await effectsOnHistory(code, history, baseline, edited, first.signal, (now) => {
      said.push([...now])
      if ((ofKind(now, 'aggregate')?.streams.checked ?? 0) >= 6) first.abort()
    })
    expect(ofKind(said.at(-1) ?? [], 'aggregate')?.streams).toMatchObject({ checked: 6, ended: 'no' })
    expect(reads()).toBeLessThan(10)
    await effectsOnHistory(code, history, baseline, edited, new AbortController().signal, (now) => {
      said.push([...now])
    })
    expect(ofKind(said.at(-1) ?? [], 'aggregate')).toMatchObject({ changed: 30, streams: { ended: 'all' } })
    // ten slices of streams, and one in which there are no commands
    expect(reads()).toBe(11)
  })
})

describe('the effect of an edit on the answers that were given', () => {
  const accounts = (withdraw: string, more: Partial<DesignInput> = {}): DesignInput => ({
    formatVersion: 1,
    name: 'Accounts',
    aggregates: [
      {
        id: 'Account',
        initialState: { balance: 0 },
        commands: [
          { name: 'Deposit', decide: "({ payload }) => event('Deposited', { n: payload.n })" },
          { name: 'Withdraw', decide: withdraw },
        ],
        events: [
          { name: 'Deposited', evolve: '(state, { data }) => ({ balance: state.balance + data.n })' },
          { name: 'Withdrawn', evolve: '(state, { data }) => ({ balance: state.balance - data.n })' },
        ],
      },
    ],
    ...more,
  })
  const WITHDRAW = `({ payload }, state) =>
    payload.n > state.balance ? reject('TooMuch', 'no') : event('Withdrawn', { n: payload.n })`
  const rules = designOf(accounts(WITHDRAW))

  /** What a server would have recorded of these commands. */
  async function recorded(
    sent: readonly (readonly [string, string, number])[],
  ): Promise<readonly EventAnswer[]> {
    const program = designProgram(rules)
    const points = new Map<string, AggregatePoint>()
    const happened: [string, string, EventAnswer['data']][] = []
    for (const [at, [key, type, n]] of sent.entries()) {
      const stream = `Account-${key}`
      const point = points.get(stream) ?? { version: 0, state: { balance: 0 } }
      const command = { type, payload: { n }, at, commandId: `c${at}` }
      const step = await decideOne({ code, program, design: rules }, 'Account', point, command)
      const asked = { ...command, atVersion: point.version }
      if (step.outcome === 'accepted') {
        happened.push([`commands-${stream}`, 'CommandAccepted', { ...asked, events: step.events.length }])
        for (const event of step.events) happened.push([stream, event.type, event.data])
        points.set(stream, step)
      } else if (step.outcome === 'rejected') {
        const { code: refusal, message } = step
        happened.push([`commands-${stream}`, 'CommandRejected', { ...asked, code: refusal, message }])
      }
    }
    return logOf(happened)
  }
  async function answers(log: readonly EventAnswer[], to: Design, from = rules) {
    let last: readonly Effect[] = []
    const { signal } = new AbortController()
    await effectsOnHistory(code, historyOf(log).history, createBaseline(from), to, signal, (now) => {
      last = now
    })
    return ofKind(last, 'decisions')
  }
  const sent = fc.array(
    fc.tuple(
      fc.constantFrom('a', 'b'),
      fc.constantFrom('Deposit', 'Withdraw'),
      fc.integer({ min: 1, max: 9 }),
    ),
    { maxLength: 15 },
  )

  it('is nothing where the rules mean the same: every command is answered as it was', () =>
    fc.assert(
      fc.asyncProperty(sent, async (commands) => {
        const log = await recorded(commands)
        expect(await answers(log, designOf(accounts(`${WITHDRAW} // as it was`)))).toMatchObject({
          changed: 0,
          earlier: 0,
          left: 0,
          commands: commands.length,
        })
      }),
      { numRuns: 40 },
    ))

  it('is exactly the commands that the new rule answers otherwise, each at the state it met', () =>
    fc.assert(
      fc.asyncProperty(sent, async (commands) => {
        const log = await recorded(commands)
        const strict = WITHDRAW.replace('payload.n > state.balance', 'payload.n >= state.balance')
        const found = await answers(log, designOf(accounts(strict)))
        const balances = new Map<string, number>()
        const exact: string[] = []
        for (const [at, [key, type, n]] of commands.entries()) {
          const balance = balances.get(key) ?? 0
          if (type === 'Withdraw' && n === balance) exact.push(`c${at}`)
          if (type === 'Deposit') balances.set(key, balance + n)
          else if (n <= balance) balances.set(key, balance - n)
        }
        const ids = (found?.shown ?? []).map(({ decision }) => decision.command.commandId)
        expect([...ids].sort()).toEqual([...exact].sort())
        expect((found?.shown ?? []).every(({ change }) => change === 'refused-now')).toBe(true)
      }),
      { numRuns: 40 },
    ))

  const story = [
    ['a', 'Deposit', 5],
    ['a', 'Withdraw', 9],
    ['a', 'Withdraw', 2],
  ] as const

  it('tells refused from accepted, other events, other refusals and code that breaks', async () => {
    const log = await recorded(story)
    const changeTo = async (withdraw: string) =>
      (await answers(log, designOf(accounts(withdraw))))?.shown.map(({ decision, change }) => [
        decision.command.payload,
        change,
      ])
    expect(await changeTo("({ payload }) => event('Withdrawn', payload)")).toEqual([
      [{ n: 9 }, 'accepted-now'],
    ])
    expect(await changeTo(WITHDRAW.replace('n: payload.n', 'n: 1'))).toEqual([[{ n: 2 }, 'other-events']])
    expect(await changeTo(WITHDRAW.replace('TooMuch', 'Broke'))).toEqual([[{ n: 9 }, 'other-refusal']])
    expect(await changeTo('() => nowhere')).toEqual([
      [{ n: 9 }, 'breaks'],
      [{ n: 2 }, 'breaks'],
    ])
  })

  it('goes by named rules and schemas too', async () => {
    const log = await recorded(story)
    const [aggregate] = accounts(WITHDRAW).aggregates ?? []
    const edited = (change: object) =>
      designOf(accounts(WITHDRAW, { aggregates: aggregate ? [{ ...aggregate, ...change }] : [] }))
    const commands = (withdraw: object) =>
      aggregate?.commands?.map((one) => (one.name === 'Withdraw' ? { ...one, ...withdraw } : one))
    const ruled = edited({
      rules: [{ id: 'small', check: '({ payload }) => payload.n < 2', code: 'TooLarge' }],
      commands: commands({ rules: ['small'] }),
    })
    expect((await answers(log, ruled))?.shown.map(({ change }) => change)).toEqual([
      'other-refusal',
      'refused-now',
    ])
    const strict = edited({ commands: commands({ schema: { type: 'object', required: ['why'] } }) })
    expect((await answers(log, strict))?.shown.map(({ now }) => now.outcome)).toEqual(['refused', 'refused'])
  })

  it('does not hold an edit to account for what other rules had answered before it', async () => {
    const log = await recorded(story)
    const loose = "({ payload }) => event('Withdrawn', { n: payload.n })"
    const found = await answers(log, designOf(accounts(`${loose} // said better`)), designOf(accounts(loose)))
    expect(found).toMatchObject({ changed: 0, earlier: 1, commands: 3 })
  })
})
