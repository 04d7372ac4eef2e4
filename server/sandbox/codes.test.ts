import { afterAll, describe, expect, it } from 'vitest'
import type { CodeFault, CodeProgram } from '@/core/code/contract'
import { createServerCodeRunner } from './runner'

const runner = createServerCodeRunner({ size: 1 })
/** Where a test is about memory, or time is of no account: on a busy machine filling 64 MB may outlast 250 ms. */
const patient = createServerCodeRunner({ size: 1, limits: { timeMs: 10_000 } })
afterAll(() => Promise.all([runner.close(), patient.close()]))

const healthy: CodeProgram = { functions: { add: '(a, b) => a + b' } }

async function faultOf(source: string, by = runner): Promise<CodeFault> {
  const answer = await by.run({ functions: { f: source } }, { kind: 'call', fn: 'f', args: [] })
  if (answer.ok) throw new Error(`no fault: ${JSON.stringify(answer.value)}`)
  return answer.error
}

/** After a disaster the same worker pool, the same program and other programs must all still do their work. */
async function expectHealth(by = runner) {
  const answer = await by.run(healthy, { kind: 'call', fn: 'add', args: [1, 2] })
  expect(answer).toEqual({ ok: true, value: { kind: 'value', value: 3 } })
}

describe('a fault in user code', () => {
  it('is CODE_SYNTAX at the line and column of the function itself', async () => {
    expect(await faultOf('(a) => {\n  let b = ;\n}')).toMatchObject({
      code: 'CODE_SYNTAX',
      fn: 'f',
      line: 2,
      column: 11,
    })
    expect(await faultOf('(a) => ;1')).toMatchObject({ code: 'CODE_SYNTAX', line: 1, column: 8 })
  })

  it.each([
    ['not a function', '42'],
    ['async', 'async () => 1'],
    ['a generator', 'function* () {}'],
    ['empty', ''],
    ['several statements', '1); globalThis.x = 1; (2'],
    ['closing the wrapper that it is put in', '1)); globalThis.x = 1; ((2'],
    ['too long', `() => '${'x'.repeat(70_000)}'`],
    ['nested beyond the parser', '('.repeat(30_000)],
  ])('is CODE_SYNTAX when the source is %s', async (_, source) => {
    expect(await faultOf(source)).toMatchObject({ code: 'CODE_SYNTAX', fn: 'f' })
    await expectHealth()
  })

  it('is CODE_THREW at the line that threw', async () => {
    expect(await faultOf("() => {\n  throw new TypeError('bad')\n}")).toMatchObject({
      code: 'CODE_THREW',
      message: 'TypeError: bad',
      fn: 'f',
      line: 2,
    })
  })

  it.each([
    ['null', '() => { throw null }', 'threw null'],
    ['an object', '() => { throw { a: 1 } }', 'threw {"a":1}'],
    [
      'something that resists',
      '() => { throw { toJSON() { throw 1 } } }',
      'threw a value that cannot be described',
    ],
    ['a refusal', "() => { throw fail('X') }", 'threw what reject() or fail() gave: return it instead'],
  ])('is CODE_THREW when it throws %s', async (_, source, message) => {
    expect(await faultOf(source)).toMatchObject({ code: 'CODE_THREW', message })
  })

  it.each([
    ['plainly', 'function f() { return 1 + f() }'],
    ['through built-ins', 'function f() { return [1].map(f) }'],
    ['in a parser', "() => JSON.parse('['.repeat(100000))"],
  ])('is CODE_THREW when it recurses without end %s', async (_, source) => {
    const fault = await faultOf(source)
    expect(fault.code).toBe('CODE_THREW')
    expect(fault.message).toContain('stack overflow')
    await expectHealth()
  })

  it.each([
    ['a loop', '() => { for (;;); }'],
    ['a loop that catches', '() => { for (;;) { try { for (;;); } catch {} } }'],
    ['a loop in finally', '() => { try { for (;;); } finally { for (;;); } }'],
    ['a comparator', '() => [3, 1, 2].sort(() => { for (;;); })'],
    ['a regular expression', "() => /(a+)+$/.test('a'.repeat(40) + 'b')"],
    [
      'an error that is asked for its message',
      '() => { throw new (class extends Error { get message() { for (;;); } })() }',
    ],
    ['a getter of the result', '() => ({ get a() { for (;;); } })'],
    ['an expression around the function', '(() => { for (;;); })()'],
  ])('is CODE_OUT_OF_FUEL for %s that never ends', async (_, source) => {
    expect(await faultOf(source, patient)).toMatchObject({ code: 'CODE_OUT_OF_FUEL', fn: 'f' })
    await expectHealth(patient)
  })

  it('is CODE_TIMEOUT for a native loop, which burns no fuel, within a second', async () => {
    const startedAt = performance.now()
    expect(await faultOf("() => new Array(1e9) + ''")).toMatchObject({ code: 'CODE_TIMEOUT', fn: 'f' })
    expect(performance.now() - startedAt).toBeLessThan(1_000)
    await expectHealth()
  })

  it.each([
    ['one huge text', "() => 'x'.repeat(2 ** 29)"],
    ['a list that doubles', '() => { let a = [1]; for (;;) a = a.concat(a) }'],
    ['a huge list', '() => { const a = new Array(3e7).fill(0); return a.length }'],
  ])('is CODE_OUT_OF_MEMORY for %s', async (_, source) => {
    expect(await faultOf(source, patient)).toMatchObject({ code: 'CODE_OUT_OF_MEMORY', fn: 'f' })
    await expectHealth(patient)
  })

  it('is a limit, whichever comes first, when it allocates without end', async () => {
    const fault = await faultOf('() => { const a = []; for (;;) a.push(new Array(1000).fill(1)) }')
    expect(['CODE_OUT_OF_MEMORY', 'CODE_OUT_OF_FUEL', 'CODE_TIMEOUT']).toContain(fault.code)
    await expectHealth()
  })

  it.each([
    ['() => () => 1', 'result is a function'],
    ['() => ({ a: [1, { b: undefined }] })', 'result.a[1].b is undefined'],
    ['() => [1 / 0]', 'result[0] is Infinity'],
    ['() => NaN', 'result is NaN'],
    ['() => 1n', 'result is a bigint'],
    ["() => Symbol('s')", 'result is a symbol'],
    ['() => ({ m: new Map() })', 'result.m is a Map'],
    ['() => ({ "a b": new (class Money {})() })', 'result["a b"] is a Money'],
    ["() => ({ [Symbol('s')]: 1 })", 'result has a symbol as a key'],
    ['() => { const a = {}; a.a = a; return a }', 'is cyclic'],
    ['() => { let a = 1; for (let i = 0; i < 200; i++) a = [a]; return a }', 'nests deeper than 100'],
    ['() => ({ toJSON() { return 1 } })', 'result.toJSON is a function'],
  ])('is CODE_RESULT_NOT_JSON for %s, and says where', async (source, message) => {
    const fault = await faultOf(source)
    expect(fault).toMatchObject({ code: 'CODE_RESULT_NOT_JSON', fn: 'f' })
    expect(fault.message).toContain(message)
  })

  it('is CODE_RESULT_INVALID when the result is too large', async () => {
    expect(await faultOf("() => 'x'.repeat(2 ** 21)")).toMatchObject({ code: 'CODE_RESULT_INVALID' })
  })

  it.each(['missing', 'toString', '__proto__', 'constructor'])(
    'is CODE_FUNCTION_NOT_FOUND for %s',
    async (fn) => {
      expect(await runner.run(healthy, { kind: 'call', fn, args: [] })).toMatchObject({
        ok: false,
        error: { code: 'CODE_FUNCTION_NOT_FOUND', fn },
      })
    },
  )

  it('leaves the other functions of its program alone', async () => {
    const program = { functions: { bad: '() => { for (;;); }', broken: '(((', good: '() => 1' } }
    const all = await Promise.all(
      ['bad', 'good', 'broken', 'good'].map((fn) => runner.run(program, { kind: 'call', fn, args: [] })),
    )
    expect(all.map((answer) => (answer.ok ? 'ok' : answer.error.code))).toEqual([
      'CODE_OUT_OF_FUEL',
      'ok',
      'CODE_SYNTAX',
      'ok',
    ])
  })
})
