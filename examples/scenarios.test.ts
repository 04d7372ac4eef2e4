import { afterAll, describe, expect, it } from 'vitest'
import { runScenario } from '@/core/scenario'
import { createInlineCodeRunner } from '@/lib/preview/inline-runner'
import { templates } from './index'

const code = createInlineCodeRunner()
afterAll(() => code.close())

describe.each(templates.map(({ id, document }) => [id, document] as const))(
  'the template %s',
  (_id, document) => {
    it('ships with two to five scenarios, each saying what it teaches', () => {
      expect(document.scenarios.length).toBeGreaterThanOrEqual(2)
      expect(document.scenarios.length).toBeLessThanOrEqual(5)
      for (const { description } of document.scenarios) expect(description?.length ?? 0).toBeGreaterThan(40)
    })

    it('has one that breaks something, and sees what is undone or refused', () => {
      const refuses = document.scenarios.some(({ expect: then }) => 'rejection' in then || 'error' in then)
      expect(refuses).toBe(true)
    })

    it.each(document.scenarios.map((scenario) => [scenario.name, scenario] as const))(
      '%s',
      async (_name, scenario) => {
        const { status, parts, problem } = await runScenario(document, scenario, code)
        expect({ status, problem, different: parts.filter(({ passed }) => !passed) }).toEqual({
          status: 'passed',
          problem: null,
          different: [],
        })
        expect(parts.length).toBeGreaterThan(0)
      },
    )
  },
)

it('a fault undoes in reverse order, and a read model is folded, somewhere among them', () => {
  const all = templates.flatMap(({ document }) => document.scenarios)
  expect(all.some((one) => one.type === 'saga' && (one.expect.compensations?.length ?? 0) > 2)).toBe(true)
  expect(new Set(all.map(({ type }) => type))).toEqual(new Set(['aggregate', 'projection', 'saga']))
})
