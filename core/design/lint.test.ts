import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryDesign } from './arbitrary'
import { type Design, designSchema, parseDesign } from './document'
import { blockingProblems, canRun, lintDesign } from './lint'
import { choice, design, saga } from './lint-fixture'
import { applyPatch } from './patch'
import { LINT_CODES } from './problem'

const json = (value: unknown) => JSON.parse(JSON.stringify(value))

describe('lintDesign', () => {
  it('never throws for a design the schema accepts, and points at places that are there', () => {
    fc.assert(
      fc.property(arbitraryDesign(), (any) => {
        expect(designSchema.safeParse(any).success).toBe(true)
        for (const { path, code } of lintDesign(any)) {
          expect(LINT_CODES).toHaveProperty(code)
          // The last part may be what is missing; what it should stand in is there.
          const holder = path
            .slice(0, -1)
            .reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], any)
          expect(holder).toBeTypeOf('object')
        }
      }),
    )
  })

  it('finds no error in a saga that is wired forwards', () => {
    fc.assert(
      fc.property(arbitraryDesign({ acyclic: true }), (any) => {
        expect(lintDesign(any).filter(({ severity }) => severity === 'error')).toEqual([])
        expect(canRun(any, lintDesign(any), 'saga')).toBe(true)
      }),
    )
  })

  it('offers fixes that leave a document the schema accepts, without the problem they fix', () => {
    const count = (any: Design, code: string) => lintDesign(any).filter((other) => other.code === code).length
    fc.assert(
      fc.property(arbitraryDesign(), fc.nat(), (any, draw) => {
        // One edge less does not undo a knot of several circles: that is the next test's.
        const fixable = lintDesign(any).filter(({ fix, code }) => fix && code !== 'CYCLE')
        const { fix, code } = fixable[draw % fixable.length] ?? {}
        if (!fix || !code) return
        const fixed = parseDesign(applyPatch(json(any), fix.patch))
        if (!fixed.ok) throw new Error(`${code}: ${JSON.stringify(fixed.error)}`)
        expect(count(fixed.value, code), code).toBeLessThan(count(any, code))
      }),
    )
  })

  it('undoes every circle by its fixes, one after the other', () => {
    fc.assert(
      fc.property(arbitraryDesign(), (any) => {
        let doc = any
        for (let round = 0; round <= 64; round++) {
          const fix = lintDesign(doc).find(({ code }) => code === 'CYCLE')?.fix
          if (!fix) return
          doc = designSchema.parse(applyPatch(json(doc), fix.patch))
        }
        throw new Error('the circles do not end')
      }),
    )
  })

  it('tells errors first', () => {
    const weights = { error: 0, warning: 1, info: 2 }
    fc.assert(
      fc.property(arbitraryDesign(), (any) => {
        const order = lintDesign(any).map(({ severity }) => weights[severity])
        expect(order).toEqual(order.toSorted())
      }),
    )
  })

  it('says of every code what it means', () => {
    for (const meaning of Object.values(LINT_CODES)) expect(meaning.length).toBeGreaterThan(20)
  })

  it('lints the largest saga a document may hold, knotted or not, in a moment', () => {
    const wide = Array.from({ length: 298 }, (_, at) => `start > n${at}, n${at} > end`).join(',')
    const knot = Array.from(
      { length: 298 },
      (_, at) => `n${at} > n${(at + 1) % 298}, n${at} > n${(at * 7) % 298}`,
    ).join(',')
    const output = '(result) => ({ a: 1, b: 2 })'
    const parts = Object.fromEntries(
      Array.from({ length: 298 }, (_, at) => [
        `n${at}`,
        { type: 'step', action: { type: 'call', service: 's', operation: 'o' }, output } as const,
      ]),
    )
    for (const drawing of [wide, `start > n0,${knot}`]) {
      const doc = design({ sagas: [saga(drawing, parts)] })
      const started = performance.now()
      lintDesign(doc)
      expect(performance.now() - started).toBeLessThan(2000)
    }
  })
})

describe('what may run', () => {
  const broken = {
    id: 's',
    operations: [
      {
        id: 'o',
        errors: [
          { name: 'A', probability: 1 },
          { name: 'B', probability: 1 },
        ],
      },
    ],
  }
  const call = { type: 'step', action: { type: 'call', service: 's', operation: 'o' } } as const

  it('is a saga that is there and has no error', () => {
    const doc = design({ sagas: [saga('start > a, a > end')] })
    expect(canRun(doc, lintDesign(doc), 'saga')).toBe(true)
    expect(canRun(doc, lintDesign(doc), 'ghost')).toBe(false)
  })

  it('is not hindered by warnings, nor by errors in what it does not use', () => {
    const doc = design({
      services: [broken],
      sagas: [saga('start > a, lost > b'), saga('start > a, a > a', {}, 'other')],
    })
    expect(canRun(doc, lintDesign(doc), 'saga')).toBe(true)
    expect(canRun(doc, lintDesign(doc), 'other')).toBe(false)
  })

  it('is hindered by errors in a service it calls, also from a compensation and a saga it runs', () => {
    const doc = design({
      services: [broken],
      sagas: [
        saga('start > a', { a: { ...call, compensation: { action: call.action } } }),
        saga('start > b', { b: { type: 'saga', saga: 'saga' } }, 'parent'),
      ],
    })
    const problems = lintDesign(doc)
    expect(blockingProblems(doc, problems, 'saga').map(({ code }) => code)).toEqual([
      'OPERATION_ERROR_PROBABILITY',
    ])
    expect(blockingProblems(doc, problems, 'parent').map(({ code }) => code)).toEqual([
      'OPERATION_ERROR_PROBABILITY',
    ])
  })

  it('is hindered by faults of its code, and by a fault that has no place', () => {
    const doc = design({
      sagas: [
        saga('start > c, c > a : x, c > b : default', { c: choice('x') }),
        saga('start > a', {}, 'other'),
      ],
    })
    const fault = { code: 'CODE_SYNTAX', severity: 'error', message: 'bad' } as const
    const here = { ...fault, path: ['sagas', 0, 'nodes', 1, 'branches', 0, 'when'] }
    expect([canRun(doc, [here], 'saga'), canRun(doc, [here], 'other')]).toEqual([false, true])
    expect(canRun(doc, [{ ...fault, path: [] }], 'other')).toBe(false)
  })
})
