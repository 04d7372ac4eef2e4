import { describe, expect, it } from 'vitest'
import { choice, design, problems, saga, told } from './lint-fixture'
import { returnedKeys } from './written-keys'

const writes = (output: string) =>
  ({ type: 'step', action: { type: 'script', code: '() => ({})' }, output }) as const

describe('PARALLEL_WRITES', () => {
  it('tells two parallel branches that write one key', () => {
    const doc = design({
      sagas: [
        saga('start > a, start > b, a > c, c > j, b > j', {
          c: writes('(r) => ({ x: 1, y: r })'),
          b: writes('(r) => ({ x: r.x })'),
        }),
      ],
    })
    expect(told(doc, 'PARALLEL_WRITES')).toEqual(['c'])
    expect(problems(doc, 'PARALLEL_WRITES')[0]).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining('"x"'),
    })
  })

  it('is silent about steps in sequence and about branches that exclude each other', () => {
    const parts = { a: writes('() => ({ x: 1 })'), b: writes('() => ({ x: 2 })') }
    expect(told(design({ sagas: [saga('start > a, a > b', parts)] }), 'PARALLEL_WRITES')).toEqual([])
    expect(
      told(
        design({
          sagas: [saga('start > c, c > a : left, c > b : default', { ...parts, c: choice('left') })],
        }),
        'PARALLEL_WRITES',
      ),
    ).toEqual([])
  })

  it('reads what a script returns and what a service answers when there is no output', () => {
    const services = [{ id: 's', operations: [{ id: 'o', response: '() => ({ id: 1 })' }] }]
    const call = { type: 'step', action: { type: 'call', service: 's', operation: 'o' } } as const
    const script = {
      type: 'step',
      action: { type: 'script', code: 'function (input) { return { id: 2 } }' },
    } as const
    expect(
      told(
        design({ services, sagas: [saga('start > a, start > b', { a: call, b: script })] }),
        'PARALLEL_WRITES',
      ),
    ).toEqual(['b'])
  })

  it('knows that a command writes nothing of itself', () => {
    const command = {
      type: 'step',
      action: { type: 'command', aggregate: 'A', command: 'C', key: '() => "k"' },
    } as const
    expect(
      told(design({ sagas: [saga('start > a, start > b', { a: command, b: command })] }), 'PARALLEL_WRITES'),
    ).toEqual([])
  })
})

describe('returnedKeys', () => {
  it.each<[string, readonly string[]]>([
    ['(r) => ({ a: 1, "b": { c: 2 }, d, e() {}, ...r, [r.f]: 3 })', ['a', 'b', 'd', 'e']],
    [
      '(r) => {\n  if (r) return { a: 1 }\n  return { b: "return { no: 1 }" } // return { no: 2 }\n}',
      ['a', 'b'],
    ],
    ['(r) => ({ list: r.map((x) => { return { inner: x } }) })', ['list']],
    ['(r) => {\n  const xs = r.map((x) => { return { inner: x } })\n  return { xs }\n}', ['xs']],
    ['function (r) { return ({ a: `}`, b: 1 }) }', ['a', 'b']],
    ['(r) => r', []],
    ['(r) => [{ a: 1 }]', []],
    ['({ a }) => ({})', []],
    ["(r) => ({ 'unclosed", []],
    ['', []],
  ])('%s', (source, keys) => {
    expect(returnedKeys(source)).toEqual(keys)
  })

  it('reads the longest code a design may hold, made to be slow, in a moment', () => {
    const started = performance.now()
    for (const piece of ['/* ', "'", '`', 'return {', '(', '=> ', ' ', '{ a:', "'a'"])
      returnedKeys(`() => {${piece.repeat(20_000 / piece.length)}`)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
