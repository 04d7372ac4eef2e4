import type { CodeRunner } from '../code/contract'
import type { Design } from '../design/document'
import type { Scenario } from '../design/scenario'
import { compare } from './compare'
import { whatHappens } from './happen'
import type { ScenarioOptions, ScenarioResult } from './result'

/**
 * Runs one scenario of a design: what is given happens, what comes is decided by the same code as on the server, and
 * what is expected is compared with what came of it. Nothing is recorded, and nothing goes out.
 * @see docs/semantics.md#scenarios
 */
export async function runScenario(
  design: Design,
  scenario: Scenario,
  code: CodeRunner,
  options: ScenarioOptions = {},
): Promise<ScenarioResult> {
  const { id, name, type } = scenario
  const about = { scenario: id, name, type }
  if (options.isEnough?.())
    return {
      ...about,
      status: 'broken',
      parts: [],
      problem: { code: 'SCENARIO_TIMEOUT', message: 'The scenarios took longer than they may.' },
      outcome: null,
    }
  const happened = await whatHappens(design, scenario, code, options)
  if (!happened.ok) return { ...about, status: 'broken', parts: [], problem: happened.error, outcome: null }
  const parts = compare(scenario, happened.value)
  const status = parts.every(({ passed }) => passed) ? 'passed' : 'failed'
  return { ...about, status, parts, problem: null, outcome: happened.value }
}
