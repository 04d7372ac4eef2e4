import { afterAll, describe, expect, it } from 'vitest'
import type { CodeCall, CodeEvent } from '@/core/code/contract'
import { createServerCodeRunner } from './runner'

const runner = createServerCodeRunner({ size: 1 })
afterAll(() => runner.close())

const functions = {
  added: '(state, event) => ({ ...state, n: state.n + event.data })',
  mutates: '(state, event) => { state.n += event.data; return state }',
  forgets: '(state, event) => { state.n += event.data }',
  keepsData:
    '(state, event) => { event.data.items.push(state.n); return { n: state.n + 1, last: event.data.items } }',
  add: "(command, state) => state.n >= 10 ? reject('TooMany', 'at most 10') : event('Added', command.payload)",
  addTwice:
    "(command) => [event('Added', command.payload), { type: 'Added', data: command.payload }, event('Unknown')]",
  spoils: '(command, state) => { state.n = 99; return null }',
  gives: '(command) => command.payload',
  key: '(event) => event.data.id',
  put: '(row, event) => ({ count: (row?.count ?? 0) + 1, at: event.recordedAt ?? null })',
  drop: '() => null',
  breaks:
    "(row, event) => {\n  row.count = 99\n  if (event.data.bad) throw new Error('bad')\n  return row\n}",
  loops: '() => { for (;;); }',
  slow: '(state) => { for (let i = 0; i < 100000; i++); return state + 1 }',
  failing: "(a) => fail('OutOfStock', 'none left: ' + a)",
  nothing: '() => {}',
}
const run = <C extends CodeCall>(call: C) => runner.run({ functions }, call)
const added = (...data: number[]): CodeEvent[] => data.map((n) => ({ type: 'Added', data: n }))
const command = (payload: CodeEvent['data'] = null) => ({ type: 'Add', payload, at: 1, commandId: 'c' })
const evolve = { Added: 'added' }

describe('call', () => {
  it('gives the return value, and null when there is none', async () => {
    expect(await run({ kind: 'call', fn: 'nothing', args: [] })).toEqual({
      ok: true,
      value: { kind: 'value', value: null },
    })
  })
  it('gives the failure that the function named', async () => {
    expect(await run({ kind: 'call', fn: 'failing', args: [7] })).toEqual({
      ok: true,
      value: { kind: 'failed', code: 'OutOfStock', message: 'none left: 7' },
    })
  })
})

describe('fold', () => {
  it('leaves the state as it is for a type without a handler, even one named like a built-in', async () => {
    const events = [
      ...added(1),
      { type: 'Other', data: 5 },
      { type: 'toString', data: 5 },
      { type: '__proto__', data: 5 },
      ...added(2),
    ]
    expect(await run({ kind: 'fold', evolve, state: { n: 0 }, events })).toEqual({
      ok: true,
      value: { state: { n: 3 } },
    })
  })
  it('gives the state after each event, which later events do not change', async () => {
    expect(
      await run({
        kind: 'fold',
        evolve: { Added: 'mutates' },
        state: { n: 0 },
        events: added(1, 2),
        every: true,
      }),
    ).toEqual({
      ok: true,
      value: { state: { n: 3 }, states: [{ n: 1 }, { n: 3 }] },
    })
  })
  it('refuses an evolve that changes the state and returns nothing', async () => {
    expect(
      await run({ kind: 'fold', evolve: { Added: 'forgets' }, state: { n: 0 }, events: added(1) }),
    ).toMatchObject({
      ok: false,
      error: { code: 'CODE_RESULT_INVALID', message: 'evolve must return the state', fn: 'forgets' },
    })
  })
  it('folds a stream longer than one crossing', async () => {
    const events = added(...Array.from({ length: 1_000 }, () => 1))
    const answer = await run({ kind: 'fold', evolve, state: { n: 0 }, events, every: true })
    expect(answer).toMatchObject({ ok: true, value: { state: { n: 1_000 } } })
    expect(answer.ok && answer.value.states?.map((state) => JSON.stringify(state)).slice(254, 258)).toEqual([
      '{"n":255}',
      '{"n":256}',
      '{"n":257}',
      '{"n":258}',
    ])
  })
  it('gives each event its own fuel where a whole crossing runs out', async () => {
    expect(
      await run({ kind: 'fold', evolve: { Added: 'slow' }, state: 0, events: added(...Array(40).fill(1)) }),
    ).toEqual({
      ok: true,
      value: { state: 40 },
    })
  })
})

