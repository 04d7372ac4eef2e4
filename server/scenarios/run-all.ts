import type { CodeRunner } from '@/core/code/contract'
import type { Design } from '@/core/design/document'
import type { Scenario } from '@/core/design/scenario'
import type { ScenariosAnswer } from '@/core/protocol'
import { runScenario } from '@/core/scenario'

/**
 * Runs scenarios one after the other, and says how long each took.
 * @param mostMs what they may take together; those that are left then are broken with SCENARIO_TIMEOUT
 */
export async function runAll(
  design: Design,
  scenarios: readonly Scenario[],
  code: CodeRunner,
  mostMs = Number.POSITIVE_INFINITY,
): Promise<ScenariosAnswer> {
  const began = performance.now()
  const isEnough = () => performance.now() - began > mostMs
  const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))
  const results: ScenariosAnswer['results'][number][] = []
  for (const scenario of scenarios) {
    const start = performance.now()
    const result = await runScenario(design, scenario, code, { isEnough, breathe })
    results.push({ ...result, durationMs: Math.round((performance.now() - start) * 10) / 10 })
  }
  const count = (wanted: string) => results.filter(({ status }) => status === wanted).length
  return { passed: count('passed'), failed: count('failed'), broken: count('broken'), results }
}
