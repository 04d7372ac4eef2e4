import { afterAll, describe, expect, it } from 'vitest'
import type { Json } from '@/core/json'
import { createServerCodeRunner } from './runner'

const runner = createServerCodeRunner({ size: 1 })
afterAll(() => runner.close())

/** Runs functions of one program one after another, in one sandbox. */
async function values(...sources: string[]): Promise<Json[]> {
  const functions = Object.fromEntries(sources.map((source, i) => [`f${i}`, source]))
  const all: Json[] = []
  for (const fn of Object.keys(functions)) {
    const answer = await runner.run({ functions }, { kind: 'call', fn, args: [] })
    all.push(
      answer.ok
        ? answer.value.kind === 'value'
          ? answer.value.value
          : answer.value.code
        : answer.error.code,
    )
  }
  return all
}

describe('what user code can reach', () => {
  it('has no way out, no clock and no chance', async () => {
    const names = [
      'process',
      'require',
      'fetch',
      'module',
      'console',
      'setTimeout',
      'WebAssembly',
      'performance',
      'Date',
      'Proxy',
      'Promise',
      'eval',
      'std',
      'os',
      'WeakRef',
      'postMessage',
      'crypto',
      'Intl',
    ]
    expect(await values(`() => ${JSON.stringify(names)}.filter((name) => name in globalThis)`)).toEqual([[]])
    expect(
      await values(
        `() => ${JSON.stringify(names)}.filter((name) => name in (() => {}).constructor('return this')())`,
      ),
    ).toEqual([[]])
  })

  it('says where randomness comes from instead', async () => {
    const answer = await runner.run(
      { functions: { f: '() => Math.random()' } },
      { kind: 'call', fn: 'f', args: [] },
    )
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'CODE_THREW', message: expect.stringContaining('ctx.random') },
    })
  })

  it('cannot load a module', async () => {
    expect(await values("() => import('node:fs')", '() => import.meta', "() => { require('fs') }")).toEqual([
      'CODE_THREW',
      'CODE_SYNTAX',
      'CODE_THREW',
    ])
  })
})

describe('what user code leaves behind', () => {
  it.each([
    ['a polluted prototype', '() => { Object.prototype.polluted = 1 }', '() => ({}).polluted === undefined'],
    [
      'a prototype polluted through __proto__',
      '() => { const o = {}; o.__proto__.polluted = 1 }',
      '() => ({}).polluted === undefined',
    ],
    ['a replaced built-in', '() => { JSON.stringify = () => "1" }', '() => JSON.stringify("x") === \'"x"\''],
    ['a replaced method', '() => { Array.prototype.map = null }', "() => typeof [].map === 'function'"],
    [
      'a changed iterator',
      '() => { Object.getPrototypeOf([][Symbol.iterator]()).next = null }',
      '() => [...[1]].length === 1',
    ],
    [
      'a generator prototype',
      '() => { Object.getPrototypeOf(function* () {}).prototype.next = null }',
      '() => [...(function* () { yield 1 })()].length === 1',
    ],
    ['a global', '() => { globalThis.kept = 1 }', "() => typeof kept === 'undefined'"],
    ['a global by sloppy code', "() => { Function('kept = 1')() }", "() => typeof kept === 'undefined'"],
    ['a replaced helper', '() => { reject = null }', "() => typeof reject === 'function'"],
  ])('is not %s', async (_, spoil, look) => {
    const [, clean] = await values(spoil, look)
    expect(clean).toBe(true)
  })

  it('is not a counter, in a closure, on the function or in a static', async () => {
    const sources = [
      '(() => { let n = 0; return () => ++n })()',
      'function f() { f.n = (f.n ?? 0) + 1; return f.n }',
    ]
    for (const f of sources) {
      const run = () => runner.run({ functions: { f } }, { kind: 'call', fn: 'f', args: [] })
      expect(await run()).toEqual(await run())
      const evolve = { E: 'f' }
      const events = [1, 2, 3].map(() => ({ type: 'E', data: null }))
      const folded = await runner.run({ functions: { f } }, { kind: 'fold', evolve, state: 0, events })
      expect(folded).toEqual({ ok: true, value: { state: 1 } })
    }
  })

  it('lets data use the names of built-in properties', async () => {
    expect(
      await values(
        "() => { const o = {}; for (const k of ['constructor', 'toString', 'valueOf']) o[k] = 1; return o }",
        "() => { const e = new Error('m'); e.name = 'N'; return e.name + e.message }",
      ),
    ).toEqual([{ constructor: 1, toString: 1, valueOf: 1 }, 'Nm'])
  })

  it('carries __proto__ through as an ordinary key', async () => {
    const given: Json = JSON.parse('{"__proto__":{"admin":true},"b":{"__proto__":1}}')
    const functions = { f: '(x) => x', g: '(x) => ({}).admin === undefined && x.admin === undefined' }
    const echoed = await runner.run({ functions }, { kind: 'call', fn: 'f', args: [given] })
    expect(JSON.stringify(echoed)).toBe(
      `{"ok":true,"value":{"kind":"value","value":${JSON.stringify(given)}}}`,
    )
    expect(await runner.run({ functions }, { kind: 'call', fn: 'g', args: [given] })).toMatchObject({
      value: { value: true },
    })
  })
})
