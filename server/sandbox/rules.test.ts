import { afterAll, describe, expect, it } from 'vitest'
import { handleCall, initialPoint } from '@/core/aggregate/handle'
import { rulesCall } from '@/core/aggregate/rules'
import type { Aggregate } from '@/core/design/aggregate'
import { parseDesign } from '@/core/design/document'
import { designProgram } from '@/core/design/program'
import type { Json } from '@/core/json'
import { createServerCodeRunner } from './runner'

const runner = createServerCodeRunner({ size: 1 })
afterAll(() => runner.close())

interface Given {
  readonly rules: readonly {
    readonly id: string
    readonly check: string
    readonly code?: string
    readonly description?: string
  }[]
  readonly asked?: readonly string[]
  readonly isTerminal?: string
  readonly decide?: string
  readonly state?: Json
}

const DECIDE = "(command, state) => event('PutIn', { state, payload: command.payload })"

function aggregateOf({
  rules,
  asked = rules.map(({ id }) => id),
  isTerminal,
  decide = DECIDE,
  state = { n: 1 },
}: Given) {
  const parsed = parseDesign({
    formatVersion: 1,
    name: 'Rules',
    aggregates: [
      {
        id: 'Box',
        initialState: state,
        rules: [...rules],
        commands: [
          {
            name: 'Put',
            rules: [...asked],
            decide,
          },
        ],
        events: [{ name: 'PutIn', evolve: '(state) => ({ n: state.n + 1 })' }],
        ...(isTerminal === undefined ? {} : { isTerminal }),
      },
    ],
  })
  const aggregate = parsed.ok ? parsed.value.aggregates[0] : undefined
  if (!parsed.ok || !aggregate) throw new Error(JSON.stringify(parsed))
  return { aggregate, program: designProgram(parsed.value) }
}

const command = { type: 'Put', payload: { of: 'tea' }, at: 1, commandId: 'c' }
const put = (given: Given) => {
  const { aggregate, program } = aggregateOf(given)
  return runner.run(program, handleCall(aggregate, initialPoint(aggregate), [], command))
}
const rejected = (code: string, message: string, rule?: string) => ({
  ok: true,
  value: { kind: 'rejected', before: { n: 1 }, code, message, ...(rule === undefined ? {} : { rule }) },
})

describe('a rule before a command', () => {
  it.each([
    ['false', '() => false', rejected('full', 'the rule "full" does not hold', 'full')],
    ['an empty text', "() => ''", rejected('full', 'the rule "full" does not hold', 'full')],
    [
      'a text, which is why',
      "(command, state) => 'there are ' + state.n",
      rejected('full', 'there are 1', 'full'),
    ],
    [
      'reject, whose code it has',
      "() => reject('TooFull', 'no room')",
      rejected('TooFull', 'no room', 'full'),
    ],
  ])('refuses with %s', async (_, check, answer) => {
    expect(await put({ rules: [{ id: 'full', check }] })).toEqual(answer)
  })

  it('refuses under its own code, if it has one, and in its own words, if it says no others', async () => {
    const own = { id: 'full', code: 'BoxFull', description: 'A box holds one thing.\nMore in the manual.' }
    expect(await put({ rules: [{ ...own, check: '() => false' }] })).toEqual(
      rejected('BoxFull', 'A box holds one thing.', 'full'),
    )
    expect(await put({ rules: [{ ...own, check: "() => reject('Other', 'why')" }] })).toEqual(
      rejected('BoxFull', 'why', 'full'),
    )
  })

  it('lets the command through when it holds', async () => {
    expect(
      await put({ rules: [{ id: 'full', check: '({ payload }, { n }) => n < 2 && payload.of === "tea"' }] }),
    ).toMatchObject({
      value: { kind: 'accepted', state: { n: 2 } },
    })
  })

  it('is asked in the order that the command names, and the first that does not hold is the answer', async () => {
    const rules = [
      { id: 'a', check: '() => false' },
      { id: 'b', check: '() => false' },
      { id: 'unasked', check: '() => false' },
    ]
    expect(await put({ rules, asked: ['b', 'a'] })).toMatchObject({ value: { rule: 'b' } })
    expect(await put({ rules, asked: [] })).toMatchObject({ value: { kind: 'accepted' } })
  })

  it('that changes what it is given changes nothing for those after it', async () => {
    const check = '(command, state) => { command.payload.of = 99; state.n = 99; return true }'
    const answer = await put({
      rules: [
        { id: 'a', check },
        { id: 'b', check: '(command, state) => state.n === 1' },
      ],
    })
    expect(answer).toMatchObject({
      value: { kind: 'accepted', events: [{ data: { state: { n: 1 }, payload: { of: 'tea' } } }] },
    })
  })

  it.each(['() => 1', '() => null', '() => {}', '() => ({})', '() => []'])(
    'is CODE_RESULT_INVALID when it gives something else: %s',
    async (check) => {
      expect(await put({ rules: [{ id: 'odd', check }] })).toMatchObject({
        ok: false,
        error: {
          code: 'CODE_RESULT_INVALID',
          fn: 'aggregate.Box.rule.odd',
          message: expect.stringContaining('a rule must return'),
        },
      })
    },
  )

  it('is CODE_THREW at its own line when it throws, and CODE_FUNCTION_NOT_FOUND when it is not there', async () => {
    expect(await put({ rules: [{ id: 'bad', check: '() => {\n  return nothing.there\n}' }] })).toMatchObject({
      error: { code: 'CODE_THREW', fn: 'aggregate.Box.rule.bad', line: 2 },
    })
    expect(await put({ rules: [], asked: ['gone'] })).toMatchObject({
      error: { code: 'CODE_FUNCTION_NOT_FOUND', fn: 'aggregate.Box.rule.gone' },
    })
  })

  it('says no more than a refusal may', async () => {
    const answer = await put({ rules: [{ id: 'long', check: "() => 'x'.repeat(10000)" }] })
    expect(answer.ok && answer.value.kind === 'rejected' && answer.value.message).toHaveLength(2_000)
    const named = await put({
      rules: [{ id: 'long', check: "() => reject('x'.repeat(10000), 'y'.repeat(10000))" }],
    })
    expect(named).toMatchObject({ value: { code: 'x'.repeat(200), message: 'y'.repeat(2_000) } })
  })
})