describe('handle', () => {
  const handle = {
    kind: 'handle',
    evolve,
    decide: 'add',
    state: { n: 0 },
    events: added(4),
    command: command(5),
  } as const

  it('folds, decides, and folds what was decided', async () => {
    expect(await run(handle)).toEqual({
      ok: true,
      value: { kind: 'accepted', before: { n: 4 }, events: [{ type: 'Added', data: 5 }], state: { n: 9 } },
    })
  })
  it('takes a list, and an event that nothing evolves', async () => {
    expect(await run({ ...handle, decide: 'addTwice' })).toMatchObject({
      value: { events: [{ data: 5 }, { data: 5 }, { type: 'Unknown', data: null }], state: { n: 14 } },
    })
  })
  it('gives a rejection as a value', async () => {
    expect(await run({ ...handle, events: added(10) })).toEqual({
      ok: true,
      value: { kind: 'rejected', before: { n: 10 }, code: 'TooMany', message: 'at most 10' },
    })
  })
  it('does not let decide change the state', async () => {
    expect(await run({ ...handle, decide: 'spoils' })).toEqual({
      ok: true,
      value: { kind: 'accepted', before: { n: 4 }, events: [], state: { n: 4 } },
    })
  })
  it('does not let evolve change what was decided', async () => {
    const decided = [1, 2].map(() => ({ type: 'Kept', data: { items: [] } }))
    const answer = await run({
      ...handle,
      evolve: { Kept: 'keepsData' },
      decide: 'gives',
      events: [],
      command: command(decided),
    })
    expect(answer).toMatchObject({ value: { events: decided, state: { n: 2, last: [1] } } })
  })
  it.each([
    ['text'],
    [7],
    [[{ type: 1 }]],
    [{ data: 1 }],
    [[null]],
    [{ type: '' }],
    [{ type: 'a b' }],
    [{ type: 'x'.repeat(65) }],
  ])('refuses %j as what decide returns', async (payload) => {
    expect(await run({ ...handle, decide: 'gives', command: command(payload) })).toMatchObject({
      ok: false,
      error: { code: 'CODE_RESULT_INVALID', fn: 'gives' },
    })
  })
  it('handles on top of a stream longer than one crossing', async () => {
    const events = added(...Array.from({ length: 600 }, () => 0))
    expect(await run({ ...handle, events })).toMatchObject({ value: { kind: 'accepted', state: { n: 5 } } })
  })
})

describe('keys and project', () => {
  const put = (id: string, bad = false): CodeEvent => ({ type: 'Put', data: { id, bad }, recordedAt: 5 })
  const on = { Put: 'put', Drop: 'drop' }

  it('gives a key for what is listened to, a number as text, null for what the key ignores', async () => {
    const events: CodeEvent[] = [
      put('a'),
      { type: 'Other', data: { id: 'x' } },
      { type: 'Put', data: { id: 3 } },
      { type: 'Put', data: {} },
    ]
    expect(await run({ kind: 'keys', key: 'key', on, events })).toEqual({
      ok: true,
      value: { keys: ['a', null, '3', null] },
    })
  })
  it('refuses a key that is neither text nor number', async () => {
    expect(
      await run({ kind: 'keys', key: 'key', on, events: [{ type: 'Put', data: { id: {} } }] }),
    ).toMatchObject({
      error: { code: 'CODE_RESULT_INVALID', fn: 'key' },
    })
  })
  it('gives the rows that changed, deleted ones as null, untouched ones not at all', async () => {
    const rows = { a: { count: 1, at: 0 }, b: { count: 1, at: 0 }, c: { count: 1, at: 0 } }
    const events = [put('a'), { type: 'Drop', data: { id: 'b' } }, put('__proto__')]
    const answer = await run({ kind: 'project', on, rows, events, keys: ['a', 'b', '__proto__'] })
    expect(JSON.stringify(answer)).toBe(
      '{"ok":true,"value":{"rows":{"a":{"count":2,"at":5},"b":null,"__proto__":{"count":1,"at":5}}}}',
    )
  })
  it('keeps the rows up to the event that failed, and nothing of what its handler did', async () => {
    const events = [put('a'), put('a'), put('a', true), put('a')]
    expect(
      await run({
        kind: 'project',
        on: { Put: 'breaks' },
        rows: { a: { count: 1 } },
        events,
        keys: ['a', 'a', 'a', 'a'],
      }),
    ).toEqual({
      ok: true,
      value: {
        rows: { a: { count: 99 } },
        fault: {
          code: 'CODE_THREW',
          message: 'Error: bad',
          fn: 'breaks',
          line: 3,
          column: expect.any(Number),
          eventIndex: 2,
        },
      },
    })
    const first = await run({
      kind: 'project',
      on: { Put: 'breaks' },
      rows: { a: { count: 1 } },
      events: [put('a', true)],
      keys: ['a'],
    })
    expect(first).toMatchObject({ value: { rows: {}, fault: { eventIndex: 0 } } })
  })
  it('finds the event at which a handler never ends', async () => {
    const events = [put('a'), put('b'), { type: 'Loop', data: null }, put('c')]
    const answer = await run({
      kind: 'project',
      on: { ...on, Loop: 'loops' },
      rows: {},
      events,
      keys: ['a', 'b', 'x', 'c'],
    })
    expect(answer).toMatchObject({ ok: true, value: { fault: { code: 'CODE_OUT_OF_FUEL', eventIndex: 2 } } })
    expect(answer.ok && Object.keys(answer.value.rows)).toEqual(['a', 'b'])
  })
})

describe('check', () => {
  it('names every function that is broken, and no other', async () => {
    const program = { functions: { ...functions, broken: '(', value: '1' } }
    const answer = await runner.run(program, { kind: 'check' })
    expect(answer.ok && answer.value.faults.map((fault) => [fault.fn, fault.code])).toEqual([
      ['broken', 'CODE_SYNTAX'],
      ['value', 'CODE_SYNTAX'],
    ])
    expect(await runner.run(program, { kind: 'check', fns: ['added'] })).toEqual({
      ok: true,
      value: { faults: [] },
    })
  })

  it('names the function whose evaluation never ends, beside the others', async () => {
    const program = {
      functions: {
        a: '1',
        endless: '(() => { for (;;); })()',
        hung: "(new Array(1e9) + '', () => 1)",
        b: '() => 1',
      },
    }
    const answer = await runner.run(program, { kind: 'check' })
    expect(answer.ok && answer.value.faults.map((fault) => [fault.fn, fault.code])).toEqual([
      ['a', 'CODE_SYNTAX'],
      ['endless', 'CODE_OUT_OF_FUEL'],
      ['hung', 'CODE_TIMEOUT'],
    ])
  })
})
