import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '@/core/json'
import { matchesAll, ROW_OPERATORS, type RowCondition, refusedCondition } from '@/core/projection/row-filter'
import { compareRows, type RowSort, sortValues } from '@/core/projection/row-order'
import type { RowPath } from '@/core/projection/row-path'
import type { ProjectionState, Store } from '../contract'
import { temporaryPath } from '../testing'
import { openSqliteStore } from './open'

let store: Store
beforeAll(async () => {
  store = await openSqliteStore({ path: temporaryPath() })
})
afterAll(() => store.close())

const state: ProjectionState = {
  designId: 'd',
  name: 'rows',
  definitionHash: 'h',
  checkpoint: 0,
  status: 'running',
  generation: 1,
  fault: null,
  delayMs: 0,
}

/** Few names and few values, so that conditions hold and rows are alike often. */
const text = fc.oneof(
  fc.constantFrom('', 'a', 'A', 'ab', 'é', '😀', '\ufb01', '1', 'null', "o'x", '"', '\\', '%'),
  fc.string({ unit: 'grapheme', maxLength: 3 }).filter((one) => !one.includes('\0')),
  fc.constantFrom('x', 'y', '😀').map((last) => 'long '.repeat(25) + last),
)
const number = fc.oneof(
  fc.constantFrom(0, 1, -1, 1.5, 1e21, 2 ** 53, 2 ** 60, 1e-7, 0.1, 123456789.25),
  fc.integer({ min: -3, max: 3 }),
  fc.integer().map((hundredths) => hundredths / 100),
)
const scalar = fc.oneof(fc.constantFrom(null, true, false), number, text)
const name = fc.constantFrom('a', 'b', "it's", 'ä b', '$x', '0')
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(name, scalar, { maxKeys: 2 }),
) as fc.Arbitrary<Json>
const row = fc.oneof(
  { arbitrary: fc.dictionary(name, value, { maxKeys: 4 }), weight: 6 },
  { arbitrary: value.filter((one) => one !== null), weight: 1 },
) as fc.Arbitrary<Json>
const path: fc.Arbitrary<RowPath> = fc.oneof(
  fc.constant({ of: 'key' } as const),
  fc.array(fc.oneof(name, fc.nat(2)), { maxLength: 2 }).map((steps) => ({ of: 'row', steps }) as const),
)
const condition: fc.Arbitrary<RowCondition> = fc
  .record({ path, operator: fc.constantFrom(...ROW_OPERATORS), value: scalar })
  .filter((one) => refusedCondition(one) === null)
const sort: fc.Arbitrary<RowSort> = fc.record({ path, down: fc.boolean() })

describe('rows filtered, sorted and paged by SQLite', () => {
  it('are those that JavaScript filters and sorts, page after page', async () => {
    let generation = 0
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          text.filter((key) => key !== ''),
          row,
          { maxKeys: 12 },
        ),
        fc.array(condition, { maxLength: 2 }),
        fc.array(sort, { maxLength: 2 }),
        fc.integer({ min: 1, max: 5 }),
        async (rows, conditions, sorts, limit) => {
          generation += 1
          await store.projections.apply({ ...state, generation }, generation, rows)
          // As they come back from the disk: -0 is 0 there.
          const stored = Object.entries(rows).map(([key, one]) => ({
            key,
            row: JSON.parse(JSON.stringify(one)),
          }))
          const wanted = stored
            .filter((one) => matchesAll(one.key, one.row, conditions))
            .sort(compareRows(sorts))
          const found: { readonly key: string; readonly row: Json }[] = []
          for (;;) {
            const last = found.at(-1)
            const page = await store.projections.search('d', 'rows', generation, {
              conditions,
              sort: sorts,
              limit,
              ...(last ? { after: { key: last.key, values: sortValues(last.key, last.row, sorts) } } : {}),
            })
            found.push(...page)
            if (page.length < limit) break
          }
          expect(found).toEqual(wanted)
        },
      ),
      { numRuns: 150 },
    )
  })
})