describe('an aggregate that has ended', () => {
  const isTerminal = '(state) => state.n === 1'
  const ended = rejected('AlreadyEnded', 'this Box has ended: nothing more can happen to it')

  it('refuses what would still change it', async () => {
    expect(await put({ rules: [], isTerminal })).toEqual(ended)
    expect(await put({ rules: [], isTerminal: '(state) => state.n === 2' })).toMatchObject({
      value: { kind: 'accepted' },
    })
  })

  it('accepts what changes nothing: a compensation that finds nothing to undo has done its work', async () => {
    expect(await put({ rules: [], isTerminal, decide: '() => []' })).toMatchObject({
      value: { kind: 'accepted', events: [] },
    })
  })

  it('leaves the word to its rules and to decide, which know better why not', async () => {
    expect(await put({ rules: [{ id: 'full', check: '() => false' }], isTerminal })).toMatchObject({
      value: { rule: 'full' },
    })
    expect(await put({ rules: [], isTerminal, decide: "() => reject('Shut')" })).toMatchObject({
      value: { code: 'Shut' },
    })
  })

  it('is CODE_RESULT_INVALID when isTerminal says neither true nor false', async () => {
    expect(await put({ rules: [], isTerminal: '(state) => state.n' })).toMatchObject({
      error: { code: 'CODE_RESULT_INVALID', fn: 'aggregate.Box.isTerminal' },
    })
  })
})

describe('rules tried one by one', () => {
  it('give each its own verdict, whatever the others say', async () => {
    const rules = [
      { id: 'no', check: '() => false' },
      { id: 'odd', check: '() => 1' },
      { id: 'loops', check: '() => { throw new Error("bad") }' },
      { id: 'yes', check: '(command, state) => state.n === 7 && command.payload.of === "tea"' },
    ]
    const { aggregate, program } = aggregateOf({ rules })
    const call = rulesCall(aggregate as Aggregate, ['no', 'odd', 'loops', 'yes'], { n: 7 }, command)
    const answer = await runner.run(program, call)
    expect(answer).toMatchObject({
      value: {
        verdicts: [
          { kind: 'refuses', code: 'no', message: 'the rule "no" does not hold' },
          { kind: 'fault', fault: { code: 'CODE_RESULT_INVALID', fn: 'aggregate.Box.rule.odd' } },
          { kind: 'fault', fault: { code: 'CODE_THREW', line: 1 } },
          { kind: 'holds' },
        ],
      },
    })
  })
})
